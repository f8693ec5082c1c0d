package io.github.anople.server.store;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.server.store.Tables.Column;
import io.github.anople.server.store.Tables.Table;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything in one ZIP: all rows of all tables as they were at one moment, and the files that they
 * name.
 */
@Component
public class Backup {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int FETCH = 1000;

  private final JdbcTemplate database;
  private final TransactionTemplate snapshot;
  private final ContentFiles files;

  Backup(JdbcTemplate database, PlatformTransactionManager transactions, ContentFiles files) {
    this.database = database;
    this.files = files;
    this.snapshot = new TransactionTemplate(transactions);
    // The level at which both databases show all tables as they were at one moment.
    this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
    this.snapshot.setReadOnly(true);
  }

  /**
   * Reads the tables. That is over soon, however slowly what comes of it is sent then.
   *
   * @return to be written, then closed
   * @throws InputException if a file that a row names is not there
   */
  public Prepared prepare() {
    Prepared prepared = new Prepared();
    try {
      snapshot.executeWithoutResult(
          status ->
              database.execute(
                  (ConnectionCallback<Void>)
                      connection -> {
                        prepared.read(connection);
                        return null;
                      }));
      return prepared;
    } catch (RuntimeException e) {
      prepared.close();
      throw e;
    }
  }

  /** What is in a backup, before it is sent. */
  public final class Prepared implements AutoCloseable {

    private final Map<String, Path> tables = new LinkedHashMap<>();
    private final Set<String> contents = new TreeSet<>();
    private String schema;

    private Prepared() {}

    private void read(Connection connection) throws SQLException {
      schema = Tables.version(connection).orElseThrow();
      for (Table table : Tables.of(connection)) {
        Path file = files.temporary();
        tables.put(table.name(), file);
        try (BufferedWriter writer = Files.newBufferedWriter(file);
            Statement statement = connection.createStatement()) {
          statement.setFetchSize(FETCH);
          try (ResultSet rows = statement.executeQuery(select(table))) {
            while (rows.next()) {
              writer.write(JSON.writeValueAsString(row(table, rows)));
              writer.write('\n');
            }
          }
        } catch (IOException e) {
          throw new InputException(
              "backup", "cannot be made (" + e + ")", "check the free space of the data folder", e);
        }
      }
      contents.forEach(this::requireThere);
    }

    private Map<String, Object> row(Table table, ResultSet rows) throws SQLException {
      Map<String, Object> row = new LinkedHashMap<>();
      int number = 1;
      for (Column column : table.columns()) {
        rows.getObject(number);
        if (!rows.wasNull()) {
          Object value = column.kind().read(rows, number);
          row.put(column.name(), value);
          if (column.isContent()) {
            contents.add((String) value);
          }
        }
        number++;
      }
      return row;
    }

    private void requireThere(String sha256) {
      if (!Files.isRegularFile(files.path(sha256))) {
        throw new InputException(
            files.path(sha256),
            "is not there any more, though a row names it",
            "put it back from an older copy of the data folder");
      }
    }

    /**
     * Writes the ZIP.
     *
     * @param out where to; it stays open
     * @throws IOException if nobody takes it
     */
    public void write(OutputStream out) throws IOException {
      ZipOutputStream zip = new ZipOutputStream(out);
      zip.setLevel(Deflater.BEST_SPEED);
      Map<String, String> sums = new LinkedHashMap<>();
      for (Map.Entry<String, Path> table : tables.entrySet()) {
        sums.put(table.getKey(), Sha256.of(table.getValue()));
      }
      zip.putNextEntry(new ZipEntry(BackupList.NAME));
      zip.write(new BackupList(BackupList.FORMAT, schema, sums).json());
      for (Map.Entry<String, Path> table : tables.entrySet()) {
        copy(zip, BackupList.table(table.getKey()), table.getValue());
      }
      for (String sha256 : contents) {
        copy(zip, BackupList.content(sha256), files.path(sha256));
      }
      zip.finish();
    }

    private static void copy(ZipOutputStream zip, String name, Path file) throws IOException {
      zip.putNextEntry(new ZipEntry(name));
      Files.copy(file, zip);
    }

    @Override
    public void close() {
      for (Path file : tables.values()) {
        try {
          Files.deleteIfExists(file);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private static String select(Table table) {
    return "select "
        + table.columns().stream().map(Column::name).collect(Collectors.joining(", "))
        + " from "
        + table.name()
        + (table.key().isEmpty() ? "" : " order by " + String.join(", ", table.key()));
  }
}
