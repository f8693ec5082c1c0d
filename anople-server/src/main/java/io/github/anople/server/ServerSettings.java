package io.github.anople.server;

import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a server may be told, under {@code anople.} in its properties.
 *
 * @param backbone name or folder of the backbone that detectors are trained on; empty for the usual
 * @param falseAlarms the share of good pictures that may be NOT OK
 * @param uncertain the share that may be UNCERTAIN or NOT OK
 * @param waiting pictures that may wait for the detector; more are answered with 429
 * @param training settings of the training, where they are not the usual ones
 */
@ConfigurationProperties("anople")
public record ServerSettings(
    Optional<String> backbone,
    @DefaultValue("0.01") double falseAlarms,
    @DefaultValue("0.05") double uncertain,
    @DefaultValue("64") int waiting,
    @DefaultValue Map<String, String> training) {

  /** The framework has null for what is not said. */
  public ServerSettings {
    backbone = backbone == null ? Optional.empty() : backbone;
  }
}
