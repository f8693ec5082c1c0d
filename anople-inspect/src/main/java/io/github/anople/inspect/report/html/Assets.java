package io.github.anople.inspect.report.html;

import io.github.anople.core.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The page's style and scripts.
 *
 * @param style its style sheet
 * @param scripts its scripts, in order
 */
record Assets(String style, List<String> scripts) {

  static Assets load() {
    return new Assets(
        Resource.text("report.css"), List.of(ChartLibrary.script(), Resource.text("report.js")));
  }

  /** Lets this style and these scripts run, and nothing else. */
  String policy() {
    return "default-src 'none'; img-src data:; style-src "
        + hash(style)
        + "; script-src "
        + scripts.stream().map(Assets::hash).collect(Collectors.joining(" "))
        + "; base-uri 'none'; form-action 'none'";
  }

  private static String hash(String text) {
    byte[] digest = Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }
}
