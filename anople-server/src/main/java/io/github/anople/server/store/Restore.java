package io.github.anople.server.store;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.server.store.Tables.Table;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Fills an empty folder and an empty database from a backup, whichever database that was of. What
 * fails leaves both empty.
 */
public final class Restore {

  private static final String UNFINISHED = "restore-unfinished";

  private final Path file;
  private final Path folder;
  private final Optional<String> database;

  private Restore(Path file, Path folder, Optional<String> database) {
    this.file = file;
    this.folder = folder.toAbsolutePath().normalize();
    this.database = database;
  }

  /**
   * Restores a backup.
   *
   * @param file the ZIP
   * @param folder the data folder: a new one
   * @param database JDBC URL of an empty PostgreSQL; empty for a database in the folder
   * @throws InputException if the backup is damaged, or folder or database are not empty; both are
   *     as they were then
   */
  public static void run(Path file, Path folder, Optional<String> database) {
    new Restore(file, folder, database).run();
  }

  /**
   * Keeps a server from a folder that was not filled to the end.
   *
   * @param data the folder
   * @throws InputException if it is such a one
   */
  public static void requireFinished(DataFolder data) {
    if (Files.exists(data.root().resolve(UNFINISHED))) {
      throw new InputException(
          data.root(),
          "was not restored to the end",
          "remove it, empty the database of --db if there is one, and restore again");
    }
  }

  private void run() {
    boolean made = requireEmptyFolder();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      BackupList list = BackupList.read(zip, file);
      DataFolder data = DataFolder.open(folder);
      Files.createFile(folder.resolve(UNFINISHED));
      fill(zip, list, data);
      Files.delete(folder.resolve(UNFINISHED));
    } catch (ZipException e) {
      clear(made);
      throw new InputException(
          file, "is damaged (" + e.getMessage() + ")", "take another backup", e);
    } catch (IOException e) {
      clear(made);
      throw new InputException(
          file, "cannot be restored (" + e + ")", "check the file and the free space", e);
    } catch (RuntimeException e) {
      clear(made);
      throw e;
    }
  }

  /** Whether the folder is not even there. */
  private boolean requireEmptyFolder() {
    if (!Files.exists(folder)) {
      return true;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      if (inside.findAny().isEmpty()) {
        return false;
      }
    } catch (IOException e) {
      throw new InputException(folder, "cannot be read (" + e + ")", "name another folder", e);
    }
    throw new InputException(
        folder, "is not empty", "give the name of a new folder by --data: a backup fills no other");
  }

  private void fill(ZipFile zip, BackupList list, DataFolder data) throws IOException {
    String url = database.orElse(data.database());
    try (Connection connection = connect(url)) {
      if (!Tables.names(connection).isEmpty()) {
        throw new InputException(
            "the database of --db", "is not empty", "make a new one: a backup fills no other");
      }
    } catch (SQLException e) {
      throw notConnected(e);
    }
    Flyway flyway = migrated(url, list.schema());
    try (Connection connection = connect(url)) {
      connection.setAutoCommit(false);
      keep(zip, rows(zip, list, connection), new ContentFiles(data));
      connection.commit();
    } catch (SQLException e) {
      flyway.clean();
      throw new InputException(
          file, "cannot be restored (" + e.getMessage() + ")", "take another backup", e);
    } catch (IOException | RuntimeException e) {
      flyway.clean();
      throw e;
    }
  }

  private static Connection connect(String url) throws SQLException {
    return DriverManager.getConnection(url);
  }

  private static InputException notConnected(SQLException cause) {
    return new InputException(
        "the database",
        "cannot be used (" + cause.getMessage().lines().findFirst().orElse("") + ")",
        "check its address and user",
        cause);
  }

  /** The tables as they were when the backup was made; the server brings them up to date. */
  private Flyway migrated(String url, String schema) {
    Flyway flyway =
        Flyway.configure()
            .dataSource(url, null, null)
            .target(schema)
            // Of a database that was empty, where something fails.
            .cleanDisabled(false)
            .load();
    try {
      flyway.migrate();
      return flyway;
    } catch (FlywayException e) {
      flyway.clean();
      throw new InputException(
          file,
          "is of version " + schema + " of the tables, which cannot be made here",
          "restore it with the version of the program that made it, or a newer one",
          e);
    }
  }

  /** Fills the tables; the names of the files that their rows name. */
  private Set<String> rows(ZipFile zip, BackupList list, Connection connection)
      throws SQLException, IOException {
    List<Table> tables = Tables.of(connection);
    Set<String> names = new TreeSet<>(tables.stream().map(Table::name).toList());
    if (!names.equals(list.tables().keySet())) {
      throw new InputException(
          file,
          "has other tables than its version: " + list.tables().keySet(),
          "take another backup");
    }
    TableFiller filler = new TableFiller(connection);
    for (Table table : tables) {
      requireWhole(zip, BackupList.table(table.name()), list.tables().get(table.name()));
      try (BufferedReader rows = lines(zip, table)) {
        filler.add(table, rows);
      }
    }
    for (Table table : tables) {
      if (!table.later().isEmpty()) {
        try (BufferedReader rows = lines(zip, table)) {
          filler.complete(table, rows);
        }
      }
    }
    return filler.contents();
  }

  private BufferedReader lines(ZipFile zip, Table table) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            zip.getInputStream(entry(zip, BackupList.table(table.name()))),
            StandardCharsets.UTF_8));
  }

  private ZipEntry entry(ZipFile zip, String name) {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw damaged(name + " is missing");
    }
    return entry;
  }

  private void requireWhole(ZipFile zip, String name, String sha256) throws IOException {
    try (InputStream in = zip.getInputStream(entry(zip, name))) {
      if (!Sha256.of(in).equals(sha256)) {
        throw damaged(name + " has another SHA-256");
      }
    }
  }

  private void keep(ZipFile zip, Set<String> contents, ContentFiles files) throws IOException {
    for (String sha256 : contents) {
      if (!Sha256.isHex(sha256)) {
        throw damaged("a row names " + InputException.quoted(sha256));
      }
      try (InputStream in = zip.getInputStream(entry(zip, BackupList.content(sha256)))) {
        if (!files.keep(in, Long.MAX_VALUE, whole -> {}).sha256().equals(sha256)) {
          throw damaged(BackupList.content(sha256) + " has another SHA-256");
        }
      }
    }
  }

  private InputException damaged(String how) {
    return new InputException(file, "is damaged: " + how, "take another backup");
  }

  /** Takes away what was made, which is all that is in the folder. */
  private void clear(boolean folderToo) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        if (folderToo || !path.equals(folder)) {
          Files.delete(path);
        }
      }
    } catch (IOException e) {
      throw new InputException(
          folder, "holds what was restored so far (" + e + ")", "remove it, and restore again", e);
    }
  }
}
