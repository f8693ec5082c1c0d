package io.github.anople.inspect.report.html;

/**
 * How an image's score compares with what is known of it. What is unlike the product counts as
 * above the threshold, whatever its score is. Of two thresholds, "above" means the higher, and "not
 * above" the lower.
 */
enum Outcome {
  /** Defective, and not above the threshold. */
  MISSED("Missed", true),
  /** Between two thresholds, whatever it is: somebody is to look. */
  UNCERTAIN("Uncertain", false),
  /** Good, and above the threshold. */
  FALSE_ALARM("False alarm", true),
  /** There is no threshold, and some image of the other kind lies on the wrong side of it. */
  MISRANKED("Out of order", true),
  /** Defective, and above the threshold. */
  FOUND("Found", false),
  /** Good, and not above the threshold. */
  PASSED("Passed", false),
  /** There is no threshold, and every image of the other kind lies on the right side of it. */
  RANKED("In order", false),
  /** Nobody knows what it is, and it is above the threshold. */
  CALLED_DEFECTIVE("Called defective", false),
  /** Nobody knows what it is, and it is not above the threshold. */
  CALLED_GOOD("Called good", false),
  /** Nobody knows what it is, and there is no threshold. */
  UNJUDGED("Not judged", false);

  private final String title;
  private final boolean miss;

  Outcome(String title, boolean miss) {
    this.title = title;
    this.miss = miss;
  }

  String title() {
    return title;
  }

  /** Whether the detector is wrong here. */
  boolean isMiss() {
    return miss;
  }
}
