package io.github.anople.benchmark.baseline;

import io.github.anople.benchmark.Cell;
import io.github.anople.benchmark.GridData;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.image.ImageReader;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.evaluate.EvaluationListener;
import io.github.anople.inspect.evaluate.Evaluator;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.train.TrainingFiles;
import io.github.anople.torch.train.TrainingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long runs take here: a few steps on the first good picture of the data set and the test of a
 * few pictures are timed for each kind of run, and multiplied. What is measured of a method and its
 * costly settings serves all runs like it.
 */
final class Pace {

  /** Steps that are timed, after one that warms up. */
  private static final int STEPS = 2;

  /** Good pictures, and as many defective ones. */
  private static final int PICTURES = 2;

  private final LoadedBackbone backbone;
  private final ImageReader reader;
  private final Map<String, Measured> known = new HashMap<>();
  private final Map<GridData, Map<String, Integer>> pictures = new HashMap<>();

  Pace(LoadedBackbone backbone, ImageReader reader) {
    this.backbone = backbone;
    this.reader = reader;
  }

  /**
   * What was timed, in nanoseconds.
   *
   * @param fit what a shot takes besides the steps
   * @param step of a training; 0 where there is none
   * @param picture from its file to its score
   */
  private record Measured(double fit, double step, double picture) {}

  /** How long a run takes by itself. */
  synchronized Duration of(Cell cell, Baseline baseline) throws InterruptedException {
    String kind = kind(cell, baseline);
    if (!known.containsKey(kind)) {
      known.put(kind, measure(cell, baseline));
    }
    Measured measured = known.get(kind);
    long shots = (long) cell.fitted().size() * Math.max(cell.shots(), 1);
    long steps = baseline.trains() ? shots * baseline.config().optimizer().passes(cell.shots()) : 0;
    long tested = cell.categories().stream().mapToLong(name -> pictures(cell).get(name)).sum();
    return Duration.ofNanos(
        (long) (shots * measured.fit() + steps * measured.step() + tested * measured.picture()));
  }

  private Map<String, Integer> pictures(Cell cell) {
    return pictures.computeIfAbsent(
        cell.data(),
        data -> {
          Map<String, Integer> counts = new HashMap<>();
          data.read().categories().forEach(one -> counts.put(one.name(), one.test().size()));
          return counts;
        });
  }

  /** Runs that differ in other settings take about as long. */
  private static String kind(Cell cell, Baseline baseline) {
    TrainingConfig config = baseline.config();
    return String.join(
        " ",
        cell.data().root().toString(),
        baseline.method().id(),
        String.valueOf(config.views().subImages()),
        String.valueOf(config.memory().enabled()),
        config.memory().encoder(),
        String.valueOf(config.memory().shifts()),
        String.valueOf(config.detection().shifts()),
        String.valueOf(cell.shots() > 0));
  }

  private Measured measure(Cell cell, Baseline baseline) throws InterruptedException {
    InspectionDataset.Category first =
        cell.data().read(cell.fitted().subList(0, 1)).categories().get(0);
    List<Sample> good = first.train().stream().limit(1).toList();
    Steps steps = new Steps();
    Baseline few =
        new Baseline(
            baseline.method(),
            baseline.trains()
                ? baseline
                    .config()
                    .with("optimizer.shared_epochs", "false")
                    .with("optimizer.epochs", Integer.toString(1 + STEPS))
                : baseline.config());
    Baseline.Shots shots =
        new Baseline.Shots(
            cell.data().name(),
            Map.of(first.name(), cell.shots() > 0 ? good : List.of()),
            TrainingFiles.NONE,
            steps,
            reader);
    long start = System.nanoTime();
    try (AnomalyDetector detector = few.fit(backbone, shots)) {
      double fit = System.nanoTime() - start;
      double picture = picture(detector, first);
      double step = steps.each();
      return new Measured(Math.max(0, fit - (1 + STEPS) * step), step, picture);
    }
  }

  /** From the file to the metrics: reading and masks count too. */
  private double picture(AnomalyDetector detector, InspectionDataset.Category category)
      throws InterruptedException {
    InspectionDataset.Category some =
        new InspectionDataset.Category(
            category.name(), List.of(), some(category.test()), category.remarks());
    Evaluator evaluator =
        new Evaluator(
            detector, Optional.empty(), Optional.empty(), EvaluationListener.SILENT, reader);
    if (some.test().isEmpty()) {
      return 0;
    }
    evaluator.run(some);
    long start = System.nanoTime();
    evaluator.run(some);
    return (System.nanoTime() - start) / (double) some.test().size();
  }

  /** Good and defective ones, as far as there are both. */
  private static List<Sample> some(List<Sample> test) {
    return Stream.of(true, false)
        .flatMap(
            good ->
                test.stream().filter(one -> (one.label() == Label.NORMAL) == good).limit(PICTURES))
        .toList();
  }

  /** When each epoch of one step ended. */
  private static final class Steps implements TrainingListener {

    private final List<Long> ends = new ArrayList<>();

    @Override
    public void epochDone(int epoch, double meanLoss) {
      ends.add(System.nanoTime());
    }

    double each() {
      return ends.size() < 2
          ? 0
          : (ends.get(ends.size() - 1) - ends.get(0)) / (double) (ends.size() - 1);
    }
  }
}
