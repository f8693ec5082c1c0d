package io.github.anople.torch.config;

/**
 * How a training looks at a picture (section 3.3.2, Table 3b).
 *
 * @param subImages whether the four quadrants are trained on beside the whole
 * @param signal whether each view has a signal of its own
 */
public record ViewSettings(boolean subImages, boolean signal) {

  /** N, sub-images of a picture: its quadrants. */
  public static final int SUB_IMAGES = 4;

  /**
   * Views of a picture: its quadrants where they are on, and the whole.
   *
   * @return N + 1
   */
  public int count() {
    return subImages ? SUB_IMAGES + 1 : 1;
  }
}
