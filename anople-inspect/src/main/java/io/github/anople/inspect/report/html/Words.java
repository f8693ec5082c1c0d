package io.github.anople.inspect.report.html;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Numbers and names as a page shows them, the same in every locale. */
final class Words {

  /** What stands in the place of a number that is not defined. */
  static final String ABSENT = "–";

  private static final int LONGEST = 300;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Words() {}

  static String percent(OptionalDouble share) {
    return share.isPresent() ? percent(share.getAsDouble()) : ABSENT;
  }

  /** Never rounds up to 100 % or down to 0 % what is not: one missed defect stays in sight. */
  static String percent(double share) {
    double tenths = Math.rint(share * 1000);
    if (share < 1 && tenths >= 1000) {
      return "> 99.9 %";
    }
    if (share > 0 && tenths < 1) {
      return "< 0.1 %";
    }
    return String.format(Locale.ROOT, "%.1f %%", tenths / 10);
  }

  static String score(double score) {
    return String.format(Locale.ROOT, "%.3f", score);
  }

  static String count(OptionalInt count) {
    return count.isPresent() ? count(count.getAsInt()) : ABSENT;
  }

  static String count(long count) {
    return String.format(Locale.ENGLISH, "%,d", count);
  }

  /** For example "1 image" or "1,200 images". */
  static String count(long count, String one) {
    return count(count) + " " + one + (count == 1 ? "" : "s");
  }

  static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** A name out of a file, fit for a page: bounded, without control characters. */
  static String name(String text) {
    String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    return cut.replaceAll("\\p{Cntrl}", "\uFFFD");
  }
}
