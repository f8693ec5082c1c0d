package io.github.anople.inspect.evaluate;

import io.github.anople.core.InputException;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.Region;
import io.github.anople.inspect.data.MaskStyle;
import io.github.anople.inspect.data.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads masks: a pixel is defective where it is not of the background's colour, in any of the
 * mask's files. {@link MaskPixels} says what counts as background in masks that were saved with
 * losses, and in those whose marks are in the alpha channel; {@link Shrinking} how they become
 * smaller.
 *
 * <p>A mask over an image that its orientation turns is drawn over the image as it is shown or as
 * it is stored; the sample's style says which. Where nobody said, only a size that fits the stored
 * image alone tells.
 */
final class MaskReader {

  private static final ImageReader.Options STORED =
      ImageReader.Options.defaults().withHonourOrientation(false);

  private final Optional<Region> region;
  private final ImageReader reader = new ImageReader();
  private final ImageReader unturned = new ImageReader(STORED);

  /** Reads whole masks. */
  MaskReader() {
    this(Optional.empty());
  }

  /** Reads what a region counts of masks; empty for all of them. */
  MaskReader(Optional<Region> region) {
    this.region = region;
  }

  /** What there is to say of an image that its orientation turns. */
  enum Turning {
    /** Nothing: it is not turned, or somebody said over which pixels the mask is drawn. */
    NONE,
    /** Nobody said: taken as drawn over the image as it is shown. */
    TAKEN_AS_SHOWN,
    /** Nobody said, and only the stored image has the mask's size: the mask was turned. */
    TURNED_BY_SIZE
  }

  /**
   * A mask: its own size, its pixels at the size of a map, 1 where defective, and what to say of
   * it.
   *
   * @param faint the values between nothing and half that were taken for background, or for marks
   * @param marked the share of its pixels that are marked
   * @param counted the share of its pixels that are marked and count
   */
  record Mask(
      int width,
      int height,
      byte[] marks,
      MaskPixels.Faint faint,
      Turning turning,
      double marked,
      double counted) {

    /** Whether it marks something, and nothing that counts. */
    boolean isIgnored() {
      return marked > 0 && counted == 0;
    }
  }

  /** The mask of a sample that has one, as large as map; image is the sample's, as it is shown. */
  Mask read(Sample sample, RgbImage image, ScoreMap map) {
    List<Path> files = sample.maskFiles();
    if (files.isEmpty()) {
      throw new InputException(
          sample.mask().orElseThrow(), "holds no mask", "restore the mask, or remove the folder");
    }
    Optional<Turn> turn = turn(sample, image);
    Mask whole = null;
    for (Path file : files) {
      Mask part = read(file, sample.style(), turn, image, map);
      whole = whole == null ? part : union(whole, part);
    }
    return whole;
  }

  private static Mask union(Mask a, Mask b) {
    byte[] marks = a.marks().clone();
    for (int i = 0; i < marks.length; i++) {
      marks[i] |= b.marks()[i];
    }
    return new Mask(
        a.width(),
        a.height(),
        marks,
        a.faint() == MaskPixels.Faint.NONE ? b.faint() : a.faint(),
        a.turning() == Turning.NONE ? b.turning() : a.turning(),
        // Several marks of one defect may overlap; at most one is nearly all.
        Math.max(a.marked(), b.marked()),
        Math.max(a.counted(), b.counted()));
  }

  private Mask read(Path file, MaskStyle style, Optional<Turn> turn, RgbImage image, ScoreMap map) {
    RgbImage shown = reader.readMarks(file);
    Turning turning = Turning.NONE;
    boolean stored = style.pixels() == MaskStyle.Pixels.STORED;
    if (turn.isPresent() && style.pixels() == MaskStyle.Pixels.UNSAID) {
      boolean fits = shown.width() == image.width() && shown.height() == image.height();
      stored =
          !fits
              && turn.get().width(shown.width(), shown.height()) == image.width()
              && turn.get().width(shown.height(), shown.width()) == image.height();
      turning = stored ? Turning.TURNED_BY_SIZE : Turning.TAKEN_AS_SHOWN;
    }
    // The mask may have a copy of the image's orientation, which then says nothing of its own.
    RgbImage drawn = stored && turn.isPresent() ? unturned.readMarks(file) : shown;
    MaskPixels pixels = MaskPixels.of(file, drawn, style.background());
    byte[] marks = pixels.marks();
    int width = drawn.width();
    int height = drawn.height();
    if (stored && turn.isPresent()) {
      marks = turn.get().apply(marks, width, height);
      width = turn.get().width(drawn.width(), drawn.height());
      height = turn.get().width(drawn.height(), drawn.width());
    }
    double marked = share(marks);
    // Before it is shrunk: a defect that ends at the region's border does not begin beyond it.
    byte[] counted = counted(marks, width, height);
    return new Mask(
        width,
        height,
        Shrinking.to(map.height(), map.width(), counted, width, height),
        pixels.faint(),
        turning,
        marked,
        share(counted));
  }

  private byte[] counted(byte[] marks, int width, int height) {
    if (region.isEmpty()) {
      return marks;
    }
    boolean[] counted = region.get().counted(height, width);
    byte[] left = marks.clone();
    for (int i = 0; i < left.length; i++) {
      left[i] = counted[i] ? left[i] : 0;
    }
    return left;
  }

  /** How the image is turned by its orientation, if it is. */
  private Optional<Turn> turn(Sample sample, RgbImage image) {
    if (sample.style().pixels() == MaskStyle.Pixels.SHOWN
        || !MaskPixels.mayBeTurned(sample.image())) {
      return Optional.empty();
    }
    RgbImage stored = unturned.read(sample.image());
    return Turn.between(stored, image).filter(turn -> turn != Turn.NONE);
  }

  private static double share(byte[] marks) {
    int count = 0;
    for (byte mark : marks) {
      count += mark;
    }
    return count / (double) marks.length;
  }
}
