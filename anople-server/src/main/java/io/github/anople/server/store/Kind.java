package io.github.anople.server.store;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What a column holds, and how that is said in a backup, whichever database it is. */
enum Kind {
  WHOLE {
    @Override
    Object read(ResultSet row, int column) throws SQLException {
      return row.getLong(column);
    }

    @Override
    void write(PreparedStatement row, int column, JsonNode value) throws SQLException {
      row.setLong(column, value.longValue());
    }
  },
  REAL {
    @Override
    Object read(ResultSet row, int column) throws SQLException {
      return row.getFloat(column);
    }

    @Override
    void write(PreparedStatement row, int column, JsonNode value) throws SQLException {
      row.setFloat(column, value.floatValue());
    }
  },
  DOUBLE {
    @Override
    Object read(ResultSet row, int column) throws SQLException {
      return row.getDouble(column);
    }

    @Override
    void write(PreparedStatement row, int column, JsonNode value) throws SQLException {
      row.setDouble(column, value.doubleValue());
    }
  },
  DECIMAL {
    @Override
    Object read(ResultSet row, int column) throws SQLException {
      return row.getBigDecimal(column).toPlainString();
    }

    @Override
    void write(PreparedStatement row, int column, JsonNode value) throws SQLException {
      row.setBigDecimal(column, new BigDecimal(value.stringValue()));
    }
  },
  TRUTH {
    @Override
    Object read(ResultSet row, int column) throws SQLException {
      return row.getBoolean(column);
    }

    @Override
    void write(PreparedStatement row, int column, JsonNode value) throws SQLException {
      row.setBoolean(column, value.booleanValue());
    }
  },
  TEXT {
    @Override
    Object read(ResultSet row, int column) throws SQLException {
      return row.getString(column);
    }

    @Override
    void write(PreparedStatement row, int column, JsonNode value) throws SQLException {
      row.setString(column, value.stringValue());
    }
  },
  TIME {
    @Override
    Object read(ResultSet row, int column) throws SQLException {
      return row.getObject(column, OffsetDateTime.class).toInstant().toString();
    }

    @Override
    void write(PreparedStatement row, int column, JsonNode value) throws SQLException {
      row.setObject(column, OffsetDateTime.parse(value.stringValue()));
    }
  },
  BYTES {
    @Override
    Object read(ResultSet row, int column) throws SQLException {
      return Base64.getEncoder().encodeToString(row.getBytes(column));
    }

    @Override
    void write(PreparedStatement row, int column, JsonNode value) throws SQLException {
      row.setBytes(column, Base64.getDecoder().decode(value.stringValue()));
    }
  };

  /** The value of a row that has one. */
  abstract Object read(ResultSet row, int column) throws SQLException;

  /** Puts a value in its place; throws an unchecked exception where it is of another kind. */
  abstract void write(PreparedStatement row, int column, JsonNode value) throws SQLException;

  /**
   * By what H2 and PostgreSQL call a column's type.
   *
   * @throws IllegalStateException if nobody has said yet how such a column is backed up
   */
  static Kind of(String type) {
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "bigint", "int8", "bigserial", "integer", "int4", "serial", "smallint", "int2" -> WHOLE;
      case "real", "float4" -> REAL;
      case "double precision", "float8" -> DOUBLE;
      case "numeric", "decimal" -> DECIMAL;
      case "boolean", "bool" -> TRUTH;
      case "character",
          "bpchar",
          "character varying",
          "varchar",
          "text",
          "character large object" ->
          TEXT;
      case "timestamp with time zone", "timestamptz" -> TIME;
      case "binary varying", "binary large object", "bytea" -> BYTES;
      default -> throw new IllegalStateException("no way to back up a column of type " + type);
    };
  }
}
