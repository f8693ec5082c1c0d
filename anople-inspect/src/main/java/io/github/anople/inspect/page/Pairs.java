package io.github.anople.inspect.page;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import java.util.Map;

/**
 * Names and their values behind a heading that opens them.
 *
 * @param title the heading
 * @param pairs names and values, in order
 */
public record Pairs(String title, Map<String, String> pairs) implements Content {

  @Override
  public void writeTo(TemplateOutput output) {
    Templates.write("page/pairs", this, output);
  }
}
