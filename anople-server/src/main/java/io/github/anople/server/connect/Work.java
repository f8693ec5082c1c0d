package io.github.anople.server.connect;

import java.time.Duration;

/** What a connection does, a step at a time, on its line. */
interface Work extends AutoCloseable {

  /**
   * Does what there is to do.
   *
   * @param stop ends it soon
   * @return whether there may be more to do at once
   * @throws DeliveryException if it could not be done; it is tried again
   */
  boolean step(Stop stop) throws DeliveryException, InterruptedException;

  /** How long to wait where there is nothing to do, unless somebody wakes the line. */
  Duration idle();

  @Override
  void close();
}
