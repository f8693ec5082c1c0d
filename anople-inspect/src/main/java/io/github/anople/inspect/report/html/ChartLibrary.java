package io.github.anople.inspect.report.html;

/** The library that draws the charts, out of its jar: Chart.js, under the MIT licence. */
final class ChartLibrary {

  /** The version in the pom. */
  private static final String FOLDER = "/META-INF/resources/webjars/chart.js/4.5.1/";

  private ChartLibrary() {}

  /** The script, with its licence, and without the address of its source map. */
  static String script() {
    String licence = Resource.text(FOLDER + "LICENSE.md");
    String script = Resource.text(FOLDER + "dist/chart.umd.min.js");
    int map = script.lastIndexOf("//# sourceMappingURL=");
    return "/*\n" + licence + "*/\n" + (map < 0 ? script : script.substring(0, map));
  }
}
