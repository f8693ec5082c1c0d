package io.github.anople.server.enrol;

import io.github.anople.core.InputException;
import io.github.anople.server.ServerSettings;
import io.github.anople.server.store.ContentFiles;
import io.github.anople.server.store.DataFolder;
import io.github.anople.server.store.DetectorStore;
import io.github.anople.server.store.DetectorVersion;
import io.github.anople.server.store.DetectorVersion.Origin;
import io.github.anople.server.store.GoodPicture;
import io.github.anople.server.store.GoodPicture.Purpose;
import io.github.anople.server.store.Job;
import io.github.anople.server.store.JobStore;
import io.github.anople.server.store.Product;
import io.github.anople.server.store.ProductStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Makes a product's next version in a process of its own. */
@Service
class TrainingJob {

  private static final JsonMapper JSON = new JsonMapper();

  private final ProductStore products;
  private final Learning learning;
  private final DetectorStore detectors;
  private final Versions versions;
  private final JobStore jobs;
  private final ContentFiles files;
  private final DataFolder data;
  private final ServerSettings settings;

  TrainingJob(
      ProductStore products,
      Learning learning,
      DetectorStore detectors,
      Versions versions,
      JobStore jobs,
      ContentFiles files,
      DataFolder data,
      ServerSettings settings) {
    this.products = products;
    this.learning = learning;
    this.detectors = detectors;
    this.versions = versions;
    this.jobs = jobs;
    this.files = files;
    this.data = data;
    this.settings = settings;
  }

  /**
   * A job that is being done.
   *
   * @param job its row
   * @param task what it makes
   * @param base the version that is calibrated or corrected
   * @param used the pictures that the new version is made from
   * @param child the process
   */
  record Begun(
      Job job,
      Task task,
      Optional<DetectorVersion> base,
      Map<Long, Purpose> used,
      TrainingChild child) {}

  Begun start(Job job) {
    Product product = products.find(job.product()).orElseThrow();
    Task task = Task.of(job.kind());
    learning.require(product, task);
    Optional<DetectorVersion> base =
        task == Task.TRAIN ? Optional.empty() : Optional.of(learning.base(product));
    Path folder = data.jobs().resolve("job-" + job.id());
    StagedPictures staged = new StagedPictures(files, folder.resolve("pictures"));
    TrainingOrder order =
        new TrainingOrder(
            task,
            product.name(),
            product.shows(),
            new TrainingOrder.Pictures(
                base.map(this::shots).orElseGet(() -> stage(staged, product, Purpose.SHOT)),
                stage(staged, product, Purpose.CALIBRATION),
                stage(staged, product, Purpose.MEMORY)),
            product.region(),
            detectors.of(job.product()).isEmpty(),
            JSON.readValue(job.settings(), Promise.class),
            settings.backbone(),
            settings.training(),
            base.map(
                version ->
                    new TrainingOrder.Base(
                        files.path(version.sha256()), files.path(version.graphSha256()))),
            folder);
    return new Begun(
        job, task, base, learning.used(product, task, base), TrainingChild.start(order));
  }

  /** What a version has learned from, though somebody may have removed it since. */
  private List<Path> shots(DetectorVersion base) {
    return detectors.contents(base.id()).entrySet().stream()
        .filter(one -> one.getValue() == Purpose.SHOT)
        .map(one -> files.path(one.getKey()))
        .toList();
  }

  private List<Path> stage(StagedPictures staged, Product product, Purpose purpose) {
    List<GoodPicture> pictures = learning.pictures(product, purpose);
    return pictures.stream().map(staged::file).toList();
  }

  static String settings(Promise promise) {
    return JSON.writeValueAsString(promise);
  }

  /** Keeps what a process makes, until it ends. */
  void follow(Begun begun) throws InterruptedException {
    long id = begun.job().id();
    Heard heard = new Heard();
    int code =
        begun
            .child()
            .hear(
                event -> {
                  event
                      .progress()
                      .ifPresent(now -> jobs.progress(id, now.stage(), now.done(), now.total()));
                  event.remark().ifPresent(words -> jobs.remark(id, words));
                  event.made().ifPresent(made -> keep(begun, made));
                  event.fault().ifPresent(words -> heard.fault = Optional.of(words));
                  heard.whole |= event.made().map(made -> !made.provisional()).orElse(false);
                });
    if (heard.fault.isPresent()) {
      throw new InputException(
          "training", heard.fault.get(), "change what is said, and train again");
    }
    if (!heard.whole && !jobs.find(id).orElseThrow().state().ended()) {
      throw new InputException(
          "training",
          "ended with code " + code + " and no detector",
          "see " + data.jobs().resolve("job-" + id).resolve("training.log"));
    }
  }

  private static final class Heard {

    private Optional<String> fault = Optional.empty();
    private boolean whole;
  }

  private void keep(Begun begun, TrainingEvent.Made made) {
    boolean sameScores = begun.task() == Task.CALIBRATE;
    Origin origin =
        switch (begun.task()) {
          case TRAIN -> Origin.TRAINING;
          case CALIBRATE -> Origin.CALIBRATION;
          case CORRECT -> Origin.CORRECTION;
        };
    versions.add(
        begun.job().product(),
        Optional.of(begun.job().id()),
        new DetectorStore.Made(
            files.keep(made.anople()).sha256(),
            files.keep(made.graph()).sha256(),
            made.provisional(),
            made.calibration(),
            begun.used(),
            origin,
            sameScores ? begun.base().map(DetectorVersion::scores) : Optional.empty()));
  }
}
