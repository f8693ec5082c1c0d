package io.github.anople.server.enrol;

import io.github.anople.core.InputException;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.Targets;
import io.github.anople.server.Audit;
import io.github.anople.server.project.MissingException;
import io.github.anople.server.store.ContentFiles;
import io.github.anople.server.store.DetectorStore;
import io.github.anople.server.store.DetectorVersion;
import io.github.anople.server.store.GoodPicture.Purpose;
import io.github.anople.server.store.Job;
import io.github.anople.server.store.Product;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** The versions of products' detectors. */
@Service
public class Detectors {

  private final DetectorStore store;
  private final Learning learning;
  private final Versions versions;
  private final Jobs jobs;
  private final ContentFiles files;
  private final Audit audit;

  Detectors(
      DetectorStore store,
      Learning learning,
      Versions versions,
      Jobs jobs,
      ContentFiles files,
      Audit audit) {
    this.store = store;
    this.learning = learning;
    this.versions = versions;
    this.jobs = jobs;
    this.files = files;
    this.audit = audit;
  }

  /**
   * Asks for the next version by training.
   *
   * @param product the product
   * @return the job
   * @throws InputException if there is nothing to learn from
   */
  public Job train(Product product) {
    return ask(product, Task.TRAIN, learning.promise(product));
  }

  /**
   * Asks for a version with other thresholds, from the good pictures beside the shots.
   *
   * @param product the product
   * @param promise what they are to hold
   * @return the job
   * @throws InputException if there are no such pictures, no detector, or nobody can promise that
   */
  public Job calibrate(Product product, Promise promise) {
    Targets.checked(promise.falseAlarms(), Optional.of(promise.uncertain()));
    return ask(product, Task.CALIBRATE, promise);
  }

  /**
   * Asks for a version that remembers the pictures that are to be remembered, and no others.
   *
   * @param product the product
   * @return the job
   * @throws InputException if it would remember nothing else than now
   */
  public Job correct(Product product) {
    return ask(product, Task.CORRECT, learning.promise(product));
  }

  private Job ask(Product product, Task task, Promise promise) {
    learning.require(product, task);
    Job job = jobs.add(product.id(), task, promise);
    audit.note(task.id() + " asked for", "product " + product.name(), "job " + job.id());
    return job;
  }

  /**
   * Makes a version with thresholds that a person chose. It inspects from now on.
   *
   * @param product the product
   * @param threshold the largest score that is not NOT OK
   * @param uncertain the largest score that is OK for certain; empty for one threshold
   * @return the version
   * @throws InputException if no score can reach the threshold, or the second is the higher
   */
  public DetectorVersion decide(Product product, float threshold, Optional<Float> uncertain) {
    DetectorVersion base = learning.base(product);
    Map<Long, Purpose> used = store.pictures(base.id());
    DetectorVersion version =
        versions.add(
            product.id(),
            Optional.empty(),
            new ChosenThresholds(files, base).with(threshold, uncertain, used));
    audit.note(
        "thresholds chosen",
        "product " + product.name(),
        "version %d: NOT OK above %s%s"
            .formatted(
                version.version(),
                threshold,
                uncertain.map(lower -> ", OK up to " + lower).orElse("")));
    return version;
  }

  /**
   * How many pictures the next correction would remember, or forget.
   *
   * @param product the product
   * @return 0 where none is needed
   */
  public int corrections(Product product) {
    return learning.corrections(product);
  }

  /**
   * What the next version's thresholds are to hold unless somebody says otherwise.
   *
   * @param product the product
   * @return what was promised last
   */
  public Promise promise(Product product) {
    return learning.promise(product);
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
   * The thresholds of a version.
   *
   * @param version the version
   * @return empty where nobody decided
   */
  public static Optional<Calibration> calibration(DetectorVersion version) {
    return version
        .calibration()
        .map(json -> Calibration.fromJson(json, "version " + version.version()));
  }

  /**
   * The version that inspects.
   *
   * @param product the product
   * @return empty before the first
   */
  public Optional<DetectorVersion> active(Product product) {
    return learning.active(product);
  }

  /**
   * Lets a version inspect from now on: a newer one, or an older one again.
   *
   * @param product the product
   * @param version its number
   */
  public void activate(Product product, int version) {
    versions.activate(get(product, version));
    audit.note("version activated", "product " + product.name(), "version " + version);
  }

  /**
   * The pictures that a version was made from.
   *
   * @param version the version
   * @return by content, what each was for
   */
  public Map<String, Purpose> pictures(DetectorVersion version) {
    return store.contents(version.id());
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
