package io.github.anople.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Tables {@code look} and {@code drift}. */
@Repository
public class DriftStore {

  private final JdbcClient database;

  DriftStore(JdbcClient database) {
    this.database = database;
  }

  /**
   * How an inspected picture looks.
   *
   * @param inspection the inspection's number
   * @param seen as JSON
   */
  public record LookRow(long inspection, String seen) {}

  /**
   * Something that has moved.
   *
   * @param id its number
   * @param change what, as JSON
   * @param began the inspection with which it was noticed
   * @param ended the inspection with which it was over; empty while it lasts
   */
  public record DriftRow(long id, String change, long began, Optional<Long> ended) {}

  /**
   * Keeps how a picture looks.
   *
   * @param detector number of the detector that inspected it
   * @param look the look
   */
  public void keep(long detector, LookRow look) {
    database
        .sql("insert into look (inspection, detector, seen) values (?, ?, ?)")
        .params(look.inspection(), detector, look.seen())
        .update();
  }

  /**
   * How the last pictures of a detector look.
   *
   * @param detector its number
   * @param most how many
   * @return the newest first
   */
  public List<LookRow> looks(long detector, int most) {
    return database
        .sql(
            "select inspection, seen from look where detector = ? order by inspection desc"
                + " fetch first ? rows only")
        .params(detector, most)
        .query((row, number) -> new LookRow(row.getLong(1), row.getString(2)))
        .list();
  }

  /**
   * Forgets how older pictures look.
   *
   * @param detector number of the detector that inspected them
   * @param before those of smaller numbers
   */
  public void forget(long detector, long before) {
    database
        .sql("delete from look where detector = ? and inspection < ?")
        .params(detector, before)
        .update();
  }

  /**
   * Notes that something has moved.
   *
   * @param detector number of the detector that saw it
   * @param kind what
   * @param change all of it, as JSON
   * @param began the inspection with which it was noticed
   */
  public void begin(long detector, String kind, String change, long began) {
    database
        .sql("insert into drift (detector, kind, change, began) values (?, ?, ?, ?)")
        .params(detector, kind, change, began)
        .update();
  }

  /**
   * Notes that it is over.
   *
   * @param detector number of the detector
   * @param kind what
   * @param ended the inspection with which it was
   */
  public void end(long detector, String kind, long ended) {
    database
        .sql("update drift set ended = ? where detector = ? and kind = ? and ended is null")
        .params(ended, detector, kind)
        .update();
  }

  /**
   * What a detector has seen move.
   *
   * @param detector its number
   * @param most how many
   * @return the newest first
   */
  public List<DriftRow> of(long detector, int most) {
    return database
        .sql(
            "select id, change, began, ended from drift where detector = ? order by id desc"
                + " fetch first ? rows only")
        .params(detector, most)
        .query(DriftStore::drift)
        .list();
  }

  private static DriftRow drift(ResultSet row, int number) throws SQLException {
    return new DriftRow(
        row.getLong("id"),
        row.getString("change"),
        row.getLong("began"),
        Rows.optionalLong(row, "ended"));
  }
}
