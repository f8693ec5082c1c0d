package io.github.anople.server;

import java.nio.file.Path;
import java.util.Optional;

/** A server in a process of its own, which a test can kill. */
final class ServedProcess {

  private ServedProcess() {}

  /**
   * Serves until it is killed.
   *
   * @param arguments data folder; says on standard output where it listens
   */
  public static void main(String[] arguments) throws InterruptedException {
    TestServer server = TestServer.start(Path.of(arguments[0]), Optional.empty());
    System.out.println("ready " + server.address());
    Thread.currentThread().join();
  }
}
