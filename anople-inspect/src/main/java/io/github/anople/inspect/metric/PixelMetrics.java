package io.github.anople.inspect.metric;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How well maps tell defective pixels from others. Each metric is empty where there is no defective
 * or no normal pixel.
 *
 * @param auroc area under the ROC curve over all pixels, ties counting half
 * @param averagePrecision the step sum over distinct scores
 * @param aupro {@link Aupro} up to {@value Aupro#USUAL_LIMIT}
 * @param aupro05 {@link Aupro} up to {@value Aupro#STRICT_LIMIT}
 */
public record PixelMetrics(
    OptionalDouble auroc,
    OptionalDouble averagePrecision,
    OptionalDouble aupro,
    OptionalDouble aupro05) {

  /**
   * The metrics of some groups of pixels together.
   *
   * @param groups the pixels, for example of the good images and of one kind of defect
   * @return their metrics
   */
  public static PixelMetrics of(List<PixelScores> groups) {
    PixelSweep sweep = new PixelSweep(groups);
    if (!sweep.isDefined()) {
      OptionalDouble none = OptionalDouble.empty();
      return new PixelMetrics(none, none, none, none);
    }
    Auroc auroc = new Auroc(sweep.normals(), sweep.anomalies());
    AveragePrecision precision = new AveragePrecision(sweep.anomalies());
    Aupro aupro = new Aupro(sweep.normals(), sweep.regions(), Aupro.USUAL_LIMIT);
    Aupro aupro05 = new Aupro(sweep.normals(), sweep.regions(), Aupro.STRICT_LIMIT);
    sweep.run(List.of(auroc, precision, aupro, aupro05));
    return new PixelMetrics(
        OptionalDouble.of(auroc.value()),
        OptionalDouble.of(precision.value()),
        OptionalDouble.of(aupro.value()),
        OptionalDouble.of(aupro05.value()));
  }
}
