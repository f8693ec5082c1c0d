package io.github.anople.inspect.predict;

import static java.util.stream.Collectors.joining;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.decide.Defects;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.Scene;
import io.github.anople.core.detect.Scoring;
import io.github.anople.core.drift.Drift;
import io.github.anople.core.drift.DriftMonitor;
import io.github.anople.core.drift.DriftReference.Seen;
import io.github.anople.core.drift.Look;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.Region;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A watch between its first and its last look at the folder. For one thread. */
final class WatchSession implements AutoCloseable, Scoring.Sink<Path> {

  /** Rewriting the tables may take this part of the time: the longer they are, the rarer. */
  private static final int TABLE_SHARE = 10;

  private static final int MOST_NAMES = 5;

  private static final Logger LOG = LoggerFactory.getLogger(WatchSession.class);

  private final Path watched;
  private final ResultFolder output;
  private final PredictionSettings settings;
  private final PredictionListener listener;
  private final LongSupplier nanoTime;
  private final Journal journal;
  private final Arrivals arrivals;
  private final NotedReading reading;
  private final Scoring<Path> scoring;

  private final Optional<DriftMonitor> monitor;
  private final OutputNames names = new OutputNames();
  private final List<Inspection> scored = new ArrayList<>();
  private final Map<String, Failure> failed = new TreeMap<>();
  private final LostVersions lost = new LostVersions();
  private final Optional<PartsInWork> parts;
  private final Map<Path, String> hashes = new ConcurrentHashMap<>();
  private boolean changed = true;
  private final Optional<Region> region;
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
    this.listener = listener;
    this.nanoTime = nanoTime;
    this.journal = journal;
    this.arrivals =
        new Arrivals(root, FolderWatch.real(output.folder()), plan.watch().patience().toNanos());
    this.reading =
        new NotedReading(settings.reader(), settings.drift().isPresent(), detector.region());
    this.monitor = settings.monitor();
    this.region = detector.region();
    Scoring<Path> all = Scoring.of(detector, this::read);
    this.scoring = output.overlays().isPresent() ? all.keepingImages() : all;
    this.parts = settings.parts().map(PartsInWork::new);
    journal.entries().forEach(this::resume);
    monitor.ifPresent(one -> journal.drifts().forEach(one::recall));
  }

  /** Looks at the folder once, and scores what is new and whole. */
  void scan(BooleanSupplier goOn) throws InterruptedException {
    Arrivals.Look look = arrivals.look(nanoTime.getAsLong());
    look.lost().forEach(this::lost);
    look.restless().forEach(this::restless);
    look.remarks().forEach(LOG::warn);
    if (!look.ready().isEmpty()) {
      scoring.run(look.ready().iterator(), goOn, this);
      hashes.clear();
      reading.clear();
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
    return new Predictions(settings, scored, failures(), monitor.map(DriftMonitor::summary));
  }

  private List<Failure> failures() {
    List<Failure> all = new ArrayList<>(failed.values());
    all.addAll(lost.failures());
    return all;
  }

  @Override
  public void scored(Path file, Optional<RgbImage> image, Detection detection) {
    Delivery.guarded(file, () -> write(file, image, detection), fault -> failed(file, fault));
  }

  private void write(Path file, Optional<RgbImage> image, Detection detection) {
    String relative = arrivals.relative(file);
    NotedReading.Read read = reading.take(file);
    Optional<Defects> defects = settings.defects(detection, read);
    Artifacts artifacts =
        output.write(names.name(relative), image, detection.map(), defects, region);
    add(
        file,
        new Journal.Entry(
            relative,
            new Version(arrivals.stamp(file), hashes.getOrDefault(file, "")),
            detection.score(),
            artifacts.overlay().orElse(""),
            artifacts.map().orElse(""),
            "",
            detection.scene(),
            read.notes(),
            0,
            defects,
            read.look()));
    Inspection inspection =
        inspection(relative, detection.score(), detection.scene(), artifacts)
            .withNotes(read.notes())
            .withDefects(defects)
            .withLook(read.look());
    scored.add(inspection);
    failed.remove(relative);
    listener.scored(inspection);
    parts.flatMap(all -> all.add(inspection, failures())).ifPresent(listener::complete);
    read.look().ifPresent(look -> follow(inspection, look));
  }

  /** In the journal before it is told: after a restart nobody hears of it again. */
  private void follow(Inspection inspection, Look look) {
    Seen seen = new Seen(inspection.score(), look);
    for (Drift drift : monitor.orElseThrow().add(inspection.path(), seen)) {
      journal.append(drift);
      listener.drifted(drift);
    }
  }

  @Override
  public void failed(Path file, InputException fault) {
    if (!arrivals.hasSettled(file, nanoTime.getAsLong())) {
      // Gone, or perhaps still being copied: the next look at the folder tries again.
      return;
    }
    String relative = arrivals.relative(file);
    Version version = new Version(arrivals.stamp(file), hashes.getOrDefault(file, ""));
    add(file, Journal.Entry.failed(relative, version, fault.getMessage()));
    fail(relative, Failure.of(shown(relative), fault));
  }

  private void fail(String relative, Failure failure) {
    failed.put(relative, failure);
    listener.failed(failure);
    parts.flatMap(all -> all.arrived(failure.path(), failures())).ifPresent(listener::complete);
    changed = true;
  }

  /** What nobody can score any more. */
  private void lost(Path file) {
    String relative = arrivals.relative(file);
    failed.remove(relative);
    lost.add(relative, shown(relative), this::tellLost);
    changed = true;
  }

  private void tellLost(Journal.Entry entry) {
    journal.append(entry);
    listener.failed(lost.failure(entry.path()));
  }

  /** Not in the journal: it is tried again, by the next watch too. */
  private void restless(Path file) {
    String relative = arrivals.relative(file);
    fail(
        relative,
        Failure.of(
            shown(relative),
            new InputException(
                shown(relative),
                "goes on changing, and is not scored until it rests",
                "give each picture a name of its own, or write it faster")));
  }

  /** Writes the tables if they lack something, and lets the journal go. */
  @Override
  public void close() {
    try (journal) {
      lost.finish(this::tellLost);
      tellLeft();
      if (changed) {
        writeTables();
      }
    }
  }

  /** The next watch goes on with them. */
  private void tellLeft() {
    List<Path> left = arrivals.left();
    if (!left.isEmpty()) {
      LOG.warn(
          "{}: {} not scored when the watch ended: {}{}",
          watched,
          left.size() == 1 ? "1 picture was" : left.size() + " pictures were",
          left.stream().limit(MOST_NAMES).map(arrivals::relative).collect(joining(", ")),
          left.size() > MOST_NAMES ? ", …" : "");
    }
  }

  private void writeTables() {
    output.writeTables(predictions());
    changed = false;
  }

  private void add(Path file, Journal.Entry entry) {
    journal.append(entry);
    arrivals.done(file, entry.version(), nanoTime.getAsLong());
    changed = true;
  }

  private void resume(Journal.Entry entry) {
    if (entry.lost() > 0) {
      Failure failure = new Failure(shown(entry.path()), entry.failed());
      lost.resume(entry.path(), failure, entry.lost());
      return;
    }
    arrivals.resume(entry.path(), entry.version());
    if (!entry.failed().isEmpty()) {
      failed.put(entry.path(), new Failure(shown(entry.path()), entry.failed()));
      return;
    }
    failed.remove(entry.path());
    Optional<String> overlay = Optional.of(entry.overlay()).filter(name -> !name.isEmpty());
    Optional<String> map = Optional.of(entry.map()).filter(name -> !name.isEmpty());
    overlay.or(() -> map).map(ResultFolder::nameOf).ifPresent(names::take);
    Artifacts artifacts = new Artifacts(overlay, map, Thumbnails.NONE);
    Inspection inspection =
        inspection(entry.path(), entry.score(), entry.scene(), artifacts)
            .withNotes(entry.notes())
            .withDefects(entry.defects())
            .withLook(entry.look());
    scored.add(inspection);
    parts.ifPresent(all -> all.resume(inspection));
    entry.look().ifPresent(look -> recall(inspection, look));
  }

  private void recall(Inspection inspection, Look look) {
    monitor.ifPresent(one -> one.recall(inspection.path(), new Seen(inspection.score(), look)));
  }

  private Inspection inspection(
      String relative, float score, Optional<Scene> scene, Artifacts artifacts) {
    return settings.inspection(watched.resolve(relative), score, scene).with(artifacts);
  }

  private String shown(String relative) {
    return ImageFiles.slashed(watched.resolve(relative));
  }

  private RgbImage read(Path file) {
    byte[] bytes = reading.bytes(file);
    hashes.put(file, Sha256.of(bytes));
    arrivals.requireWhole(file, bytes, nanoTime.getAsLong());
    return reading.read(file, bytes);
  }
}
