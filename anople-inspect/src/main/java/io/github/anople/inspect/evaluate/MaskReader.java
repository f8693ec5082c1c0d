package io.github.anople.inspect.evaluate;

import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import java.nio.file.Path;

/** Reads masks: a pixel is defective where any of its samples is not zero. */
final class MaskReader {

  private static final int BANDS = 3;

  private final ImageReader reader = new ImageReader();
  private final int side;

  MaskReader(int side) {
    this.side = side;
  }

  /** A mask: its own size, and its pixels at [side, side], 1 where defective. */
  record Mask(int width, int height, byte[] marks) {

    /** Which share of the pixels is marked. */
    double marked() {
      int count = 0;
      for (byte mark : marks) {
        count += mark;
      }
      return count / (double) marks.length;
    }
  }

  Mask read(Path file) {
    RgbImage image = reader.readMarks(file);
    byte[] samples = image.pixels();
    byte[] marks = new byte[image.width() * image.height()];
    for (int i = 0; i < marks.length; i++) {
      int first = BANDS * i;
      marks[i] = (byte) ((samples[first] | samples[first + 1] | samples[first + 2]) == 0 ? 0 : 1);
    }
    return new Mask(
        image.width(),
        image.height(),
        Resampler.nearest(marks, image.height(), image.width(), side, side));
  }
}
