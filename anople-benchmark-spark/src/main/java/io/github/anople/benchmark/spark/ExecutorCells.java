package io.github.anople.benchmark.spark;

import io.github.anople.benchmark.baseline.TorchCells;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The runners of an executor, which all its tasks share: a backbone is loaded once, and stays as
 * long as the executor lives.
 */
final class ExecutorCells {

  /** One for the process: tasks of one executor share nothing else. */
  private static final ExecutorCells OF_THIS_PROCESS = new ExecutorCells();

  private final Map<SentSettings, TorchCells> loaded = new ConcurrentHashMap<>();

  private ExecutorCells() {}

  /**
   * A runner. The first task that asks loads its backbone, and others wait.
   *
   * @throws io.github.anople.core.InputException if there is no such backbone here
   */
  static TorchCells get(SentSettings settings) {
    return OF_THIS_PROCESS.loaded.computeIfAbsent(
        settings, sent -> TorchCells.load(sent.toSettings()));
  }
}
