package io.github.anople.server.project;

import io.github.anople.core.InputException;

/** Something that was asked for is not there. */
public final class MissingException extends AskedException {

  /**
   * What is not there.
   *
   * @param where what was asked for
   * @param problem that it is not there
   * @param remedy where to look
   */
  public MissingException(String where, String problem, String remedy) {
    super(new InputException(where, problem, remedy));
  }
}
