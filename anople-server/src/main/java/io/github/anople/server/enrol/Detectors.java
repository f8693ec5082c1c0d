package io.github.anople.server.enrol;

import io.github.anople.core.InputException;
import io.github.anople.server.Audit;
import io.github.anople.server.project.MissingException;
import io.github.anople.server.store.ContentFiles;
import io.github.anople.server.store.DetectorStore;
import io.github.anople.server.store.DetectorVersion;
import io.github.anople.server.store.GoodPicture.Purpose;
import io.github.anople.server.store.GoodPictureStore;
import io.github.anople.server.store.Job;
import io.github.anople.server.store.Product;
import io.github.anople.server.store.ProductStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** The versions of products' detectors. */
@Service
public class Detectors {

  private final DetectorStore store;
  private final ProductStore products;
  private final GoodPictureStore pictures;
  private final Jobs jobs;
  private final ContentFiles files;
  private final ApplicationEventPublisher published;
  private final Audit audit;

  Detectors(
      DetectorStore store,
      ProductStore products,
      GoodPictureStore pictures,
      Jobs jobs,
      ContentFiles files,
      ApplicationEventPublisher published,
      Audit audit) {
    this.store = store;
    this.products = products;
    this.pictures = pictures;
    this.jobs = jobs;
    this.files = files;
    this.published = published;
    this.audit = audit;
  }

  /**
   * Asks for the next version.
   *
   * @param product the product
   * @return the job
   * @throws InputException if there is nothing to learn from
   */
  public Job train(Product product) {
    if (pictures.of(product.id()).stream().noneMatch(one -> one.purpose() == Purpose.SHOT)) {
      throw TrainingJob.nothingToLearnFrom(product);
    }
    Job job = jobs.train(product.id());
    audit.note("training asked for", "product " + product.name(), "job " + job.id());
    return job;
  }

  /**
   * The versions.
   *
   * @param product the product
   * @return the newest first
   */
  public List<DetectorVersion> of(Product product) {
    return store.of(product.id());
  }

  /**
   * A version.
   *
   * @param product the product
   * @param version its number
   * @return the version
   * @throws MissingException if there is none of that number
   */
  public DetectorVersion get(Product product, int version) {
    return of(product).stream()
        .filter(one -> one.version() == version)
        .findFirst()
        .orElseThrow(
            () ->
                new MissingException(
                    "version " + version,
                    "is none of " + product.name() + "'s detectors",
                    "see /api/v1/products/" + product.name() + "/detectors"));
  }

  /**
   * The version that inspects.
   *
   * @param product the product
   * @return empty before the first
   */
  public Optional<DetectorVersion> active(Product product) {
    return product.activeDetector().flatMap(store::find);
  }

  /**
   * Lets a version inspect from now on: a newer one, or an older one again.
   *
   * @param product the product
   * @param version its number
   */
  public void activate(Product product, int version) {
    long id = get(product, version).id();
    products.activate(product.id(), id);
    published.publishEvent(new DetectorActivated(product.id(), id));
    audit.note("version activated", "product " + product.name(), "version " + version);
  }

  /**
   * The detector as {@code *.anople}.
   *
   * @param version the version
   * @return its file
   */
  public Path file(DetectorVersion version) {
    return files.path(version.sha256());
  }

  /**
   * The detector as {@code *.onnx}.
   *
   * @param version the version
   * @return its file
   */
  public Path graph(DetectorVersion version) {
    return files.path(version.graphSha256());
  }
}
