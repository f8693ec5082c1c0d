package io.github.anople.server.inspect;

import io.github.anople.core.InputException;
import io.github.anople.server.enrol.Detectors;
import io.github.anople.server.store.DetectorVersion;
import io.github.anople.server.store.InspectionRow;
import io.github.anople.server.store.InspectionStore;
import io.github.anople.server.store.Product;
import io.github.anople.server.store.ReviewState;
import io.github.anople.server.store.Search;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;

/** All that was inspected. */
@Service
public class History {

  private final InspectionStore store;
  private final Detectors detectors;

  History(InspectionStore store, Detectors detectors) {
    this.store = store;
    this.detectors = detectors;
  }

  /**
   * What somebody asks for.
   *
   * @param product the product
   * @param query which inspections
   * @param most how many
   * @return the search
   * @throws InputException if a day or a review is none
   * @throws io.github.anople.server.project.MissingException if there is no such version
   */
  public Search search(Product product, HistoryQuery query, int most) {
    return new Search(
        given(query.verdict()),
        given(query.serialNumber()),
        given(query.source()),
        Optional.ofNullable(query.version())
            .map(version -> detectors.get(product, version))
            .map(DetectorVersion::id),
        given(query.review()).map(History::review),
        given(query.from()).map(text -> moment(text, 0)),
        given(query.until()).map(text -> moment(text, 1)),
        Optional.ofNullable(query.before()),
        most);
  }

  /**
   * A page of the history.
   *
   * @param product the product
   * @param search which inspections
   * @return the newest first
   */
  public List<InspectionRow> page(Product product, Search search) {
    return store.of(product.id(), search);
  }

  /**
   * All inspections, page by page, so that any number of them fits.
   *
   * @param product the product
   * @param search which inspections; how many at a time
   * @param each takes one after the other, the newest first
   */
  public void all(Product product, Search search, Consumer<InspectionRow> each) {
    List<InspectionRow> rows = store.of(product.id(), search);
    while (!rows.isEmpty()) {
      rows.forEach(each);
      long last = rows.get(rows.size() - 1).id();
      rows = store.of(product.id(), search.before(last, search.most()));
    }
  }

  private static Optional<String> given(String text) {
    return Optional.ofNullable(text).map(String::strip).filter(one -> !one.isEmpty());
  }

  private static ReviewState review(String id) {
    try {
      return ReviewState.of(id);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "review",
          InputException.quoted(id) + " is no state of a review",
          "say none, waiting, good or bad",
          e);
    }
  }

  /** A moment, or the beginning of a day or of one after it. */
  private static Instant moment(String text, int daysAfter) {
    try {
      return text.indexOf('T') > 0
          ? Instant.parse(text)
          : LocalDate.parse(text).plusDays(daysAfter).atStartOfDay().toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw new InputException(
          "time",
          InputException.quoted(text) + " is neither a day nor a moment",
          "say it like 2026-11-30 or 2026-11-30T06:00:00Z",
          e);
    }
  }
}
