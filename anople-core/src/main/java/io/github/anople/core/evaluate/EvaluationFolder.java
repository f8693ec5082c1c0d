package io.github.anople.core.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.anople.core.AtomicFile;
import io.github.anople.core.data.ImageFiles;
import io.github.anople.core.data.Sample;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.predict.Failure;
import io.github.anople.core.predict.OutputNames;
import io.github.anople.core.predict.PredictionSettings;
import io.github.anople.core.predict.ResultFolder;
import io.github.anople.core.report.ImageResult;
import io.github.anople.core.report.ResultsJson;
import io.github.anople.core.report.ScoresCsv;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The folder of a test run. For each image {@code maps/<category>/<defect type>/<name>.png} (16
 * bits) and {@code images/….png} (with its heat map), while the run goes on; then {@code
 * scores.csv} (a row an image), {@code metrics.json}, {@code shots.txt} (what the detector learned
 * from, a name a line) and {@code config.json}. Every file appears whole or not at all.
 */
public final class EvaluationFolder implements EvaluationListener {

  private final ResultFolder folder;
  private final OutputNames names = new OutputNames();

  /**
   * A folder; nothing is made yet.
   *
   * @param folder where, and which pictures are wanted
   */
  public EvaluationFolder(ResultFolder folder) {
    this.folder = Objects.requireNonNull(folder, "folder");
  }

  /**
   * Makes the folder, before the first image is scored in vain.
   *
   * @throws io.github.anople.core.InputException if it cannot be made, or is a watched folder's
   */
  public void create() {
    folder.createForOneRun();
  }

  @Override
  public void scored(ImageEvaluation image, Seen seen) {
    Sample sample = image.sample();
    folder.write(
        ImageFiles.slashed(sample.image()),
        names.name(name(sample)),
        new PredictionSettings(sample.category(), Optional.empty()),
        seen.picture(),
        new Detection(image.score(), seen.map()));
  }

  @Override
  public void failed(Sample sample, Failure failure) {
    // It is in metrics.json; there is nothing to see.
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
   * @param config the run's settings, for {@code config.json}
   * @throws io.github.anople.core.InputException if a file cannot be written
   */
  public void finish(List<Evaluation> evaluations, List<String> shots, JsonNode config) {
    Path root = folder.folder();
    List<ImageResult> rows =
        evaluations.stream()
            .flatMap(one -> one.images().stream())
            .map(ImageEvaluation::row)
            .toList();
    ScoresCsv.write(root.resolve("scores.csv"), rows);
    ResultsJson.write(root.resolve("metrics.json"), EvaluationJson.of(evaluations));
    ResultsJson.write(root.resolve("config.json"), config);
    StringBuilder lines = new StringBuilder();
    shots.forEach(shot -> lines.append(shot).append('\n'));
    byte[] text = lines.toString().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(root.resolve("shots.txt"), out -> out.write(text));
  }
}
