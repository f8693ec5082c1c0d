package io.github.anople.server;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On a PostgreSQL. */
class PostgresAccountsTest extends AccountsTest {

  private static Postgres postgres;

  @BeforeAll
  static void startDatabase() throws Exception {
    postgres = Postgres.start();
  }

  @AfterAll
  static void stopDatabase() throws Exception {
    postgres.close();
  }

  @Override
  String database() throws Exception {
    return postgres.empty();
  }
}
