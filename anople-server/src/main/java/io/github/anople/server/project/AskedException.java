package io.github.anople.server.project;

import io.github.anople.core.InputException;

/** What was asked for cannot be: told like a fault of the input. */
abstract sealed class AskedException extends RuntimeException
    permits MissingException, TakenException {

  private final transient InputException fault;

  AskedException(InputException fault) {
    this.fault = fault;
  }

  /**
   * The same as a fault of the input.
   *
   * @return where, problem and remedy
   */
  public InputException fault() {
    return fault;
  }

  @Override
  public String getMessage() {
    return fault.getMessage();
  }
}
