package io.github.anople.inspect.report;

import io.github.anople.core.AtomicFile;
import io.github.anople.core.image.ImageEncoder;
import java.awt.image.RenderedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes the files of a report. */
final class ReportFile {

  private ReportFile() {}

  static void write(Path file, String text) {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  static void writePng(Path file, RenderedImage image) {
    AtomicFile.write(file, out -> ImageEncoder.writePng(image, out));
  }
}
