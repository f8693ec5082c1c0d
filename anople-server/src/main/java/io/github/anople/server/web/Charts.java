package io.github.anople.server.web;

import java.util.List;

/** The scripts that draw charts. */
final class Charts {

  /** Chart.js out of its jar, in the version of the pom, and what it draws here. */
  static final List<String> SCRIPTS =
      List.of("/webjars/chart.js/4.5.1/dist/chart.umd.min.js", "/assets/charts.js");

  private Charts() {}
}
