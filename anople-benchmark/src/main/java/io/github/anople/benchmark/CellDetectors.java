package io.github.anople.benchmark;

import io.github.anople.core.detect.AnomalyDetector;

/** Makes the detectors of cells, for whoever wants to look at them. */
public interface CellDetectors {

  /**
   * Whether a cell's detector has learned contexts, so that there is attention among them to see.
   *
   * @param cell the run
   * @return false for a method that only remembers
   * @throws io.github.anople.core.InputException if the variant's settings are at fault
   */
  boolean learns(Cell cell);

  /**
   * Fits the detector of a cell.
   *
   * @param cell the run
   * @return a detector to close
   * @throws io.github.anople.core.InputException if the cell's input is at fault
   */
  AnomalyDetector open(Cell cell);
}
