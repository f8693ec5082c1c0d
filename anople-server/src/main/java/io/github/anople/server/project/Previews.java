package io.github.anople.server.project;

import io.github.anople.core.InputException;
import io.github.anople.core.image.ImageEncoder;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import io.github.anople.server.store.DerivedFiles;
import io.github.anople.server.store.Picture;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/**
 * Pictures as pages show them: a JPEG of a screen's size, of any format that the server reads. Made
 * once.
 */
@Service
public class Previews {

  private static final String ENDING = "jpg";
  private static final int LONGEST = 1024;
  private static final float QUALITY = 0.9f;

  /** Each takes the memory of a whole picture. */
  private static final int AT_A_TIME = 2;

  private static final int SECONDS = 30;

  private final Pictures pictures;
  private final DerivedFiles files;
  private final Semaphore making = new Semaphore(AT_A_TIME);

  Previews(Pictures pictures, DerivedFiles files) {
    this.pictures = pictures;
    this.files = files;
  }

  /**
   * The preview of a picture.
   *
   * @param picture its row
   * @return the file, a JPEG
   * @throws InputException if the picture's file is gone, or too many previews are being made
   */
  public Path of(Picture picture) {
    return files.get(picture.sha256(), ENDING, () -> inTurn(() -> jpeg(pictures.pixels(picture))));
  }

  /** Keeps the preview of a picture that was just read. */
  void keep(Picture picture, RgbImage pixels) {
    files.get(picture.sha256(), ENDING, () -> jpeg(pixels));
  }

  private byte[] inTurn(Supplier<byte[]> work) {
    try {
      if (!making.tryAcquire(SECONDS, TimeUnit.SECONDS)) {
        throw new InputException(
            "preview", "cannot be made: too many wait", "load the page again in a moment");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException("preview", "was given up", "load the page again", e);
    }
    try {
      return work.get();
    } finally {
      making.release();
    }
  }

  private static byte[] jpeg(RgbImage image) {
    double shrink = Math.min(1, (double) LONGEST / Math.max(image.width(), image.height()));
    RgbImage small =
        shrink == 1
            ? image
            : Resampler.resize(image, side(image.width(), shrink), side(image.height(), shrink));
    return ImageEncoder.jpeg(small.toBufferedImage(), QUALITY);
  }

  private static int side(int side, double shrink) {
    return (int) Math.max(1, Math.round(side * shrink));
  }
}
