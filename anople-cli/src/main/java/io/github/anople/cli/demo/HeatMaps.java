package io.github.anople.cli.demo;

import io.github.anople.core.InputException;
import io.github.anople.core.data.Sample;
import io.github.anople.core.evaluate.EvaluationListener;
import io.github.anople.core.evaluate.ImageEvaluation;
import io.github.anople.core.predict.Failure;
import io.github.anople.core.predict.ResultFolder;
import io.github.anople.core.report.HeatMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes every test picture with its heat map on it: {@code images/<kind of defect>/<name>.png}.
 *
 * @param results the folder of a product's results
 */
record HeatMaps(Path results) implements EvaluationListener {

  static final String FOLDER = "images";
  static final HeatMap SCALE = ResultFolder.scale(ResultFolder.SCALE_HIGH);

  @Override
  public void scored(ImageEvaluation image, Seen seen) {
    Path folder = results.resolve(FOLDER).resolve(image.sample().defectType());
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InputException(
          folder, "cannot be made a folder (" + e + ")", "name another with --output", e);
    }
    SCALE.write(folder.resolve(image.sample().image().getFileName()), seen.picture(), seen.map());
  }

  @Override
  public void failed(Sample sample, Failure failure) {
    // The evaluation lists it.
  }
}
