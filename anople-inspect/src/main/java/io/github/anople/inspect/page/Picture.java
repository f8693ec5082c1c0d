package io.github.anople.inspect.page;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/**
 * A picture on a page, perhaps with lines over it.
 *
 * @param source its address
 * @param width columns, in pixels
 * @param height rows, in pixels
 * @param alt what it says to those who do not see it; empty where the text beside it says so
 * @param lines what is drawn over it; the text beside it says what they mean
 */
public record Picture(String source, int width, int height, String alt, Optional<Lines> lines)
    implements Content {

  /**
   * Lines over a picture, as sharp as the screen.
   *
   * @param width columns of what they are in, in any unit
   * @param height rows of it
   * @param path the lines, as SVG's paths are written
   */
  public record Lines(int width, int height, String path) {}

  public Picture {
    Objects.requireNonNull(lines, "lines");
  }

  /**
   * A picture alone.
   *
   * @param source its address
   * @param width columns, in pixels
   * @param height rows, in pixels
   * @param alt what it says to those who do not see it
   */
  public Picture(String source, int width, int height, String alt) {
    this(source, width, height, alt, Optional.empty());
  }

  /**
   * The address of a file that the page itself holds.
   *
   * @param mediaType for example {@code image/png}
   * @param bytes the file
   * @return a {@code data:} address
   */
  public static String held(String mediaType, byte[] bytes) {
    return "data:" + mediaType + ";base64," + Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public void writeTo(TemplateOutput output) {
    Templates.write("page/picture", this, output);
  }
}
