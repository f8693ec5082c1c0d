package io.github.anople.server.web;

import java.util.List;

/** The scripts that draw charts. */
final class Charts {

  /** Chart.js, see {@link WebSettings}, and what it draws here. */
  static final List<String> SCRIPTS = List.of("/assets/chart.umd.min.js", "/assets/charts.js");

  private Charts() {}
}
