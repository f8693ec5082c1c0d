package io.github.anople.server.web;

import io.github.anople.core.InputException;

/**
 * Something that cannot be done.
 *
 * @param where what is at fault
 * @param problem what is wrong with it
 * @param remedy what to do
 */
public record FaultPage(String where, String problem, String remedy) {

  static FaultPage of(InputException fault) {
    return new FaultPage(fault.where(), fault.problem(), fault.remedy());
  }
}
