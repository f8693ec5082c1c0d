package io.github.anople.inspect.page;

import gg.jte.Content;
import gg.jte.TemplateOutput;

/**
 * A word or two in a coloured pill: a verdict, an origin.
 *
 * @param text what it says
 * @param warning whether it asks for attention
 */
public record Chip(String text, boolean warning) implements Content {

  @Override
  public void writeTo(TemplateOutput output) {
    Templates.write("page/chip", this, output);
  }
}
