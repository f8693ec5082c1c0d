package io.github.anople.server.web;

import java.util.List;

/**
 * What was inspected.
 *
 * @param head of the page
 * @param verdict which verdicts are shown; empty for all
 * @param serialNumber whose; empty for all
 * @param rows the newest first
 * @param next address of the next page; empty on the last
 */
public record HistoryPage(
    ProductHead head, String verdict, String serialNumber, List<InspectionItem> rows, String next) {

  /** Copies the rows. */
  public HistoryPage {
    rows = List.copyOf(rows);
  }
}
