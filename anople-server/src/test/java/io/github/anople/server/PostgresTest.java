package io.github.anople.server;

import java.sql.SQLException;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On a PostgreSQL. */
class PostgresTest extends RestTest {

  @RegisterExtension static final Postgres POSTGRES = new Postgres();

  @Override
  String database() throws SQLException {
    return POSTGRES.empty();
  }
}
