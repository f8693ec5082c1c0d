package io.github.anople.server.project;

import io.github.anople.core.InputException;

/** Something is there already, or is not in the state that was expected. */
public final class TakenException extends AskedException {

  /**
   * What is there already.
   *
   * @param where what was asked for
   * @param problem why not
   * @param remedy what to do
   * @param cause what told
   */
  public TakenException(String where, String problem, String remedy, Throwable cause) {
    super(new InputException(where, problem, remedy, cause));
  }
}
