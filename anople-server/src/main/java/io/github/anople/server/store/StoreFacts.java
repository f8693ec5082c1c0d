package io.github.anople.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DatabaseMetaData;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Where things are kept. */
@Component
public class StoreFacts {

  private final DataFolder data;
  private final JdbcTemplate database;

  StoreFacts(DataFolder data, JdbcTemplate database) {
    this.data = data;
    this.database = database;
  }

  /**
   * The data folder.
   *
   * @return its path
   */
  public Path folder() {
    return data.root();
  }

  /**
   * How much still goes onto the data folder's disk.
   *
   * @return bytes
   */
  public long freeBytes() {
    try {
      return Files.getFileStore(data.root()).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The database.
   *
   * @return its name and version
   */
  public String database() {
    return database.execute(
        (ConnectionCallback<String>)
            connection -> {
              DatabaseMetaData about = connection.getMetaData();
              return about.getDatabaseProductName() + " " + about.getDatabaseProductVersion();
            });
  }
}
