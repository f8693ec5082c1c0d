package io.github.anople.server.store;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The tables that a database has, as it describes them itself: a table of a later version needs
 * nothing here. In an order in which they can be filled, each after those that its rows name; where
 * they name each other, some columns are filled when all rows are there.
 */
final class Tables {

  private static final String VERSIONS = "flyway_schema_history";

  private Tables() {}

  /**
   * A table.
   *
   * @param name of it
   * @param columns in the order of the table
   * @param key names of the columns that tell its rows apart
   * @param later names of the columns that are filled when all rows of all tables are there
   */
  record Table(String name, List<Column> columns, List<String> key, Set<String> later) {}

  /**
   * A column.
   *
   * @param name of it
   * @param kind what it holds
   * @param counts whether the database gives numbers to new rows by it
   * @param nullable whether it may be empty
   */
  record Column(String name, Kind kind, boolean counts, boolean nullable) {

    /** Whether it has names of files: that is what such names of columns mean. */
    boolean isContent() {
      return name.equals("sha256") || name.endsWith("_sha256");
    }
  }

  private record Reference(String from, String column, String to) {}

  /** In the order in which they can be filled. */
  static List<Table> of(Connection connection) throws SQLException {
    List<Table> left = new ArrayList<>();
    List<Reference> references = new ArrayList<>();
    for (String name : names(connection)) {
      left.add(table(connection, name));
      references.addAll(references(connection, name));
    }
    List<Table> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      Table next =
          left.stream()
              .filter(table -> waitsFor(table, left, references).isEmpty())
              .findFirst()
              .orElse(null);
      if (next == null) {
        breakCircle(left, references);
      } else {
        left.remove(next);
        ordered.add(next);
      }
    }
    return ordered;
  }

  /** Columns that name rows of tables that are not there yet. */
  private static List<String> waitsFor(Table table, List<Table> left, List<Reference> references) {
    return references.stream()
        .filter(reference -> reference.from().equals(table.name()))
        .filter(reference -> left.stream().anyMatch(one -> one.name().equals(reference.to())))
        .map(Reference::column)
        .filter(column -> !table.later().contains(column))
        .toList();
  }

  private static void breakCircle(List<Table> left, List<Reference> references) {
    for (Table table : left) {
      List<String> waits = waitsFor(table, left, references);
      for (Column column : table.columns()) {
        if (column.nullable() && waits.contains(column.name())) {
          table.later().add(column.name());
          return;
        }
      }
    }
    throw new IllegalStateException("tables that need each other: " + left);
  }

  /** Names of all tables but the one that has the schema's version. */
  static List<String> names(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet row =
        connection
            .getMetaData()
            .getTables(
                connection.getCatalog(),
                connection.getSchema(),
                null,
                new String[] {"TABLE", "BASE TABLE"})) {
      while (row.next()) {
        names.add(row.getString("TABLE_NAME"));
      }
    }
    return names.stream().filter(name -> !name.equalsIgnoreCase(VERSIONS)).sorted().toList();
  }

  private static Table table(Connection connection, String stored) throws SQLException {
    List<Column> columns = new ArrayList<>();
    DatabaseMetaData about = connection.getMetaData();
    try (ResultSet row =
        about.getColumns(connection.getCatalog(), connection.getSchema(), stored, null)) {
      while (row.next()) {
        columns.add(
            new Column(
                plain(row.getString("COLUMN_NAME")),
                Kind.of(row.getString("TYPE_NAME")),
                "YES".equals(row.getString("IS_AUTOINCREMENT")),
                row.getInt("NULLABLE") == DatabaseMetaData.columnNullable));
      }
    }
    List<String> key = new ArrayList<>();
    try (ResultSet row =
        about.getPrimaryKeys(connection.getCatalog(), connection.getSchema(), stored)) {
      while (row.next()) {
        key.add(plain(row.getString("COLUMN_NAME")));
      }
    }
    return new Table(plain(stored), List.copyOf(columns), List.copyOf(key), new LinkedHashSet<>());
  }

  private static List<Reference> references(Connection connection, String stored)
      throws SQLException {
    List<Reference> references = new ArrayList<>();
    try (ResultSet row =
        connection
            .getMetaData()
            .getImportedKeys(connection.getCatalog(), connection.getSchema(), stored)) {
      while (row.next()) {
        references.add(
            new Reference(
                plain(stored),
                plain(row.getString("FKCOLUMN_NAME")),
                plain(row.getString("PKTABLE_NAME"))));
      }
    }
    return references;
  }

  /** One database keeps names in capitals, the other in small letters. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The version that the schema is of. */
  static Optional<String> version(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select \"version\" from \""
                    + VERSIONS
                    + "\" where \"success\" and \"version\" is not null"
                    + " order by \"installed_rank\" desc")) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
  }
}
