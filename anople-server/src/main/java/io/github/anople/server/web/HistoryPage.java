package io.github.anople.server.web;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was inspected.
 *
 * @param head of the page
 * @param filter which inspections are shown
 * @param rows the newest first
 * @param asked the filter as part of an address, beginning with a question mark
 * @param next address of the next page; empty on the last
 */
public record HistoryPage(
    ProductHead head, Filter filter, List<InspectionItem> rows, String asked, String next) {

  /** States of a review, and what they are called. */
  public static final Map<String, String> REVIEWS = reviews();

  private static Map<String, String> reviews() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("", "all");
    all.put("waiting", "waits");
    all.put("good", "good");
    all.put("bad", "bad");
    all.put("none", "nobody looked");
    return Collections.unmodifiableMap(all);
  }

  /**
   * Which inspections are shown; what is empty does not matter.
   *
   * @param verdict of the detector
   * @param serialNumber of the part
   * @param source where the pictures came from
   * @param version of the detector
   * @param review what a person found
   * @param from the first day
   * @param until the last day
   */
  public record Filter(
      String verdict,
      String serialNumber,
      String source,
      String version,
      String review,
      String from,
      String until) {}

  /** Copies the rows. */
  public HistoryPage {
    rows = List.copyOf(rows);
  }
}
