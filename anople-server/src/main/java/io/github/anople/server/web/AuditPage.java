package io.github.anople.server.web;

import java.util.List;

/**
 * What was done, and by whom.
 *
 * @param rows the newest first
 * @param next address of the next page; empty on the last
 * @param checked what a look at the whole log found; empty where nobody asked
 * @param whole whether it found no fault
 */
public record AuditPage(List<Row> rows, String next, String checked, boolean whole) {

  /**
   * A line of the log.
   *
   * @param id its number
   * @param time when, in words
   * @param who did it
   * @param action what was done
   * @param subject what it was done to
   * @param details what else there is to say
   * @param origin where it came from
   */
  public record Row(
      long id,
      String time,
      String who,
      String action,
      String subject,
      String details,
      String origin) {}

  /** Copies the rows. */
  public AuditPage {
    rows = List.copyOf(rows);
  }
}
