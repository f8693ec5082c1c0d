package io.github.anople.server.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which inspections are looked for.
 *
 * @param verdict in a word; empty for all
 * @param serialNumber of the part; empty for all
 * @param source where they came from; empty for all
 * @param version number of the detector that inspected, see {@link DetectorVersion#id}; empty for
 *     all
 * @param review what a person found; empty for all
 * @param from only those of that time or later; empty for all
 * @param until only those before that time; empty for all
 * @param before only those with smaller numbers; empty for the newest
 * @param most how many
 */
public record Search(
    Optional<String> verdict,
    Optional<String> serialNumber,
    Optional<String> source,
    Optional<Long> version,
    Optional<ReviewState> review,
    Optional<Instant> from,
    Optional<Instant> until,
    Optional<Long> before,
    int most) {

  /**
   * The newest ones.
   *
   * @param most how many
   * @return a search for any
   */
  public static Search newest(int most) {
    return new Search(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        most);
  }

  /**
   * The same from another place on.
   *
   * @param id only those with smaller numbers
   * @param count how many
   * @return another search
   */
  public Search before(long id, int count) {
    return new Search(
        verdict, serialNumber, source, version, review, from, until, Optional.of(id), count);
  }

  /**
   * The same of one state of review.
   *
   * @param state what a person found
   * @return another search
   */
  public Search reviewed(ReviewState state) {
    return new Search(
        verdict, serialNumber, source, version, Optional.of(state), from, until, before, most);
  }

  /**
   * The order, newest first, as an index has it: H2 goes along an index only if its first columns
   * are named too, though they are the same in all rows that are found.
   */
  String order() {
    return Stream.concat(
            Stream.of("product"),
            Stream.concat(
                conditions().keySet().stream()
                    .filter(condition -> condition.endsWith(" = ?"))
                    .map(condition -> condition.substring(0, condition.indexOf(' ')))
                    .limit(1),
                Stream.of("id")))
        .map(column -> "i." + column + " desc")
        .collect(Collectors.joining(", ", " order by ", ""));
  }

  /** Conditions on columns of the table, each with one value; the most selective ones first. */
  Map<String, Object> conditions() {
    Map<String, Object> all = new LinkedHashMap<>();
    serialNumber.ifPresent(value -> all.put("serial_number = ?", value));
    review.ifPresent(value -> all.put("review = ?", value.id()));
    verdict.ifPresent(value -> all.put("verdict = ?", value));
    source.ifPresent(value -> all.put("source = ?", value));
    version.ifPresent(value -> all.put("detector = ?", value));
    from.ifPresent(value -> all.put("inspected_at >= ?", Rows.time(value)));
    until.ifPresent(value -> all.put("inspected_at < ?", Rows.time(value)));
    // Always, so that H2 takes the index that has the numbers.
    all.put("id < ?", before.orElse(Long.MAX_VALUE));
    return all;
  }
}
