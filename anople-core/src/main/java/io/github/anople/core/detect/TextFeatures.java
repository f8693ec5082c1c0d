package io.github.anople.core.detect;

import java.util.Objects;

/**
 * The two texts that a detector compares pictures with.
 *
 * @param normal t⁺, of a good thing
 * @param anomalous t⁻, of an anomalous one
 */
public record TextFeatures(ImageFeature normal, ImageFeature anomalous) {

  public TextFeatures {
    Objects.requireNonNull(normal, "normal");
    Objects.requireNonNull(anomalous, "anomalous");
  }
}
