package io.github.anople.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code audit}, to which rows are added, and which nothing else changes. */
@Repository
public class AuditStore {

  private static final String COLUMNS =
      "select id, noted_at, who, action, subject, details, origin, hash_before, hash from audit ";

  private final JdbcClient database;

  AuditStore(JdbcClient database) {
    this.database = database;
  }

  /**
   * Adds a row.
   *
   * @param row the row
   * @throws org.springframework.dao.DuplicateKeyException if another follows the same row already
   */
  public void add(AuditRow row) {
    database
        .sql(
            "insert into audit (id, noted_at, who, action, subject, details, origin, hash_before,"
                + " hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .params(
            row.id(),
            Rows.time(row.notedAt()),
            row.who(),
            row.action(),
            row.subject(),
            row.details(),
            row.origin(),
            row.hashBefore(),
            row.hash())
        .update();
  }

  /**
   * The newest row.
   *
   * @return empty before the first
   */
  public Optional<AuditRow> last() {
    return before(Long.MAX_VALUE, 1).stream().findFirst();
  }

  /**
   * Rows before one.
   *
   * @param id its number
   * @param most how many
   * @return the newest first
   */
  public List<AuditRow> before(long id, int most) {
    return database
        .sql(COLUMNS + "where id < ? order by id desc fetch first ? rows only")
        .params(id, most)
        .query(AuditStore::row)
        .list();
  }

  /**
   * Rows after one.
   *
   * @param id its number; 0 for all
   * @param most how many
   * @return the oldest first
   */
  public List<AuditRow> after(long id, int most) {
    return database
        .sql(COLUMNS + "where id > ? order by id fetch first ? rows only")
        .params(id, most)
        .query(AuditStore::row)
        .list();
  }

  private static AuditRow row(ResultSet row, int number) throws SQLException {
    return new AuditRow(
        row.getLong("id"),
        Rows.instant(row, "noted_at"),
        row.getString("who"),
        row.getString("action"),
        row.getString("subject"),
        row.getString("details"),
        row.getString("origin"),
        row.getString("hash_before"),
        row.getString("hash"));
  }
}
