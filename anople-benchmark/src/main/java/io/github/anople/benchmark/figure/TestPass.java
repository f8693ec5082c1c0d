package io.github.anople.benchmark.figure;

import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.image.ImageReader;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.evaluate.EvaluationListener;
import io.github.anople.inspect.evaluate.Evaluator;
import io.github.anople.inspect.metric.F1Max;
import io.github.anople.inspect.metric.PixelScores;
import io.github.anople.inspect.predict.Failure;
import io.github.anople.inspect.report.ColourScale;
import io.github.anople.inspect.report.Inspection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a detector says of a category's test pictures, without their maps.
 *
 * @param images those that could be scored, in the test set's order
 * @param pixels the largest F1 of the pixels and its threshold; empty without ground truth
 * @param scale colours of its maps: clear at their mean, or at their smallest value where the
 *     threshold is below the mean; covered from the threshold on
 */
record TestPass(List<Scored> images, Optional<F1Max> pixels, ColourScale scale) {

  /** The least difference of colours' ends, for maps that say the same everywhere. */
  private static final float LEAST_RANGE = 1e-6f;

  TestPass {
    images = List.copyOf(images);
  }

  /**
   * A picture that was scored.
   *
   * @param sample the picture
   * @param score of the detector
   * @param overlap of its binary map and its ground truth, intersection over union; empty where
   *     there is no ground truth
   */
  record Scored(Sample sample, float score, OptionalDouble overlap) {

    boolean defective() {
      return sample.label() == Label.ANOMALOUS;
    }

    boolean good() {
      return sample.label() == Label.NORMAL;
    }
  }

  /** Scores a category. */
  static TestPass of(
      AnomalyDetector detector,
      InspectionDataset.Category category,
      ImageReader reader,
      FigureListener listener)
      throws InterruptedException {
    Collecting collecting = new Collecting(listener);
    new Evaluator(detector, Optional.empty(), Optional.empty(), collecting, reader).run(category);
    return collecting.pass();
  }

  /** Keeps of each picture what a threshold needs that is not known yet. */
  private static final class Collecting implements EvaluationListener {

    private record Kept(Inspection image, Optional<PixelScores> pixels) {}

    private final FigureListener listener;
    private final List<Kept> kept = new ArrayList<>();
    private double sum;
    private long count;
    private float smallest = Float.POSITIVE_INFINITY;
    private float largest = Float.NEGATIVE_INFINITY;

    Collecting(FigureListener listener) {
      this.listener = listener;
    }

    @Override
    public void scored(Inspection image, Seen seen) {
      for (float value : seen.map().toArray()) {
        sum += value;
        count++;
        smallest = Math.min(smallest, value);
        largest = Math.max(largest, value);
      }
      kept.add(new Kept(image, pixels(image, seen)));
    }

    private static Optional<PixelScores> pixels(Inspection image, Seen seen) {
      PixelScores pixels = new PixelScores();
      if (image.sample().label() == Label.NORMAL) {
        pixels.add(seen.map());
        return Optional.of(pixels);
      }
      seen.mask().ifPresent(mask -> pixels.add(seen.map(), mask));
      return seen.mask().map(mask -> pixels);
    }

    @Override
    public void failed(Sample sample, Failure failure) {
      listener.leftOut(failure.reason());
    }

    TestPass pass() {
      Optional<F1Max> best =
          F1Max.ofPixels(kept.stream().flatMap(one -> one.pixels().stream()).toList());
      List<Scored> images = new ArrayList<>();
      for (Kept one : kept) {
        boolean masked = one.pixels().isPresent() && one.pixels().get().anomalousPixels() > 0;
        images.add(
            new Scored(
                one.image().sample(),
                one.image().score(),
                masked && best.isPresent()
                    ? OptionalDouble.of(one.pixels().get().overlap(best.get().threshold()))
                    : OptionalDouble.empty()));
      }
      return new TestPass(images, best, scale(best));
    }

    private ColourScale scale(Optional<F1Max> best) {
      if (count == 0) {
        return ColourScale.UNCALIBRATED;
      }
      float mean = (float) (sum / count);
      float middle = best.map(one -> (float) one.threshold()).orElse((mean + largest) / 2);
      float low = middle > mean ? mean : smallest;
      return new ColourScale(low, low + Math.max(2 * (middle - low), LEAST_RANGE));
    }
  }
}
