package io.github.anople.inspect.predict;

import io.github.anople.core.InputException;
import io.github.anople.core.decide.Defects;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.Scoring;
import io.github.anople.core.drift.DriftMonitor;
import io.github.anople.core.drift.DriftReference;
import io.github.anople.core.image.RgbImage;
import io.github.anople.inspect.data.ImageFiles;
import io.github.anople.inspect.report.Artifacts;
import io.github.anople.inspect.report.Inspection;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Scores a list of pictures. While some are scored, the next are decoded and the last ones' results
 * are written; only a few pictures are in memory, however many there are. A picture that cannot be
 * read is reported and left out.
 */
public final class Predictor {

  private final AnomalyDetector detector;
  private final PredictionSettings settings;
  private final Optional<ResultFolder> output;
  private final PredictionListener listener;

  /**
   * A predictor.
   *
   * @param detector what scores; stays its owner's
   * @param settings category and threshold
   * @param output where results go; empty for nowhere
   * @param listener hears of each picture
   */
  public Predictor(
      AnomalyDetector detector,
      PredictionSettings settings,
      Optional<ResultFolder> output,
      PredictionListener listener) {
    this.detector = detector;
    this.settings = settings;
    this.output = output;
    this.listener = listener;
  }

  /**
   * Scores pictures, and writes the tables when all are done.
   *
   * @param images the files, for example of {@link ImageList}
   * @return what became of each, in their order
   * @throws InputException if results cannot be written, or the folder is a watched folder's
   * @throws InterruptedException if the thread is interrupted; there are no new tables then
   */
  public Predictions run(List<Path> images) throws InterruptedException {
    return run(images, () -> true);
  }

  /**
   * Scores pictures until there are none left or goOn says no, and writes the tables of those that
   * are done then.
   *
   * @param images the files, for example of {@link ImageList}
   * @param goOn asked before each few pictures
   * @return what became of each that was begun, in their order
   * @throws InputException if results cannot be written, or the folder is a watched folder's
   * @throws InterruptedException if the thread is interrupted; there are no new tables then
   */
  public Predictions run(List<Path> images, BooleanSupplier goOn) throws InterruptedException {
    return run(new ImageList.Found(images, List.of()), goOn);
  }

  /**
   * The same, with what was broken among the pictures: it counts as pictures that failed.
   *
   * @param found the files, and faults that come first among the failures
   * @param goOn asked before each few pictures
   * @return what became of each that was begun, in their order
   * @throws InputException if results cannot be written, or the folder is a watched folder's
   * @throws InterruptedException if the thread is interrupted; there are no new tables then
   */
  public Predictions run(ImageList.Found found, BooleanSupplier goOn) throws InterruptedException {
    output.ifPresent(ResultFolder::createForOneRun);
    NotedReading reader =
        new NotedReading(settings.reader(), settings.drift().isPresent(), detector.region());
    Collector collector = new Collector(commonFolder(found.images()), reader);
    found.faults().forEach(collector::broken);
    Scoring<Path> scoring = Scoring.of(detector, reader::read);
    boolean draws = output.flatMap(ResultFolder::overlays).isPresent();
    (draws ? scoring.keepingImages() : scoring).run(found.images().iterator(), goOn, collector);
    Predictions predictions = collector.predictions();
    output.ifPresent(folder -> folder.writeTables(predictions));
    return predictions;
  }

  /** The folder that all pictures lie below: their outputs are named by the rest of the path. */
  private static Optional<Path> commonFolder(List<Path> images) {
    Path common = null;
    for (Path image : images) {
      Path folder = absolute(image).getParent();
      if (common == null) {
        common = folder;
      }
      while (common != null && !folder.startsWith(common)) {
        common = common.getParent();
      }
      if (common == null) {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(common);
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /** Keeps the results in order. */
  private final class Collector implements Scoring.Sink<Path> {

    private final Optional<Path> base;
    private final NotedReading reading;
    private final OutputNames names = new OutputNames();
    private final List<Inspection> scored = new ArrayList<>();
    private final List<Failure> failed = new ArrayList<>();
    private final Optional<DriftMonitor> monitor = settings.monitor();

    Collector(Optional<Path> base, NotedReading reading) {
      this.base = base;
      this.reading = reading;
    }

    @Override
    public void scored(Path file, Optional<RgbImage> image, Detection detection) {
      Delivery.guarded(file, () -> write(file, image, detection), fault -> failed(file, fault));
    }

    private void write(Path file, Optional<RgbImage> image, Detection detection) {
      NotedReading.Read read = reading.take(file);
      Optional<Defects> defects = settings.defects(detection, read);
      Artifacts artifacts =
          output
              .map(
                  folder ->
                      folder.write(name(file), image, detection.map(), defects, detector.region()))
              .orElse(Artifacts.NONE);
      Inspection inspection =
          settings
              .inspection(file, detection.score(), detection.scene())
              .with(artifacts)
              .withNotes(read.notes())
              .withDefects(defects)
              .withLook(read.look());
      scored.add(inspection);
      listener.scored(inspection);
      monitor.ifPresent(
          one ->
              one.add(
                      inspection.path(),
                      new DriftReference.Seen(detection.score(), read.look().orElseThrow()))
                  .forEach(listener::drifted));
    }

    Predictions predictions() {
      monitor.ifPresent(one -> one.finish().forEach(listener::drifted));
      return new Predictions(settings, scored, failed, monitor.map(DriftMonitor::summary));
    }

    @Override
    public void failed(Path file, InputException fault) {
      add(Failure.of(ImageFiles.slashed(file), fault));
    }

    /** Something that no picture could be read of, not even its name. */
    void broken(InputException fault) {
      add(Failure.of(fault.where().replace(File.separatorChar, '/'), fault));
    }

    private void add(Failure failure) {
      failed.add(failure);
      listener.failed(failure);
    }

    private String name(Path file) {
      Path whole = absolute(file);
      // No common folder: the pictures lie on several of Windows' drives.
      Path rest =
          base.isPresent() ? base.get().relativize(whole) : whole.getRoot().relativize(whole);
      return names.name(ImageFiles.slashed(rest));
    }
  }
}
