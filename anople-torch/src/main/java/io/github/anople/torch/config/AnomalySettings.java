package io.github.anople.torch.config;

import static io.github.anople.torch.config.Checks.require;

/**
 * Which anomalies are simulated (section 3.1, Table 5).
 *
 * @param pixel whether in pictures
 * @param latent whether among features
 */
public record AnomalySettings(boolean pixel, boolean latent) {

  void check() {
    require(
        pixel || latent,
        "anomalies.pixel and anomalies.latent",
        "both off",
        "switch one on: without anomalies there is nothing to learn");
  }
}
