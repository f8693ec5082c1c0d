package io.github.anople.core.image;

import io.github.anople.core.Fixtures;
import io.github.anople.core.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The golden folder's JPEG, and how far another decoder than the reference's may be off.
 *
 * @param jpeg the photograph, named by its size
 * @param decoded the same as libjpeg-turbo decodes it
 */
record GoldenPhotograph(Path jpeg, Path decoded) {

  private static final String ALLOWED =
      "another decoder allow ([0-9]+) levels of 255 \\(([0-9.]+)\\) anywhere and ([0-9.]+) in the mean";

  static GoldenPhotograph find() {
    try (Stream<Path> files = Files.list(Fixtures.golden("images"))) {
      Path jpeg =
          files.filter(file -> file.toString().endsWith(".jpg")).sorted().findFirst().orElseThrow();
      String name = jpeg.getFileName().toString();
      return new GoldenPhotograph(jpeg, jpeg.resolveSibling(decoded(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of the picture that holds a JPEG as libjpeg-turbo decodes it. */
  static String decoded(String jpeg) {
    return jpeg.substring(0, jpeg.lastIndexOf('.')) + "_decoded.png";
  }

  /** Of 255 levels, anywhere. */
  static int mostLevels() {
    return Integer.parseInt(allowed(1));
  }

  /** The same of the normalised numbers. */
  static double most() {
    return Double.parseDouble(allowed(2));
  }

  /** Of 255 levels, in the mean. */
  static double meanLevels() {
    return Double.parseDouble(allowed(3));
  }

  private static String allowed(int group) {
    return Golden.told(Golden.readme("README.md"), ALLOWED, group);
  }
}
