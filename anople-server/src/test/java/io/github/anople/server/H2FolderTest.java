package io.github.anople.server;

/** On the database that comes with the server. */
class H2FolderTest extends FolderTest {

  @Override
  String database() {
    return null;
  }
}
