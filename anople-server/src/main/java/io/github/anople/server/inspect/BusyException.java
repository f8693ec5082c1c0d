package io.github.anople.server.inspect;

/** More pictures wait than may: the sender is to try again. */
public class BusyException extends RuntimeException {

  /** Too many wait. */
  public BusyException() {
    super("more pictures wait than the server takes; send it again in a second");
  }
}
