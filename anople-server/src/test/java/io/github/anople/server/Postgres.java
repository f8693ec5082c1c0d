package io.github.anople.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A PostgreSQL that runs while the tests of a class do, or as long as it is open. */
final class Postgres implements BeforeAllCallback, AfterAllCallback, AutoCloseable {

  private EmbeddedPostgres postgres;
  private int databases;

  /** One that is to be closed. */
  static Postgres start() throws IOException {
    Postgres started = new Postgres();
    started.beforeAll(null);
    return started;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    postgres = EmbeddedPostgres.start();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    close();
  }

  /** The address of the one database that is there from the start. */
  String address() {
    return postgres.getJdbcUrl("postgres", "postgres");
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
