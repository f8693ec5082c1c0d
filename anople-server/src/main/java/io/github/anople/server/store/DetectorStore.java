package io.github.anople.server.store;

import io.github.anople.server.store.DetectorVersion.Origin;
import io.github.anople.server.store.GoodPicture.Purpose;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Tables {@code detector} and {@code detector_picture}. */
@Repository
public class DetectorStore {

  private static final String COLUMNS =
      "select id, product, version, sha256, graph_sha256, provisional, calibration, created_at,"
          + " origin, same_scores_as from detector ";

  private final JdbcClient database;

  DetectorStore(JdbcClient database) {
    this.database = database;
  }

  /**
   * What a detector was made from, and its files.
   *
   * @param anople content of its {@code .anople}
   * @param graph content of its {@code .onnx}
   * @param provisional whether it was made without training
   * @param calibration its thresholds as JSON
   * @param pictures numbers of the pictures that it was made from, and what each was for
   * @param origin how it came about
   * @param sameScoresAs number of the version whose scores it has; empty for scores of its own
   */
  public record Made(
      String anople,
      String graph,
      boolean provisional,
      Optional<String> calibration,
      Map<Long, Purpose> pictures,
      Origin origin,
      Optional<Long> sameScoresAs) {}

  /**
   * Adds the next version.
   *
   * @param product the product's number
   * @param job the job that made it; empty where none was needed
   * @param made what it is; its files are there already
   * @param now when
   * @return the version
   */
  @Transactional
  public DetectorVersion add(long product, Optional<Long> job, Made made, Instant now) {
    int version =
        database
            .sql("select coalesce(max(version), 0) + 1 from detector where product = ?")
            .param(product)
            .query(Integer.class)
            .single();
    long id =
        Rows.insert(
            database
                .sql(
                    "insert into detector (product, version, sha256, graph_sha256, provisional,"
                        + " calibration, made_by_job, created_at, origin, same_scores_as)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                    product,
                    version,
                    made.anople(),
                    made.graph(),
                    made.provisional(),
                    made.calibration().orElse(null),
                    job.orElse(null),
                    Rows.time(now),
                    made.origin().id(),
                    made.sameScoresAs().orElse(null)));
    made.pictures()
        .forEach(
            (picture, purpose) ->
                database
                    .sql(
                        "insert into detector_picture (detector, picture, purpose) values (?, ?, ?)")
                    .params(id, picture, purpose.id())
                    .update());
    return find(id).orElseThrow();
  }

  /**
   * What a detector was made from.
   *
   * @param id its number
   * @return by content, what each picture was for
   */
  public SortedMap<String, Purpose> contents(long id) {
    SortedMap<String, Purpose> pictures = new TreeMap<>();
    database
        .sql(
            "select p.sha256, d.purpose from detector_picture d join picture p on p.id = d.picture"
                + " where d.detector = ?")
        .param(id)
        .query(
            row -> {
              pictures.put(row.getString("sha256"), Purpose.of(row.getString("purpose")));
            });
    return pictures;
  }

  /**
   * A detector.
   *
   * @param id its number
   * @return empty if there is none
   */
  public Optional<DetectorVersion> find(long id) {
    return database
        .sql(COLUMNS + "where id = ?")
        .param(id)
        .query(DetectorStore::detector)
        .optional();
  }

  /**
   * The versions of a product's detector.
   *
   * @param product its number
   * @return the newest first
   */
  public List<DetectorVersion> of(long product) {
    return database
        .sql(COLUMNS + "where product = ? order by version desc")
        .param(product)
        .query(DetectorStore::detector)
        .list();
  }

  /**
   * The pictures that a version was made from.
   *
   * @param id its number
   * @return numbers of pictures, and what each was for
   */
  public Map<Long, Purpose> pictures(long id) {
    Map<Long, Purpose> all = new LinkedHashMap<>();
    database
        .sql("select picture, purpose from detector_picture where detector = ? order by picture")
        .param(id)
        .query((row, number) -> all.put(row.getLong(1), Purpose.of(row.getString(2))))
        .list();
    return all;
  }

  private static DetectorVersion detector(ResultSet row, int number) throws SQLException {
    return new DetectorVersion(
        row.getLong("id"),
        row.getLong("product"),
        row.getInt("version"),
        row.getString("sha256"),
        row.getString("graph_sha256"),
        row.getBoolean("provisional"),
        Optional.ofNullable(row.getString("calibration")),
        Rows.instant(row, "created_at"),
        Origin.of(row.getString("origin")),
        Rows.optionalLong(row, "same_scores_as"));
  }
}
