package io.github.anople.server.project;

import io.github.anople.core.InputException;

/** Something that was asked for is not there. */
public class MissingException extends RuntimeException {

  private final transient InputException fault;

  /**
   * What is not there.
   *
   * @param where what was asked for
   * @param problem that it is not there
   * @param remedy where to look
   */
  public MissingException(String where, String problem, String remedy) {
    this.fault = new InputException(where, problem, remedy);
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
