package io.github.anople.inspect.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Numbers and names as a page shows them, the same in every locale. */
public final class Words {

  /** What stands in the place of a number that is not defined. */
  public static final String ABSENT = "–";

  private static final int LONGEST = 300;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Words() {}

  /**
   * A share.
   *
   * @param share 0 to 1, where it is defined
   * @return for example "96.4 %"; {@link #ABSENT} where it is not
   */
  public static String percent(OptionalDouble share) {
    return share.isPresent() ? percent(share.getAsDouble()) : ABSENT;
  }

  /**
   * A share. Never rounds up to 100 % or down to 0 % what is not: one missed defect stays in sight.
   *
   * @param share 0 to 1
   * @return for example "96.4 %"
   */
  public static String percent(double share) {
    double tenths = Math.rint(share * 1000);
    if (share < 1 && tenths >= 1000) {
      return "> 99.9 %";
    }
    if (share > 0 && tenths < 1) {
      return "< 0.1 %";
    }
    return String.format(Locale.ROOT, "%.1f %%", tenths / 10);
  }

  /**
   * A score or a threshold.
   *
   * @param score any number
   * @return with three digits after the point
   */
  public static String score(double score) {
    return String.format(Locale.ROOT, "%.3f", score);
  }

  /**
   * A count.
   *
   * @param count the count, where it is known
   * @return for example "1,200"; {@link #ABSENT} where it is not
   */
  public static String count(OptionalInt count) {
    return count.isPresent() ? count(count.getAsInt()) : ABSENT;
  }

  /**
   * A count.
   *
   * @param count the count
   * @return for example "1,200"
   */
  public static String count(long count) {
    return String.format(Locale.ENGLISH, "%,d", count);
  }

  /**
   * A count of things.
   *
   * @param count the count
   * @param one what one of them is called
   * @return for example "1 image" or "1,200 images"
   */
  public static String count(long count, String one) {
    return count(count) + " " + one + (count == 1 ? "" : "s");
  }

  /**
   * A time.
   *
   * @param instant when
   * @return day and minute, in UTC
   */
  public static String time(Instant instant) {
    return TIME.format(instant);
  }

  /**
   * A name out of a file, fit for a page.
   *
   * @param text what the file holds
   * @return the same, bounded and without control characters
   */
  public static String name(String text) {
    String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    return cut.replaceAll("\\p{Cntrl}", "\uFFFD");
  }
}
