package io.github.anople.inspect.data;

import java.util.Objects;

/**
 * How a mask is drawn.
 *
 * @param background the colour where there is no defect, as {@code 0xrrggbb}: black almost always
 * @param pixels over which pixels of an image that its orientation turns
 */
public record MaskStyle(int background, Pixels pixels) {

  /** Over which pixels. An image without orientation has but one kind. */
  public enum Pixels {
    /** Nobody said: as the image is shown, unless only the size of the stored one fits. */
    UNSAID,
    /** As the image is shown, turned by its orientation. */
    SHOWN,
    /** As the image is stored in its file: the mask is turned with it. */
    STORED
  }

  /** Black where there is no defect, and nobody said over which pixels. */
  public static final MaskStyle USUAL = new MaskStyle(0, Pixels.UNSAID);

  /**
   * A style.
   *
   * @throws IllegalArgumentException if the background is no colour
   */
  public MaskStyle {
    if (background < 0 || background > 0xffffff) {
      throw new IllegalArgumentException("a background of " + background + " is no colour");
    }
    Objects.requireNonNull(pixels, "pixels");
  }

  /**
   * The same over other pixels.
   *
   * @param pixels which
   * @return the style
   */
  public MaskStyle over(Pixels pixels) {
    return new MaskStyle(background, pixels);
  }
}
