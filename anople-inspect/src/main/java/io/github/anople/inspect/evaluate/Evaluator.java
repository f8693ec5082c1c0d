package io.github.anople.inspect.evaluate;

import io.github.anople.core.decide.DefectRule;
import io.github.anople.core.decide.Threshold;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Scoring;
import io.github.anople.core.image.ImageReader;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.predict.NotedReading;
import java.util.Objects;
import java.util.Optional;

/**
 * Scores the test images of a category and measures. While some are scored, the next are decoded
 * and the last ones' masks are read; of the images and maps only a few are in memory, of the pixels
 * their scores (4 to 8 bytes each).
 *
 * <p>Masks are resized to the maps' size by nearest neighbour, whatever size they have. An image or
 * mask that cannot be read is reported, and the rest goes on.
 */
public final class Evaluator {

  private final AnomalyDetector detector;
  private final Optional<Threshold> threshold;
  private final Optional<DefectRule> rule;
  private final Optional<EvaluationFolder> folder;
  private final EvaluationListener listener;
  private final ImageReader reader;

  /**
   * An evaluator that reads as is usual.
   *
   * @param detector what scores; stays its owner's
   * @param threshold the largest score that is good enough, for verdicts; empty for none
   * @param folder where what there is to see of each image is written; empty for nowhere
   * @param listener hears of each image, after the folder
   */
  public Evaluator(
      AnomalyDetector detector,
      Optional<Threshold> threshold,
      Optional<EvaluationFolder> folder,
      EvaluationListener listener) {
    this(detector, threshold, folder, listener, new ImageReader());
  }

  /**
   * An evaluator that looks for no defects in the maps.
   *
   * @param detector what scores; stays its owner's
   * @param threshold the largest score that is good enough, for verdicts; empty for none
   * @param folder where what there is to see of each image is written; empty for nowhere
   * @param listener hears of each image, after the folder
   * @param reader reads the images, as it read what the detector was made from
   */
  public Evaluator(
      AnomalyDetector detector,
      Optional<Threshold> threshold,
      Optional<EvaluationFolder> folder,
      EvaluationListener listener,
      ImageReader reader) {
    this(detector, threshold, Optional.empty(), folder, listener, reader);
  }

  /**
   * An evaluator.
   *
   * @param detector what scores; stays its owner's
   * @param threshold the largest score that is good enough, for verdicts; empty for none
   * @param rule what of a map is a defect, for boxes; empty for none
   * @param folder where what there is to see of each image is written; empty for nowhere
   * @param listener hears of each image, after the folder
   * @param reader reads the images, as it read what the detector was made from
   */
  public Evaluator(
      AnomalyDetector detector,
      Optional<Threshold> threshold,
      Optional<DefectRule> rule,
      Optional<EvaluationFolder> folder,
      EvaluationListener listener,
      ImageReader reader) {
    this.rule = Objects.requireNonNull(rule, "rule");
    this.reader = Objects.requireNonNull(reader, "reader");
    this.detector = Objects.requireNonNull(detector, "detector");
    this.threshold = Objects.requireNonNull(threshold, "threshold");
    this.folder = Objects.requireNonNull(folder, "folder");
    this.listener = Objects.requireNonNull(listener, "listener");
  }

  /**
   * An evaluator that only measures: no verdicts, no files.
   *
   * @param detector what scores; stays its owner's
   * @param listener hears of each image
   */
  public Evaluator(AnomalyDetector detector, EvaluationListener listener) {
    this(detector, Optional.empty(), Optional.empty(), listener);
  }

  /**
   * Measures on one category.
   *
   * @param category its test images; where there are none the evaluation has no metric, and says so
   * @return what was found
   * @throws InterruptedException if the thread is interrupted
   */
  public Evaluation run(InspectionDataset.Category category) throws InterruptedException {
    NotedReading reading = new NotedReading(reader);
    Measuring measuring =
        new Measuring(category, threshold, rule, folder, listener, reading, detector.region());
    Scoring.<Sample>of(detector, sample -> reading.read(sample.image()))
        .keepingImages()
        .run(category.test().iterator(), () -> true, measuring);
    return measuring.evaluation();
  }
}
