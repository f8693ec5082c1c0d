package io.github.anople.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.ProgramVersion;
import io.github.anople.core.Sha256;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.decide.DefectRule;
import io.github.anople.core.decide.Threshold;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.core.region.Region;
import io.github.anople.inspect.calibrate.ShotFiles;
import io.github.anople.inspect.data.ImageFiles;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.evaluate.Evaluation;
import io.github.anople.inspect.evaluate.EvaluationFolder;
import io.github.anople.inspect.evaluate.EvaluationListener;
import io.github.anople.inspect.evaluate.Evaluator;
import io.github.anople.inspect.report.PartRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Measures a detector of either kind on labelled images, and writes what was found. */
public final class Testing {

  private Testing() {}

  /**
   * Runs a test.
   *
   * @param file the detector; started if it was not
   * @param dataset the labelled images
   * @param layout how they lie on disk, for the record
   * @param folder where everything is written; empty for nowhere
   * @param listener hears of each image, after the folder
   * @return an evaluation a category
   * @throws io.github.anople.core.InputException if the results cannot be written
   * @throws InterruptedException if the thread is interrupted
   */
  public static List<Evaluation> run(
      DetectorFile file,
      InspectionDataset dataset,
      String layout,
      Optional<EvaluationFolder> folder,
      EvaluationListener listener)
      throws InterruptedException {
    return run(
        file,
        file.threshold(),
        file.defects(),
        dataset,
        layout,
        folder,
        listener,
        new ImageReader(file.provenance().reading()),
        Optional.empty());
  }

  /**
   * The same with another threshold than the detector's own, or without the scene check, and with
   * another reader than one for the detector's bit depth.
   *
   * @param file the detector; started if it was not
   * @param threshold what verdicts follow; empty for none
   * @param defects what of a map is a defect, for boxes; empty for none
   * @param dataset the labelled images
   * @param layout how they lie on disk, for the record
   * @param folder where everything is written; empty for nowhere
   * @param listener hears of each image, after the folder
   * @param reader reads the images
   * @param parts which images show views of one part; empty for the layout's own way, which
   *     Real-IAD alone has
   * @return an evaluation a category
   * @throws io.github.anople.core.InputException if the results cannot be written
   * @throws InterruptedException if the thread is interrupted
   */
  public static List<Evaluation> run(
      DetectorFile file,
      Optional<Threshold> threshold,
      Optional<DefectRule> defects,
      InspectionDataset dataset,
      String layout,
      Optional<EvaluationFolder> folder,
      EvaluationListener listener,
      ImageReader reader,
      Optional<PartRule> parts)
      throws InterruptedException {
    folder.ifPresent(EvaluationFolder::create);
    AnomalyDetector detector = file.detector();
    Evaluator evaluator =
        new Evaluator(detector, threshold, defects, folder, listener, reader, file.drift());
    List<Evaluation> evaluations = new ArrayList<>();
    Optional<PartRule> rule = parts.or(() -> PartRule.ofLayout(layout));
    for (InspectionDataset.Category category : dataset.categories()) {
      Evaluation evaluation = withoutSurprise(file.provenance(), evaluator.run(category));
      Evaluation told =
          detector
              .region()
              .map(some -> evaluation.withNote(ignored(some, detector.imageSize())))
              .orElse(evaluation);
      evaluations.add(rule.map(told::withParts).orElse(told));
    }
    if (folder.isPresent()) {
      folder
          .get()
          .finish(
              evaluations,
              file.provenance().shots().stream().map(Provenance.Shot::name).toList(),
              settings(file, dataset, layout),
              detector.textFeatures());
    }
    return evaluations;
  }

  /** What was tested with what, and how the detector came about: {@code config.json}. */
  private static String settings(DetectorFile file, InspectionDataset dataset, String layout) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("anople_version", ProgramVersion.current());
    ObjectNode detector = json.putObject("detector");
    detector.put("file", file.path().toString()).put("sha256", Sha256.of(file.path()));
    int side = file.detector().imageSize();
    file.detector()
        .region()
        .ifPresent(some -> detector.put("ignored_share", some.ignoredShare(side, side)));
    ObjectNode data = json.putObject("data");
    data.put("layout", layout).put("name", dataset.name());
    dataset.categoryNames().forEach(data.putArray("categories")::add);
    file.configuration().ifPresent(text -> json.set("training", tree(text)));
    json.set("provenance", tree(file.provenance().toJson()));
    return json.put("precision", file.precision()).toString();
  }

  private static String ignored(Region region, int side) {
    return String.format(
        Locale.ROOT,
        "the detector ignores %.1f %% of each picture: no metric counts a pixel there",
        100 * region.ignoredShare(side, side));
  }

  private static JsonNode tree(String text) {
    try {
      return new JsonMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a detector that was read whole does not hold JSON", e);
    }
  }

  /** Who tests with shots is to know: the detector has seen them, so all metrics flatter it. */
  private static Evaluation withoutSurprise(Provenance provenance, Evaluation evaluation) {
    List<Path> files = evaluation.images().stream().map(image -> image.sample().image()).toList();
    List<Path> known = ShotFiles.among(provenance, files);
    return known.isEmpty()
        ? evaluation
        : evaluation.withNote(
            "the detector learned from %d of these %d pictures (%s): the metrics flatter it"
                .formatted(known.size(), files.size(), ImageFiles.slashed(known.get(0))));
  }
}
