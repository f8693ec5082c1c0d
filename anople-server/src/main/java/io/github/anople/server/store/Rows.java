package io.github.anople.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/** What all tables have in common. */
final class Rows {

  private Rows() {}

  /** Inserts a row, and tells the number that it got. */
  static long insert(JdbcClient.StatementSpec statement) {
    GeneratedKeyHolder key = new GeneratedKeyHolder();
    statement.update(key, "id");
    return key.getKeyAs(Long.class);
  }

  /** What a table keeps of a time: milliseconds, and no zone. */
  static OffsetDateTime time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  static Optional<Long> optionalLong(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(value);
  }

  static Optional<Float> optionalFloat(ResultSet row, String column) throws SQLException {
    float value = row.getFloat(column);
    return row.wasNull() ? Optional.empty() : Optional.of(value);
  }
}
