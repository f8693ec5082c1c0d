package io.github.anople.inspect.predict;

import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.RgbImage;
import io.github.anople.inspect.report.Inspection;
import io.github.anople.inspect.report.Part;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;

/** Grey pictures, and a detector whose score is how bright they are. */
final class Images {

  private Images() {}

  static byte[] png(int grey) {
    return png(grey, 12, 8);
  }

  static byte[] png(int grey, int width, int height) {
    return file("png", grey, width, height);
  }

  /** Not compressed, of a size that does not depend on the grey; its first pixel comes last. */
  static byte[] bmp(int grey) {
    return file("bmp", grey, 60, 60);
  }

  private static byte[] file(String format, int grey, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, grey * 0x010101);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Path write(Path folder, String name, byte[] bytes) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the detector says of such a picture. */
  static float score(int grey) {
    return (grey + 1) / 257f;
  }

  /** Scores by the first pixel's red, and remembers how many pictures came in each call. */
  static final class Brightness implements AnomalyDetector {

    final List<Integer> batches = new ArrayList<>();

    @Override
    public PreparedImage prepare(RgbImage image) {
      return new PreparedImage(image);
    }

    @Override
    public List<Detection> detectPrepared(List<PreparedImage> images) {
      batches.add(images.size());
      return images.stream().map(image -> one(score(image.image().red(0, 0)))).toList();
    }

    private static Detection one(float score) {
      float[] map = new float[16];
      Arrays.fill(map, score);
      return new Detection(score, ScoreMap.of(4, map));
    }

    @Override
    public int imageSize() {
      return 4;
    }

    @Override
    public void close() {}
  }

  /** Remembers what it hears. */
  static final class Heard implements PredictionListener {

    final List<String> scored = new ArrayList<>();
    final List<String> failed = new ArrayList<>();
    final List<String> parts = new ArrayList<>();

    @Override
    public synchronized void scored(Inspection inspection) {
      scored.add(inspection.path());
    }

    @Override
    public synchronized void failed(Failure failure) {
      failed.add(failure.reason());
    }

    @Override
    public synchronized void complete(Part part) {
      parts.add(part.name().replaceAll(".*/", "") + " " + part.text().orElse(""));
    }

    synchronized int count() {
      return scored.size();
    }
  }
}
