package io.github.anople.inspect.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.AtomicFile;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.Defects;
import io.github.anople.core.detect.TextFeatures;
import io.github.anople.inspect.data.ImageFiles;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.predict.OutputNames;
import io.github.anople.inspect.predict.ResultFolder;
import io.github.anople.inspect.report.Artifacts;
import io.github.anople.inspect.report.ColourScale;
import io.github.anople.inspect.report.HeatMap;
import io.github.anople.inspect.report.ResultsJson;
import io.github.anople.inspect.report.ScoresCsv;
import io.github.anople.inspect.report.ThumbnailMaker;
import io.github.anople.inspect.report.html.HtmlReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The folder of a test run. For each image {@code maps/<category>/<defect type>/<name>.png} (16
 * bits) and {@code images/….png} (with its heat map), while the run goes on; then {@code
 * scores.csv} (a row an image), {@code metrics.json}, {@code shots.txt} (what the detector learned
 * from, a name a line), {@code config.json} and {@code report.html}, of several categories {@code
 * report-<category>.html}. Every file appears whole or not at all.
 */
public final class EvaluationFolder {

  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

  private final ResultFolder folder;
  private final Optional<Calibration> calibration;
  private final ThumbnailMaker maker;
  private final OutputNames names = new OutputNames();
  private boolean ignores;

  /**
   * A folder; nothing is made yet.
   *
   * @param folder where, and which pictures are wanted
   * @param calibration the detector's thresholds, if it has some: for the report
   */
  public EvaluationFolder(ResultFolder folder, Optional<Calibration> calibration) {
    this.folder = Objects.requireNonNull(folder, "folder");
    this.calibration = calibration;
    this.maker =
        new ThumbnailMaker(
            folder.overlays().map(HeatMap::scale).orElse(ColourScale.UNCALIBRATED),
            calibration
                .map(known -> OptionalDouble.of(known.pixelThreshold()))
                .orElse(OptionalDouble.empty()));
  }

  /**
   * Makes the folder, before the first image is scored in vain.
   *
   * @throws io.github.anople.core.InputException if it cannot be made, or is a watched folder's
   */
  public void create() {
    folder.createForOneRun();
  }

  /** Writes and draws an image while its map is in memory. */
  Artifacts write(Sample sample, EvaluationListener.Seen seen, Optional<Defects> defects) {
    ignores |= seen.region().isPresent();
    Artifacts files =
        folder.write(
            names.name(name(sample)),
            Optional.of(seen.image()),
            seen.map(),
            defects,
            seen.region());
    return files.with(maker.of(seen.image(), seen.map(), seen.mask(), seen.region()));
  }

  private static String name(Sample sample) {
    return String.join(
        "/",
        fileName(sample.category()),
        fileName(sample.defectType()),
        fileName(ImageFiles.slashed(sample.image().getFileName())));
  }

  /** A person's word as one file's name: it must not lead elsewhere. */
  private static String fileName(String word) {
    String plain = word.replaceAll("[/\\\\:\\p{Cntrl}]", "_");
    return plain.startsWith(".") ? "_" + plain.substring(1) : plain;
  }

  /**
   * Writes the tables.
   *
   * @param evaluations the categories, in order
   * @param shots the names of the images that the detector learned from
   * @param settings the run's settings as JSON, for {@code config.json}
   * @param texts what the detector compares images with, if it tells: for the plot of features
   * @throws io.github.anople.core.InputException if a file cannot be written
   */
  public void finish(
      List<Evaluation> evaluations,
      List<String> shots,
      String settings,
      Optional<TextFeatures> texts) {
    JsonNode config = tree(settings);
    Path root = folder.folder();
    ScoresCsv.write(
        root.resolve("scores.csv"),
        evaluations.stream().flatMap(one -> one.images().stream()).toList());
    ResultsJson.write(root.resolve("metrics.json"), EvaluationJson.of(evaluations));
    ResultsJson.write(root.resolve("config.json"), JSON.convertValue(config, MEMBERS));
    StringBuilder lines = new StringBuilder();
    shots.forEach(shot -> lines.append(shot).append('\n'));
    byte[] text = lines.toString().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(root.resolve("shots.txt"), out -> out.write(text));
    OutputNames reports = new OutputNames(".html");
    for (Evaluation evaluation : evaluations) {
      String name =
          evaluations.size() == 1
              ? "report.html"
              : reports.numbered("report-" + fileName(evaluation.category()));
      HtmlReport.write(
          EvaluationReport.of(
              evaluation,
              new EvaluationReport.Sights(
                  maker.scale(), FeaturePlane.plot(evaluation.images(), texts), ignores),
              calibration,
              config),
          root.resolve(name));
    }
  }

  private static JsonNode tree(String settings) {
    try {
      return JSON.readTree(settings);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the run's settings are not JSON", e);
    }
  }
}
