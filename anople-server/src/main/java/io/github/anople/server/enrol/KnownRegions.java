package io.github.anople.server.enrol;

import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.server.store.ContentFiles;
import io.github.anople.server.store.DetectorStore;
import io.github.anople.server.store.Product;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Service;

/** Which part of pictures detectors look at: what was drawn later they do not know. */
@Service
public class KnownRegions {

  private final DetectorStore detectors;
  private final ContentFiles files;

  /** By content, which never changes. */
  private final Map<String, Optional<String>> known = new ConcurrentHashMap<>();

  KnownRegions(DetectorStore detectors, ContentFiles files) {
    this.detectors = detectors;
    this.files = files;
  }

  /**
   * Whether the detector that inspects looks at the part that the product says.
   *
   * @param product the product
   * @return true as well where there is no detector
   */
  public boolean isKnown(Product product) {
    return product
        .activeDetector()
        .flatMap(detectors::find)
        .map(version -> known.computeIfAbsent(version.sha256(), this::read))
        .map(product.region()::equals)
        .orElse(true);
  }

  private Optional<String> read(String sha256) {
    return DetectorBundle.read(files.path(sha256)).region().map(filled -> filled.region().toJson());
  }
}
