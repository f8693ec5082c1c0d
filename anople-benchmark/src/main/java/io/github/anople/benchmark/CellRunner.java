package io.github.anople.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Fits and tests the detector of a cell. Called from several threads at a time. */
public interface CellRunner {

  /**
   * All that the result depends on besides the cell: settings, backbone, program.
   *
   * @param cell the run
   * @return JSON that differs wherever the result might
   * @throws io.github.anople.core.InputException if the variant's settings are at fault
   */
  String configuration(Cell cell);

  /**
   * The networks that a cell sees with, for a table's readers.
   *
   * @param cell the run
   * @return their names, such as {@code ViT-B-16-plus-240 + trunk}; empty where nobody knows
   * @throws io.github.anople.core.InputException if the variant's settings are at fault
   */
  default String encoder(Cell cell) {
    return "";
  }

  /**
   * How long a run takes here by itself, from what is measured on some of its pictures. The first
   * call for a method takes as long as the measuring.
   *
   * @param cell the run
   * @return empty where nobody knows
   * @throws io.github.anople.core.InputException if its input is at fault
   * @throws InterruptedException if the thread is interrupted
   */
  default Optional<Duration> expected(Cell cell) throws InterruptedException {
    return Optional.empty();
  }

  /**
   * Runs a cell.
   *
   * @param cell the run
   * @param folder its own folder, which exists; what a run of the same configuration left there
   *     when it was killed is still there
   * @return what it came to
   * @throws io.github.anople.core.InputException if its input is at fault
   * @throws InterruptedException if the thread is interrupted
   */
  CellRun run(Cell cell, Path folder) throws InterruptedException;
}
