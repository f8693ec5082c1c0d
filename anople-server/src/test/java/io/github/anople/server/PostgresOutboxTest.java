package io.github.anople.server;

import org.junit.jupiter.api.extension.RegisterExtension;

/** On a PostgreSQL. */
class PostgresOutboxTest extends OutboxTest {

  @RegisterExtension static final Postgres POSTGRES = new Postgres();

  @Override
  String database() {
    return POSTGRES.address();
  }
}
