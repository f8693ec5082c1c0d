package io.github.anople.server.web;

import java.util.List;

/**
 * How a product goes on.
 *
 * @param head of the page
 * @param drifts what has moved, the newest first
 * @param unable why drift cannot be told; empty where it can
 * @param scores the latest scores with thresholds, as JSON
 * @param days inspections day by day, as JSON
 * @param defects what people found, as JSON
 * @param rows the same as a table
 * @param found defects that people found and how often
 */
public record TrendsPage(
    ProductHead head,
    List<DriftItem> drifts,
    String unable,
    String scores,
    String days,
    String defects,
    List<DayRow> rows,
    List<Found> found) {

  /** What draws its charts. */
  public static final List<String> SCRIPTS = Charts.SCRIPTS;

  /**
   * Something that has moved.
   *
   * @param words what
   * @param lasts whether it still does
   * @param began address of the inspection with which it was noticed
   * @param beganId its number
   * @param ended number of the inspection with which it was over; empty while it lasts
   */
  public record DriftItem(String words, boolean lasts, String began, long beganId, String ended) {}

  /**
   * A day.
   *
   * @param day the day
   * @param ok how many were OK
   * @param uncertain how many were UNCERTAIN
   * @param notOk how many were NOT OK
   * @param unlike how many were NOT LIKE THE PRODUCT
   */
  public record DayRow(String day, long ok, long uncertain, long notOk, long unlike) {}

  /**
   * A defect.
   *
   * @param name what it is called
   * @param count how often it was found
   */
  public record Found(String name, long count) {}

  /**
   * Whether there is no score to show.
   *
   * @return true before the first inspection
   */
  public boolean isEmpty() {
    return scores.equals("[]");
  }

  /** Copies the lists. */
  public TrendsPage {
    drifts = List.copyOf(drifts);
    rows = List.copyOf(rows);
    found = List.copyOf(found);
  }
}
