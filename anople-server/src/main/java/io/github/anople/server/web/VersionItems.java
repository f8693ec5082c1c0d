package io.github.anople.server.web;

import io.github.anople.core.decide.Calibration;
import io.github.anople.inspect.page.Words;
import io.github.anople.server.enrol.Detectors;
import io.github.anople.server.inspect.Trials;
import io.github.anople.server.store.DetectorVersion;
import io.github.anople.server.store.Product;
import org.springframework.stereotype.Component;

/** Versions as they are shown. */
@Component
class VersionItems {

  private final Trials trials;

  VersionItems(Trials trials) {
    this.trials = trials;
  }

  DetectorPage.VersionItem of(Product product, DetectorVersion version) {
    return new DetectorPage.VersionItem(
        version.version(),
        product.inspectsWith(version),
        version.provisional(),
        Detectors.calibration(version).map(Calibration::statement).orElse("Without thresholds."),
        Words.time(version.createdAt()),
        switch (version.origin()) {
          case TRAINING -> version.provisional() ? "before its training" : "by training";
          case CALIBRATION -> "by thresholds from good pictures";
          case THRESHOLDS -> "by thresholds that somebody chose";
          case CORRECTION -> "by pictures that were good after all";
        },
        DetectorPage.Trial.of(product, trials.of(version.id())));
  }
}
