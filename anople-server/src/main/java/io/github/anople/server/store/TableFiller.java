package io.github.anople.server.store;

import io.github.anople.core.InputException;
import io.github.anople.server.store.Tables.Column;
import io.github.anople.server.store.Tables.Table;
import java.io.BufferedReader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fills tables from a backup, and goes on with their numbers from there. */
final class TableFiller {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int BATCH = 1000;

  private final Connection connection;
  private final Set<String> contents = new HashSet<>();

  TableFiller(Connection connection) {
    this.connection = connection;
  }

  /** Names of files that the rows name. */
  Set<String> contents() {
    return contents;
  }

  /** Adds all rows of a table, without the columns that come later. */
  void add(Table table, BufferedReader rows) throws SQLException, IOException {
    List<Column> columns =
        table.columns().stream().filter(column -> !table.later().contains(column.name())).toList();
    String sql =
        "insert into %s (%s) values (%s)"
            .formatted(
                table.name(),
                columns.stream().map(Column::name).collect(Collectors.joining(", ")),
                columns.stream().map(column -> "?").collect(Collectors.joining(", ")));
    write(table, columns, sql, rows, row -> true);
    for (Column column : columns) {
      if (column.counts()) {
        goOn(table, column);
      }
    }
  }

  /** Fills the columns that come later, where all rows are there. */
  void complete(Table table, BufferedReader rows) throws SQLException, IOException {
    List<Column> columns = new ArrayList<>();
    table.later().forEach(name -> columns.add(column(table, name)));
    table.key().forEach(name -> columns.add(column(table, name)));
    String sql =
        "update %s set %s where %s"
            .formatted(
                table.name(),
                table.later().stream().map(name -> name + " = ?").collect(Collectors.joining(", ")),
                table.key().stream()
                    .map(name -> name + " = ?")
                    .collect(Collectors.joining(" and ")));
    write(table, columns, sql, rows, row -> table.later().stream().anyMatch(row::has));
  }

  private static Column column(Table table, String name) {
    return table.columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void write(
      Table table,
      List<Column> columns,
      String sql,
      BufferedReader rows,
      Predicate<JsonNode> wanted)
      throws SQLException, IOException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int waiting = 0;
      for (String line = rows.readLine(); line != null; line = rows.readLine()) {
        JsonNode row = parsed(table, line);
        if (wanted.test(row)) {
          set(statement, table, columns, row);
          statement.addBatch();
          waiting++;
        }
        if (waiting == BATCH) {
          statement.executeBatch();
          waiting = 0;
        }
      }
      statement.executeBatch();
    }
  }

  private static JsonNode parsed(Table table, String line) {
    try {
      return JSON.readTree(line);
    } catch (JacksonException e) {
      throw damaged(table, e);
    }
  }

  private void set(PreparedStatement statement, Table table, List<Column> columns, JsonNode row)
      throws SQLException {
    int number = 1;
    for (Column column : columns) {
      JsonNode value = row.path(column.name());
      if (value.isMissingNode()) {
        statement.setNull(number, Types.NULL);
      } else {
        try {
          column.kind().write(statement, number, value);
        } catch (RuntimeException e) {
          throw damaged(table, e);
        }
        if (column.isContent()) {
          contents.add(value.stringValue());
        }
      }
      number++;
    }
  }

  private static InputException damaged(Table table, RuntimeException cause) {
    return new InputException(
        "backup",
        "is damaged: a row of " + table.name() + " cannot be read",
        "take another backup",
        cause);
  }

  private void goOn(Table table, Column column) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet highest =
            statement.executeQuery(
                "select coalesce(max(" + column.name() + "), 0) + 1 from " + table.name())) {
      highest.next();
      long next = highest.getLong(1);
      statement.execute(
          "alter table %s alter column %s restart with %d"
              .formatted(table.name(), column.name(), next));
    }
  }
}
