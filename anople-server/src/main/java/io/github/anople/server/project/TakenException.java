package io.github.anople.server.project;

import io.github.anople.core.InputException;

/** Something is there already, or is not in the state that was expected. */
public class TakenException extends RuntimeException {

  private final transient InputException fault;

  /**
   * What is there already.
   *
   * @param where what was asked for
   * @param problem why not
   * @param remedy what to do
   * @param cause what told
   */
  public TakenException(String where, String problem, String remedy, Throwable cause) {
    this.fault = new InputException(where, problem, remedy, cause);
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
