package io.github.anople.server.enrol;

import io.github.anople.core.InputException;
import io.github.anople.server.ServerSettings;
import io.github.anople.server.store.ContentFiles;
import io.github.anople.server.store.DataFolder;
import io.github.anople.server.store.DetectorStore;
import io.github.anople.server.store.DetectorVersion;
import io.github.anople.server.store.GoodPicture;
import io.github.anople.server.store.GoodPicture.Purpose;
import io.github.anople.server.store.GoodPictureStore;
import io.github.anople.server.store.Job;
import io.github.anople.server.store.JobStore;
import io.github.anople.server.store.Product;
import io.github.anople.server.store.ProductStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Trains a product's next detector. */
@Service
class TrainingJob {

  static final String KIND = "train";

  private static final Logger LOG = LoggerFactory.getLogger(TrainingJob.class);

  private final ProductStore products;
  private final GoodPictureStore pictures;
  private final DetectorStore detectors;
  private final JobStore jobs;
  private final ContentFiles files;
  private final DataFolder data;
  private final ServerSettings settings;
  private final ApplicationEventPublisher published;
  private final Clock clock;

  TrainingJob(
      ProductStore products,
      GoodPictureStore pictures,
      DetectorStore detectors,
      JobStore jobs,
      ContentFiles files,
      DataFolder data,
      ServerSettings settings,
      ApplicationEventPublisher published,
      Clock clock) {
    this.products = products;
    this.pictures = pictures;
    this.detectors = detectors;
    this.jobs = jobs;
    this.files = files;
    this.data = data;
    this.settings = settings;
    this.published = published;
    this.clock = clock;
  }

  TrainingChild start(Job job) {
    Product product = products.find(job.product()).orElseThrow();
    List<Path> shots = paths(job.product(), Purpose.SHOT);
    if (shots.isEmpty()) {
      throw nothingToLearnFrom(product);
    }
    return TrainingChild.start(
        new TrainingOrder(
            product.name(),
            product.shows(),
            shots,
            paths(job.product(), Purpose.CALIBRATION),
            product.region(),
            detectors.of(job.product()).isEmpty(),
            settings.falseAlarms(),
            settings.uncertain(),
            settings.backbone(),
            settings.training(),
            folder(job)));
  }

  static InputException nothingToLearnFrom(Product product) {
    return new InputException(
        "product " + product.name(), "has no shot to learn from", "add a good picture first");
  }

  private Path folder(Job job) {
    return data.jobs().resolve("job-" + job.id());
  }

  private List<Path> paths(long product, Purpose purpose) {
    return pictures.of(product).stream()
        .filter(picture -> picture.purpose() == purpose)
        .map(picture -> files.path(picture.sha256()))
        .toList();
  }

  /** Keeps what a training makes, until it ends. */
  void follow(Job job, TrainingChild child) throws InterruptedException {
    Map<Long, Purpose> used = used(job.product());
    Heard heard = new Heard();
    int code =
        child.hear(
            event -> {
              event
                  .progress()
                  .ifPresent(now -> jobs.progress(job.id(), now.stage(), now.done(), now.total()));
              event.remark().ifPresent(words -> LOG.info("job {}: {}", job.id(), words));
              event.made().ifPresent(made -> keep(job, made, used));
              event.fault().ifPresent(words -> heard.fault = Optional.of(words));
              heard.whole |= event.made().map(made -> !made.provisional()).orElse(false);
            });
    if (heard.fault.isPresent()) {
      throw new InputException(
          "training", heard.fault.get(), "change what is said, and train again");
    }
    if (!heard.whole && !jobs.find(job.id()).orElseThrow().state().ended()) {
      throw new InputException(
          "training",
          "ended with code " + code + " and no detector",
          "see " + folder(job).resolve("training.log"));
    }
  }

  private static final class Heard {

    private Optional<String> fault = Optional.empty();
    private boolean whole;
  }

  private Map<Long, Purpose> used(long product) {
    Map<Long, Purpose> used = new LinkedHashMap<>();
    for (GoodPicture picture : pictures.of(product)) {
      if (picture.purpose() != Purpose.UNUSED) {
        used.put(picture.picture(), picture.purpose());
      }
    }
    return used;
  }

  private void keep(Job job, TrainingEvent.Made made, Map<Long, Purpose> used) {
    DetectorVersion version =
        detectors.add(
            job.product(),
            job.id(),
            new DetectorStore.Made(
                files.keep(made.anople()).sha256(),
                files.keep(made.graph()).sha256(),
                made.provisional(),
                made.calibration(),
                used),
            clock.instant());
    products.activate(job.product(), version.id());
    published.publishEvent(new DetectorActivated(job.product(), version.id()));
    LOG.info("product {} has version {}", job.product(), version.version());
  }
}
