package io.github.anople.server.enrol;

import io.github.anople.server.Audit;
import io.github.anople.server.store.DetectorStore;
import io.github.anople.server.store.DetectorVersion;
import io.github.anople.server.store.ProductStore;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Puts versions to work. */
@Service
class Versions {

  private static final Logger LOG = LoggerFactory.getLogger(Versions.class);

  private final DetectorStore detectors;
  private final ProductStore products;
  private final ApplicationEventPublisher published;
  private final Audit audit;
  private final Clock clock;

  Versions(
      DetectorStore detectors,
      ProductStore products,
      ApplicationEventPublisher published,
      Audit audit,
      Clock clock) {
    this.detectors = detectors;
    this.products = products;
    this.published = published;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Keeps a new version, which inspects from now on.
   *
   * @param product the product's number
   * @param job the job that made it; empty where none was needed
   * @param made what it is; its files are there already
   * @return the version
   */
  DetectorVersion add(long product, Optional<Long> job, DetectorStore.Made made) {
    DetectorVersion version = detectors.add(product, job, made, clock.instant());
    audit.note(
        "version made",
        "product " + products.find(product).orElseThrow().name(),
        "version %d by %s, SHA-256 %s"
            .formatted(version.version(), version.origin().id(), version.sha256()));
    activate(version);
    return version;
  }

  /** Lets a version inspect from now on. */
  void activate(DetectorVersion version) {
    products.activate(version.product(), version.id());
    published.publishEvent(new DetectorActivated(version.product(), version.id()));
    LOG.info("product {} is inspected by version {}", version.product(), version.version());
  }
}
