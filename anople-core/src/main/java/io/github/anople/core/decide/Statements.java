package io.github.anople.core.decide;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/** What a calibration promises, in sentences that a person can hold it to. */
final class Statements {

  private Statements() {}

  static String of(Calibration calibration) {
    return switch (calibration.kind()) {
      case CONFORMAL -> conformal(calibration);
      case ESTIMATE -> estimate(calibration);
      case MANUAL -> manual(calibration);
    };
  }

  private static String conformal(Calibration calibration) {
    double promised = calibration.promised().orElseThrow();
    String promise =
        "Promised from %s: on average at most %s of good pictures like these are NOT OK%s."
            .formatted(
                images(calibration.images(), "further good picture"),
                percent(promised),
                calibration
                    .uncertain()
                    .flatMap(Uncertain::promised)
                    .map(share -> ", and at most " + percent(share) + " UNCERTAIN or NOT OK")
                    .orElse(""));
    return promise
        + calibration
            .uncertain()
            .map(lower -> reach(calibration, lower))
            .orElseGet(
                () -> reach(calibration.images(), promised, calibration.targetFalseAlarm(), ""))
        + " Nothing is promised about pictures taken in another way, nor about how many defects are"
        + " found.";
  }

  /** What keeps two thresholds from their targets, and from each other. */
  private static String reach(Calibration calibration, Uncertain lower) {
    int images = calibration.images();
    String rejected =
        reach(
            images,
            calibration.promised().orElseThrow(),
            calibration.targetFalseAlarm(),
            " NOT OK");
    String doubted =
        reach(
            images,
            lower.promised().orElseThrow(),
            lower.target().orElseThrow(),
            " UNCERTAIN or NOT OK");
    return rejected
        + (doubted.equals(rejected) ? "" : doubted)
        + (lower.threshold() < calibration.imageThreshold()
            ? ""
            : " Both thresholds are the same, and so nothing is UNCERTAIN.");
  }

  private static String reach(int images, double promised, double target, String verdict) {
    if (promised <= target) {
      return "";
    }
    long missing = Conformal.needed(target) - images;
    return missing <= 0
        ? " Some of them look unlike the others, and so they cannot promise less."
        : " %s cannot promise less; for %s%s, %d are needed, %d more."
            .formatted(
                images(images, "picture"),
                percent(target),
                verdict,
                Conformal.needed(target),
                missing);
  }

  private static String manual(Calibration calibration) {
    return calibration.uncertain().isPresent()
        ? "The thresholds were chosen by hand: nothing is promised."
        : "The threshold was chosen by hand: nothing is promised.";
  }

  private static String estimate(Calibration calibration) {
    double target = calibration.targetFalseAlarm();
    Optional<Double> uncertain = calibration.uncertain().flatMap(Uncertain::target);
    return ("Estimated from altered views of %s and from simulated defects, aiming at %s false "
            + "alarms%s: nothing is promised. The right threshold may be %s lower or higher, and far "
            + "more good pictures may be NOT OK. A promise of %s takes %d further good pictures.")
        .formatted(
            images(calibration.images(), "shot"),
            percent(target),
            uncertain.map(share -> " and " + percent(share) + " UNCERTAIN or NOT OK").orElse(""),
            percent(Estimate.WIDTH),
            percent(target),
            Conformal.needed(target));
  }

  private static String images(int count, String one) {
    return count + " " + one + (count == 1 ? "" : "s");
  }

  /** Rounded up to three significant digits: a promise is never told smaller than it is. */
  private static String percent(double share) {
    BigDecimal rounded =
        new BigDecimal(Double.toString(share))
            .movePointRight(2)
            .round(new MathContext(3, RoundingMode.CEILING));
    return rounded.stripTrailingZeros().toPlainString() + " %";
  }
}
