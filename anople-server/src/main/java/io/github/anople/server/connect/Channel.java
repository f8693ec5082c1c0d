package io.github.anople.server.connect;

/** A way out for messages. For one thread. */
interface Channel extends AutoCloseable {

  /**
   * Delivers a message.
   *
   * @param body JSON
   * @param stop ends waiting
   * @return what the receiver said, in a few words
   * @throws DeliveryException if the receiver did not take it
   */
  String send(byte[] body, Stop stop) throws DeliveryException, InterruptedException;

  @Override
  void close();
}
