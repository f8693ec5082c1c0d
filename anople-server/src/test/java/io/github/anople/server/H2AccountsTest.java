package io.github.anople.server;

/** On the database that comes with the server. */
class H2AccountsTest extends AccountsTest {

  @Override
  String database() {
    return null;
  }
}
