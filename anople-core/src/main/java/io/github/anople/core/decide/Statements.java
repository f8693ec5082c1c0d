package io.github.anople.core.decide;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** What a calibration promises, in sentences that a person can hold it to. */
final class Statements {

  private Statements() {}

  static String of(Calibration calibration) {
    return switch (calibration.kind()) {
      case CONFORMAL -> conformal(calibration);
      case ESTIMATE -> estimate(calibration);
      case MANUAL -> "The threshold was chosen by hand: nothing is promised.";
    };
  }

  private static String conformal(Calibration calibration) {
    double promised = calibration.promised().orElseThrow();
    double target = calibration.targetFalseAlarm();
    String promise =
        "Promised from %s: on average at most %s of good pictures like these are NOT OK."
            .formatted(images(calibration.images(), "further good picture"), percent(promised));
    String reach =
        promised <= target
            ? ""
            : calibration.images() >= Conformal.needed(target)
                ? " Some of them look unlike the others, and so they cannot promise less."
                : " %d pictures cannot promise less; for %s, %d are needed."
                    .formatted(calibration.images(), percent(target), Conformal.needed(target));
    return promise
        + reach
        + " Nothing is promised about pictures taken in another way, nor about how many defects are"
        + " found.";
  }

  private static String estimate(Calibration calibration) {
    double target = calibration.targetFalseAlarm();
    return ("Estimated from altered views of %s and from simulated defects, aiming at %s false "
            + "alarms: nothing is promised. The right threshold may be %s lower or higher, and far "
            + "more good pictures may be NOT OK. A promise of %s takes %d further good pictures.")
        .formatted(
            images(calibration.images(), "shot"),
            percent(target),
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
