package io.github.anople.inspect.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;

/** The templates of this module, which the build compiles: no compiler is needed to show one. */
public final class Templates {

  /** Where the build puts them, as the pom says; a template's folders go on from there. */
  private static final String PACKAGE = "io.github.anople.inspect";

  private static final TemplateEngine ENGINE =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Templates.class.getClassLoader(), PACKAGE);

  private Templates() {}

  /**
   * Shows a model.
   *
   * @param name the template's path below {@code src/main/jte}, without its ending
   * @param model the one parameter that the template takes
   * @param output where the HTML goes
   */
  public static void write(String name, Object model, TemplateOutput output) {
    ENGINE.render(name + ".jte", model, output);
  }
}
