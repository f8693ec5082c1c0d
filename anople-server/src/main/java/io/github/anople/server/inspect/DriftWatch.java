package io.github.anople.server.inspect;

import io.github.anople.core.drift.Change;
import io.github.anople.core.drift.Drift;
import io.github.anople.core.drift.DriftMonitor;
import io.github.anople.core.drift.DriftReference;
import io.github.anople.core.drift.DriftTest;
import io.github.anople.core.drift.Look;
import io.github.anople.server.store.DriftStore;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares what is inspected with what the detector was calibrated with, and notes when something
 * has moved. It follows behind, so that no answer waits for it.
 */
@Service
public class DriftWatch {

  private static final Logger LOG = LoggerFactory.getLogger(DriftWatch.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final int BEHIND = 10_000;
  private static final int KEPT = 10 * DriftTest.WINDOW;

  /** Enough to tell all kinds that last. */
  private static final int TOLD = 50;

  private final DriftStore store;
  private final Map<Long, Watch> watches = new HashMap<>();
  private final ThreadPoolExecutor worker =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(BEHIND),
          work -> new Thread(work, "anople-drift"));

  DriftWatch(DriftStore store) {
    this.store = store;
  }

  /**
   * A picture that was inspected.
   *
   * @param detector number of the detector
   * @param inspection the inspection's number
   * @param reference what the detector was calibrated with
   * @param score of the picture
   * @param look of the picture
   */
  record Inspected(
      long detector, long inspection, DriftReference reference, float score, Look look) {

    private DriftReference.Seen seen() {
      return new DriftReference.Seen(Math.max(0, Math.min(score, 1)), look);
    }
  }

  /**
   * Something that has moved.
   *
   * @param change what
   * @param began the inspection with which it was noticed
   * @param ended the inspection with which it was over; empty while it lasts
   */
  public record Noticed(Change change, long began, Optional<Long> ended) {}

  /** A detector's monitor, and how many pictures it has had since older ones were forgotten. */
  private static final class Watch {

    private final DriftMonitor monitor;
    private int pictures;

    Watch(DriftMonitor monitor) {
      this.monitor = monitor;
    }
  }

  /** Takes note of a picture. */
  void inspected(Inspected picture) {
    try {
      worker.execute(() -> note(picture));
    } catch (RejectedExecutionException e) {
      LOG.warn("drift is {} pictures behind, and leaves one out", BEHIND);
    }
  }

  private void note(Inspected picture) {
    try {
      Watch watch =
          watches.computeIfAbsent(picture.detector(), detector -> recalled(detector, picture));
      store.keep(
          picture.detector(),
          new DriftStore.LookRow(
              picture.inspection(), new DriftReference(List.of(picture.seen())).toJson()));
      List<Drift> told = watch.monitor.add(Long.toString(picture.inspection()), picture.seen());
      told.forEach(drift -> note(picture.detector(), drift));
      if (++watch.pictures % KEPT == 0) {
        forget(picture.detector());
      }
    } catch (RuntimeException e) {
      // The next picture begins with what is kept.
      watches.remove(picture.detector());
      LOG.warn("drift of inspection {} is not known", picture.inspection(), e);
    }
  }

  private void note(long detector, Drift drift) {
    Change change = drift.change();
    if (drift.lasts()) {
      store.begin(
          detector,
          change.kind().id(),
          JSON.writeValueAsString(change),
          Long.parseLong(drift.began()));
    } else {
      store.end(detector, change.kind().id(), Long.parseLong(drift.ended().orElseThrow()));
    }
  }

  /** A monitor as it was when the server stopped. */
  private Watch recalled(long detector, Inspected next) {
    DriftMonitor monitor = new DriftMonitor(next.reference());
    List<DriftStore.LookRow> looks = new ArrayList<>(store.looks(detector, DriftTest.WINDOW));
    Collections.reverse(looks);
    for (DriftStore.LookRow look : looks) {
      DriftReference one = DriftReference.fromJson(look.seen(), "look");
      monitor.recall(Long.toString(look.inspection()), one.pictures().get(0));
    }
    of(detector).stream()
        .filter(noticed -> noticed.ended().isEmpty())
        .forEach(
            noticed -> monitor.recall(new Drift(noticed.change(), Long.toString(noticed.began()))));
    return new Watch(monitor);
  }

  private void forget(long detector) {
    List<DriftStore.LookRow> looks = store.looks(detector, KEPT);
    store.forget(detector, looks.get(looks.size() - 1).inspection());
  }

  /**
   * What a detector has seen move.
   *
   * @param detector its number
   * @return the newest first
   */
  public List<Noticed> of(long detector) {
    return store.of(detector, TOLD).stream()
        .map(
            row ->
                new Noticed(JSON.readValue(row.change(), Change.class), row.began(), row.ended()))
        .toList();
  }

  @PreDestroy
  void stop() throws InterruptedException {
    worker.shutdown();
    if (!worker.awaitTermination(10, TimeUnit.SECONDS)) {
      LOG.warn("drift leaves {} pictures out", worker.getQueue().size());
    }
  }
}
