package io.github.anople.server.connect;

/** A message did not get through; it is to be tried again. */
final class DeliveryException extends Exception {

  /** Why not, in a line. */
  DeliveryException(String problem, Throwable cause) {
    super(problem, cause);
  }
}
