package io.github.anople.server.exchange;

import io.github.anople.core.region.Region;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.DetectorStore;
import io.github.anople.server.store.DetectorVersion;
import io.github.anople.server.store.GoodPicture.Purpose;
import io.github.anople.server.store.GoodPictureStore;
import io.github.anople.server.store.Picture;
import io.github.anople.server.store.Product;
import io.github.anople.server.store.ProductStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The rows of a product that comes in, all or none. Those of its pictures are there already: nobody
 * sees a picture that no product names, and one that two products bring at a time would end the
 * transaction.
 */
@Component
class ProductRows {

  private final Projects projects;
  private final ProductStore products;
  private final GoodPictureStore goodPictures;
  private final DetectorStore detectors;
  private final TransactionOperations transactions;
  private final Clock clock;

  ProductRows(
      Projects projects,
      ProductStore products,
      GoodPictureStore goodPictures,
      DetectorStore detectors,
      TransactionOperations transactions,
      Clock clock) {
    this.projects = projects;
    this.products = products;
    this.goodPictures = goodPictures;
    this.detectors = detectors;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Adds a product with all that it has.
   *
   * @param name what it is called here
   * @param file what it is; its files are kept already
   * @param pictures the rows of its pictures, by content
   */
  Product add(String name, ProductFile file, Map<String, Picture> pictures) {
    return transactions.execute(status -> added(name, file, pictures));
  }

  private Product added(String name, ProductFile file, Map<String, Picture> pictures) {
    Instant now = clock.instant();
    Product product = projects.add(name, file.shows());
    file.region()
        .ifPresent(
            json -> projects.look(product, Optional.of(Region.fromJson(json, ProductFile.ENTRY))));
    for (ProductFile.Good good : file.pictures()) {
      goodPictures.add(
          product.id(),
          pictures.get(good.sha256()),
          good.name(),
          good.purpose(),
          good.remarks(),
          now);
    }
    List<Long> versions = new ArrayList<>();
    for (ProductFile.Version version : file.detectors()) {
      Optional<Long> scores = version.sameScoresAs().map(number -> versions.get(number - 1));
      DetectorVersion added =
          detectors.add(product.id(), Optional.empty(), made(version, scores, pictures), now);
      versions.add(added.id());
      if (file.active().filter(active -> active == added.version()).isPresent()) {
        products.activate(product.id(), added.id());
      }
    }
    return projects.get(product.id());
  }

  private static DetectorStore.Made made(
      ProductFile.Version version, Optional<Long> scores, Map<String, Picture> pictures) {
    Map<Long, Purpose> used = new HashMap<>();
    version.pictures().forEach((hash, purpose) -> used.put(pictures.get(hash).id(), purpose));
    return new DetectorStore.Made(
        version.anople(),
        version.onnx(),
        version.provisional(),
        version.calibration(),
        used,
        version.origin(),
        scores);
  }
}
