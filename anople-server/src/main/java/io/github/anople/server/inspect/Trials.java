package io.github.anople.server.inspect;

import io.github.anople.core.InputException;
import io.github.anople.core.decide.Threshold;
import io.github.anople.core.decide.Verdict;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.ImageReader;
import io.github.anople.server.enrol.DetectorActivated;
import io.github.anople.server.project.Pictures;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.InspectionRow;
import io.github.anople.server.store.InspectionStore;
import io.github.anople.server.store.Product;
import io.github.anople.server.store.Search;
import io.github.anople.server.store.TrialStore;
import jakarta.annotation.PreDestroy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * Lets a new version judge the last pictures that others have inspected, so that people see what it
 * changes. Pictures that come in meanwhile have to wait for one of them at most.
 */
@Service
public class Trials {

  private static final Logger LOG = LoggerFactory.getLogger(Trials.class);
  private static final int PICTURES = 30;

  private final TrialStore store;
  private final InspectionStore inspections;
  private final ActiveDetectors detectors;
  private final Projects projects;
  private final Pictures pictures;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(work -> new Thread(work, "anople-trials"));

  Trials(
      TrialStore store,
      InspectionStore inspections,
      ActiveDetectors detectors,
      Projects projects,
      Pictures pictures) {
    this.store = store;
    this.inspections = inspections;
    this.detectors = detectors;
    this.projects = projects;
    this.pictures = pictures;
  }

  @EventListener
  void activated(DetectorActivated event) {
    worker.execute(() -> run(event));
  }

  private void run(DetectorActivated event) {
    try {
      Product product = projects.get(event.product());
      if (!store.exists(event.detector())) {
        for (InspectionRow row : inspections.of(product.id(), Search.newest(PICTURES))) {
          if (row.detector() != event.detector() && !judge(product.id(), event, row)) {
            return;
          }
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("detector {} was not tried on earlier pictures", event.detector(), e);
    }
  }

  /** False if another version inspects by now, or the server stops. */
  private boolean judge(long product, DetectorActivated event, InspectionRow row) {
    if (worker.isShutdown()) {
      return false;
    }
    return detectors.with(
        projects.get(product),
        active -> {
          if (active.version().id() != event.detector()) {
            return false;
          }
          try {
            ImageReader reader = new ImageReader(active.file().provenance().reading());
            Detection detection =
                detectors.detect(active, reader.read(pictures.file(pictures.get(row.sha256()))));
            Optional<Threshold> threshold = active.file().threshold();
            store.add(
                event.detector(),
                row.id(),
                threshold
                    .map(least -> least.judge(detection))
                    .map(Verdict::kind)
                    .orElse(Inspections.UNDECIDED),
                detection.score());
          } catch (InputException e) {
            LOG.warn("inspection {} cannot be tried again: {}", row.id(), e.getMessage());
          }
          return true;
        });
  }

  /**
   * What a version says of the last pictures that others have inspected.
   *
   * @param detector its number
   * @return the newest pictures first; empty where none was inspected, or it was not tried
   */
  public List<TrialStore.Trial> of(long detector) {
    return store.of(detector);
  }

  @PreDestroy
  void stop() {
    worker.shutdown();
  }
}
