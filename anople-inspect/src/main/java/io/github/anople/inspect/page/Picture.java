package io.github.anople.inspect.page;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import java.util.Base64;

/**
 * A picture on a page.
 *
 * @param source its address
 * @param width columns, in pixels
 * @param height rows, in pixels
 * @param alt what it says to those who do not see it; empty where the text beside it says so
 */
public record Picture(String source, int width, int height, String alt) implements Content {

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
