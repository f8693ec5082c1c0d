package io.github.anople.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code inspection}. */
@Repository
public class InspectionStore {

  private static final String COLUMNS =
      "select i.id, i.product, i.detector, d.version, d.sha256 as detector_sha256, p.sha256, i.map_sha256, i.source,"
          + " i.serial_number, i.verdict, i.score, i.threshold, i.threshold_origin, i.details,"
          + " i.millis, i.inspected_at, i.review, i.defect from inspection i join detector d on d.id = i.detector"
          + " join picture p on p.id = i.picture ";

  private final JdbcClient database;

  InspectionStore(JdbcClient database) {
    this.database = database;
  }

  /**
   * What is to be kept of an inspection.
   *
   * @param product the product's number
   * @param detector the detector's number
   * @param picture the picture's number
   * @param mapSha256 the content of its map
   * @param source where it came from
   * @param serialNumber of the part
   * @param idempotencyKey the sender's own name for this request
   * @param verdict in a word
   * @param score of the picture
   * @param threshold what it was compared with
   * @param thresholdOrigin how that came about
   * @param details as JSON
   * @param millis that it took
   * @param waits whether a person is to look at it
   */
  public record New(
      long product,
      long detector,
      long picture,
      String mapSha256,
      String source,
      Optional<String> serialNumber,
      Optional<String> idempotencyKey,
      String verdict,
      float score,
      Optional<Float> threshold,
      Optional<String> thresholdOrigin,
      String details,
      int millis,
      boolean waits) {}

  /**
   * Keeps an inspection.
   *
   * @param made what is to be kept; its files are there already
   * @param now when
   * @return its number
   * @throws org.springframework.dao.DuplicateKeyException if the product has an inspection of that
   *     idempotency key
   */
  public long add(New made, Instant now) {
    return Rows.insert(
        database
            .sql(
                "insert into inspection (product, detector, picture, map_sha256, source,"
                    + " serial_number, idempotency_key, verdict, score, threshold,"
                    + " threshold_origin, details, millis, review, inspected_at, epoch_day)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .params(
                made.product(),
                made.detector(),
                made.picture(),
                made.mapSha256(),
                made.source(),
                made.serialNumber().orElse(null),
                made.idempotencyKey().orElse(null),
                made.verdict(),
                made.score(),
                made.threshold().orElse(null),
                made.thresholdOrigin().orElse(null),
                made.details(),
                made.millis(),
                (made.waits() ? ReviewState.WAITING : ReviewState.NONE).id(),
                Rows.time(now),
                LocalDate.ofInstant(now, ZoneOffset.UTC).toEpochDay()));
  }

  /**
   * An inspection of a product.
   *
   * @param product its number
   * @param id the inspection's number
   * @return empty if there is none
   */
  public Optional<InspectionRow> find(long product, long id) {
    return database
        .sql(COLUMNS + "where i.product = ? and i.id = ?")
        .params(product, id)
        .query(InspectionStore::inspection)
        .optional();
  }

  /**
   * The inspection that a sender's request led to before.
   *
   * @param product the product's number
   * @param key the sender's own name for the request
   * @return empty if there is none
   */
  public Optional<InspectionRow> repeated(long product, String key) {
    return database
        .sql(COLUMNS + "where i.product = ? and i.idempotency_key = ?")
        .params(product, key)
        .query(InspectionStore::inspection)
        .optional();
  }

  /**
   * Inspections of a product, a page at a time: the last one's number leads on to the next page,
   * which costs the same however long the history is.
   *
   * @param product its number
   * @param search which
   * @return the newest first
   */
  public List<InspectionRow> of(long product, Search search) {
    StringBuilder sql = new StringBuilder(COLUMNS).append("where i.product = ?");
    List<Object> values = new ArrayList<>(List.of(product));
    search
        .conditions()
        .forEach(
            (condition, value) -> {
              sql.append(" and i.").append(condition);
              values.add(value);
            });
    values.add(search.most());
    sql.append(search.order()).append(" fetch first ? rows only");
    return database.sql(sql.toString()).params(values).query(InspectionStore::inspection).list();
  }

  private static InspectionRow inspection(ResultSet row, int number) throws SQLException {
    return new InspectionRow(
        row.getLong("id"),
        row.getLong("product"),
        row.getLong("detector"),
        row.getInt("version"),
        row.getString("detector_sha256"),
        row.getString("sha256"),
        row.getString("map_sha256"),
        row.getString("source"),
        Optional.ofNullable(row.getString("serial_number")),
        row.getString("verdict"),
        row.getFloat("score"),
        Rows.optionalFloat(row, "threshold"),
        Optional.ofNullable(row.getString("threshold_origin")),
        row.getString("details"),
        row.getInt("millis"),
        Rows.instant(row, "inspected_at"),
        ReviewState.of(row.getString("review")),
        Optional.ofNullable(row.getString("defect")));
  }
}
