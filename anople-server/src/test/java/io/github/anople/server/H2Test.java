package io.github.anople.server;

/** On the database that comes with the server. */
class H2Test extends RestTest {

  @Override
  String database() {
    return null;
  }
}
