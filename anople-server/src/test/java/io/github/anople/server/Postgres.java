package io.github.anople.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL of a test's own. */
final class Postgres implements AutoCloseable {

  private final EmbeddedPostgres postgres;
  private int databases;

  private Postgres(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  static Postgres start() throws IOException {
    return new Postgres(EmbeddedPostgres.start());
  }

  /** The address of a new database, which is empty. */
  String empty() throws SQLException {
    databases++;
    String name = "empty" + databases;
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return postgres.getJdbcUrl("postgres", name);
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
