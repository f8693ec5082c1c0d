package io.github.anople.server;

/** On the database that comes with the server. */
class H2OutboxTest extends OutboxTest {

  @Override
  String database() {
    return null;
  }
}
