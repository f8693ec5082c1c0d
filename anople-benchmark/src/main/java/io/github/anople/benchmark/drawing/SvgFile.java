package io.github.anople.benchmark.drawing;

import io.github.anople.core.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A drawing as an SVG file: it stands alone, has a white ground whatever is behind it, and holds
 * neither dates nor numbers drawn by chance, so that equal drawings are equal bytes.
 *
 * @param width in pixels, above 0
 * @param height in pixels, above 0
 * @param title a few words, which screen readers say
 * @param description what is to be seen, for those who cannot see it
 */
public record SvgFile(double width, double height, String title, String description) {

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if a side is not above 0
   */
  public SvgFile {
    if (!(width > 0 && height > 0)) {
      throw new IllegalArgumentException("a drawing of " + width + " x " + height);
    }
  }

  /**
   * Writes the drawing.
   *
   * @param file where to, usually {@code *.svg}; its folder exists
   * @param body draws on the canvas, later things over earlier ones
   * @throws io.github.anople.core.InputException if the file cannot be written
   */
  public void write(Path file, Consumer<SvgCanvas> body) {
    AtomicFile.write(
        file,
        out -> {
          try {
            draw(out, body);
          } catch (UncheckedIOException e) {
            throw e.getCause();
          }
        });
  }

  /**
   * The drawing as text, to stand in a page.
   *
   * @param body draws on the canvas, later things over earlier ones
   * @return an {@code svg} element
   */
  public String text(Consumer<SvgCanvas> body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      draw(bytes, body);
    } catch (IOException e) {
      throw new UncheckedIOException("memory that cannot be written to", e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private void draw(OutputStream out, Consumer<SvgCanvas> body) throws IOException {
    SvgCanvas canvas = new SvgCanvas(new XmlElements(out));
    canvas.open(this);
    body.accept(canvas);
    canvas.close();
    out.write('\n');
  }
}
