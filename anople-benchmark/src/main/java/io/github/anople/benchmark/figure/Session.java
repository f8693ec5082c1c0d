package io.github.anople.benchmark.figure;

import io.github.anople.benchmark.Cell;
import io.github.anople.benchmark.CellDetectors;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.image.ImageReader;
import io.github.anople.inspect.data.ImageFiles;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.evaluate.EvaluationListener;
import io.github.anople.inspect.evaluate.Evaluator;
import io.github.anople.inspect.predict.Failure;
import io.github.anople.inspect.report.Inspection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Detectors at work: what several figures of one call need is done once. */
final class Session {

  private static final Comparator<TestPass.Scored> BY_SCORE =
      Comparator.comparing(TestPass.Scored::score)
          .thenComparing(one -> one.sample().image(), ImageFiles.ORDER);

  private record Tested(Cell cell, String category) {}

  /**
   * A picture that a detector looked at.
   *
   * @param cell the detector's
   * @param sample the picture
   * @param seen it, with its map
   * @param pass what the detector says of the category
   */
  record Look(Cell cell, Sample sample, EvaluationListener.Seen seen, TestPass pass) {

    /** The picture's name for people: its data set, and its file there. */
    String label() {
      Path root = cell.data().root();
      Path file = sample.image();
      Path shown = file.startsWith(root) ? root.relativize(file) : file.getFileName();
      return cell.data().name() + ": " + ImageFiles.slashed(shown);
    }
  }

  /** What is done with a detector and the pictures that are chosen of a category. */
  @FunctionalInterface
  interface Visitor {

    /**
     * A category.
     *
     * @param detector open meanwhile
     * @param looks at the chosen pictures
     */
    void visit(AnomalyDetector detector, List<Look> looks);
  }

  /** Which pictures of a category are shown. */
  @FunctionalInterface
  interface Chooser {

    /**
     * Chooses.
     *
     * @param cell the detector's
     * @param category of the test
     * @param pass what the detector says of it
     * @return test pictures
     */
    List<Sample> choose(Cell cell, String category, TestPass pass);
  }

  private final CellDetectors detectors;
  private final ImageReader reader;
  private final FigureListener listener;
  private final Map<Tested, TestPass> passes = new HashMap<>();

  Session(CellDetectors detectors, ImageReader reader, FigureListener listener) {
    this.detectors = detectors;
    this.reader = reader;
    this.listener = listener;
  }

  /** Opens a contender's detectors one after another, tests them, and looks at what is chosen. */
  void visit(Contender contender, Chooser chooser, Visitor visitor) throws InterruptedException {
    for (Cell cell : contender.cells()) {
      try (AnomalyDetector detector = detectors.open(cell)) {
        for (InspectionDataset.Category category :
            cell.data().read(cell.categories()).categories()) {
          TestPass pass = pass(cell, detector, category);
          List<Sample> chosen = chooser.choose(cell, category.name(), pass);
          visitor.visit(detector, looks(cell, detector, category.name(), chosen, pass));
        }
      }
    }
  }

  private TestPass pass(Cell cell, AnomalyDetector detector, InspectionDataset.Category category)
      throws InterruptedException {
    Tested key = new Tested(cell, category.name());
    if (!passes.containsKey(key)) {
      listener.progress("testing %s on %s".formatted(cell.variant().name(), category.name()));
      passes.put(key, TestPass.of(detector, category, reader, listener));
    }
    return passes.get(key);
  }

  /** Looks again at a few pictures: the maps of a whole test would not fit into memory. */
  private List<Look> looks(
      Cell cell, AnomalyDetector detector, String category, List<Sample> chosen, TestPass pass)
      throws InterruptedException {
    Map<Sample, Look> looks = new HashMap<>();
    EvaluationListener keeping =
        new EvaluationListener() {
          @Override
          public void scored(Inspection image, Seen seen) {
            looks.put(image.sample(), new Look(cell, image.sample(), seen, pass));
          }

          @Override
          public void failed(Sample sample, Failure failure) {
            // It was told when it was tested.
          }
        };
    new Evaluator(detector, Optional.empty(), Optional.empty(), keeping, reader)
        .run(new InspectionDataset.Category(category, List.of(), chosen));
    return chosen.stream().filter(looks::containsKey).map(looks::get).toList();
  }

  /** The pictures that were named, else defective ones whose scores divide the rest evenly. */
  static List<Sample> chosen(FigureChoice choice, TestPass pass) {
    if (!choice.images().isEmpty()) {
      return pass.images().stream()
          .map(TestPass.Scored::sample)
          .filter(sample -> choice.images().contains(FigureChoice.plain(sample.image())))
          .toList();
    }
    List<TestPass.Scored> defective =
        pass.images().stream().filter(TestPass.Scored::defective).sorted(BY_SCORE).toList();
    int count = Math.min(choice.perCategory(), defective.size());
    List<Sample> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chosen.add(defective.get((2 * i + 1) * defective.size() / (2 * count)).sample());
    }
    return chosen;
  }

  /** What {@link #chosen} takes, for a caption. */
  static String words(FigureChoice choice, Contender first) {
    if (!choice.images().isEmpty()) {
      return "The pictures were chosen by hand.";
    }
    return choice.perCategory() == 1
        ? "Of each category the defective picture whose score by %s is the median."
            .formatted(first.name())
        : String.format(
            Locale.ROOT,
            "Of each category up to %d defective pictures, evenly among its scores by %s.",
            choice.perCategory(),
            first.name());
  }
}
