package io.github.anople.server.web;

import io.github.anople.core.decide.Verdict;
import io.github.anople.inspect.page.Words;
import io.github.anople.server.inspect.Inspections;
import io.github.anople.server.store.InspectionRow;
import io.github.anople.server.store.Product;
import java.util.Locale;

/**
 * A picture that was inspected.
 *
 * @param id its number
 * @param place the address of all about it
 * @param verdict in a word
 * @param look of the verdict: {@code good}, {@code bad}, {@code unsure}
 * @param score as it is shown
 * @param margin how clear the case is, in words; may be empty
 * @param clear whether another estimate of the threshold would not have decided otherwise
 * @param threshold what the score was compared with; may be empty
 * @param faults what of the whole picture is unlike the product; may be empty
 * @param notes about the file; may be empty
 * @param serialNumber of the part; may be empty
 * @param source where it came from
 * @param version of the detector
 * @param time when, in words
 * @param millis that it took
 * @param review what a person found, or that one is to look; empty where nobody is asked
 * @param defect which defect was found; may be empty
 */
public record InspectionItem(
    long id,
    String place,
    String verdict,
    String look,
    String score,
    String margin,
    boolean clear,
    String threshold,
    String faults,
    String notes,
    String serialNumber,
    String source,
    int version,
    String time,
    int millis,
    String review,
    String defect) {

  /**
   * A row with all that is shown of it.
   *
   * @param product the product
   * @param row the inspection
   * @param details what is known besides
   * @return the item
   */
  static InspectionItem of(Product product, InspectionRow row, Inspections.Details details) {
    return new InspectionItem(
        row.id(),
        "/products/" + product.name() + "/history/" + row.id(),
        row.verdict(),
        look(row.verdict()),
        Words.score(row.score()),
        details
            .margin()
            .map(margin -> String.format(Locale.ROOT, "%+.0f %%", 100 * margin))
            .orElse(""),
        details.clear(),
        row.threshold().map(Words::score).orElse(""),
        String.join(", ", details.faults()),
        String.join("; ", details.notes()),
        row.serialNumber().orElse(""),
        row.source(),
        row.version(),
        Words.time(row.inspectedAt()),
        row.millis(),
        switch (row.review()) {
          case NONE -> "";
          case WAITING -> "waits";
          case GOOD -> "good";
          case BAD -> "bad";
        },
        row.defect().orElse(""));
  }

  /**
   * Where further good pictures are added.
   *
   * @return an address
   */
  public String goodPictures() {
    return place.replaceFirst("/history/.*", "/pictures");
  }

  /** How a verdict looks: {@code good}, {@code bad}, {@code unsure}. */
  static String look(String verdict) {
    return switch (verdict) {
      case Verdict.OK -> "good";
      case Verdict.NOT_OK, Verdict.UNLIKE -> "bad";
      default -> "unsure";
    };
  }
}
