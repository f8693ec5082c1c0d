package io.github.anople.inspect.predict;

import io.github.anople.core.InputException;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.Scene;
import io.github.anople.core.detect.Scoring;
import io.github.anople.core.image.PictureNote;
import io.github.anople.core.image.RgbImage;
import io.github.anople.inspect.data.ImageFiles;
import io.github.anople.inspect.report.Artifacts;
import io.github.anople.inspect.report.Inspection;
import io.github.anople.inspect.report.Thumbnails;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** A watch between its first and its last look at the folder. For one thread. */
final class WatchSession implements AutoCloseable, Scoring.Sink<Path> {

  /** Rewriting the tables may take this part of the time: the longer they are, the rarer. */
  private static final int TABLE_SHARE = 10;

  private final Path watched;
  private final ResultFolder output;
  private final PredictionSettings settings;
  private final PredictionListener listener;
  private final long patience;
  private final LongSupplier nanoTime;
  private final Journal journal;
  private final Arrivals arrivals;
  private final NotedReading reading;
  private final Scoring<Path> scoring;

  private final OutputNames names = new OutputNames();
  private final List<Inspection> scored = new ArrayList<>();
  private final Map<String, Failure> failed = new TreeMap<>();
  private boolean changed = true;
  private long tablesNotBefore = Long.MIN_VALUE;

  /** Opens the journal and takes up where it ends. */
  WatchSession(
      FolderWatch.Plan plan,
      Path root,
      Journal journal,
      AnomalyDetector detector,
      PredictionListener listener,
      LongSupplier nanoTime) {
    this.watched = plan.watched();
    this.output = plan.output();
    this.settings = plan.settings();
    this.patience = plan.watch().patience().toNanos();
    this.listener = listener;
    this.nanoTime = nanoTime;
    this.journal = journal;
    this.arrivals = new Arrivals(root, FolderWatch.real(output.folder()));
    this.reading = new NotedReading(settings.reader());
    Scoring<Path> all = Scoring.of(detector, this::read);
    this.scoring = output.overlays().isPresent() ? all.keepingImages() : all;
    journal.entries().forEach(this::resume);
  }

  /** Looks at the folder once, and scores what is new and whole. */
  void scan(BooleanSupplier goOn) throws InterruptedException {
    List<Path> ready = arrivals.ready(nanoTime.getAsLong());
    if (!ready.isEmpty()) {
      scoring.run(ready.iterator(), goOn, this);
    }
    long start = nanoTime.getAsLong();
    if (changed && start >= tablesNotBefore) {
      writeTables();
      long end = nanoTime.getAsLong();
      tablesNotBefore = end + TABLE_SHARE * (end - start);
    }
  }

  /** All that is in the tables. */
  Predictions predictions() {
    return new Predictions(settings, scored, List.copyOf(failed.values()));
  }

  @Override
  public void scored(Path file, Optional<RgbImage> image, Detection detection) {
    Delivery.guarded(file, () -> write(file, image, detection), fault -> failed(file, fault));
  }

  private void write(Path file, Optional<RgbImage> image, Detection detection) {
    String relative = arrivals.relative(file);
    Artifacts artifacts = output.write(names.name(relative), image, detection.map());
    List<PictureNote> notes = reading.take(file);
    add(
        new Journal.Entry(
            relative,
            arrivals.stamp(file),
            detection.score(),
            artifacts.overlay().orElse(""),
            artifacts.map().orElse(""),
            "",
            detection.scene(),
            notes));
    Inspection inspection =
        inspection(relative, detection.score(), detection.scene(), artifacts).withNotes(notes);
    scored.add(inspection);
    failed.remove(relative);
    listener.scored(inspection);
  }

  @Override
  public void failed(Path file, InputException fault) {
    boolean settled = Arrivals.current(file).equals(Optional.of(arrivals.stamp(file)));
    if (!settled || nanoTime.getAsLong() - arrivals.since(file) < patience) {
      // Gone, or perhaps still being copied: the next look at the folder tries again.
      return;
    }
    String relative = arrivals.relative(file);
    add(
        new Journal.Entry(
            relative,
            arrivals.stamp(file),
            0,
            "",
            "",
            fault.getMessage(),
            Optional.empty(),
            List.of()));
    Failure failure = Failure.of(shown(relative), fault);
    failed.put(relative, failure);
    listener.failed(failure);
  }

  /** Writes the tables if they lack something, and lets the journal go. */
  @Override
  public void close() {
    try (journal) {
      if (changed) {
        writeTables();
      }
    }
  }

  private void writeTables() {
    output.writeTables(predictions());
    changed = false;
  }

  private void add(Journal.Entry entry) {
    journal.append(entry);
    arrivals.done(entry.path(), entry.stamp());
    changed = true;
  }

  private void resume(Journal.Entry entry) {
    arrivals.done(entry.path(), entry.stamp());
    if (!entry.failed().isEmpty()) {
      failed.put(entry.path(), new Failure(shown(entry.path()), entry.failed()));
      return;
    }
    failed.remove(entry.path());
    Optional<String> overlay = Optional.of(entry.overlay()).filter(name -> !name.isEmpty());
    Optional<String> map = Optional.of(entry.map()).filter(name -> !name.isEmpty());
    overlay.or(() -> map).map(ResultFolder::nameOf).ifPresent(names::take);
    Artifacts artifacts = new Artifacts(overlay, map, Thumbnails.NONE);
    scored.add(
        inspection(entry.path(), entry.score(), entry.scene(), artifacts).withNotes(entry.notes()));
  }

  private Inspection inspection(
      String relative, float score, Optional<Scene> scene, Artifacts artifacts) {
    return settings.inspection(watched.resolve(relative), score, scene).with(artifacts);
  }

  private String shown(String relative) {
    return ImageFiles.slashed(watched.resolve(relative));
  }

  private RgbImage read(Path file) {
    RgbImage image = reading.read(file);
    Stamp expected = arrivals.stamp(file);
    // One that is gone by now was read as a whole.
    if (!Arrivals.current(file).orElse(expected).equals(expected)) {
      throw new InputException(file, "changed while it was being read", "wait until it is written");
    }
    return image;
  }
}
