package io.github.anople.benchmark.command;

import io.github.anople.benchmark.figure.FigureListener;
import io.github.anople.console.Output;

/**
 * Says what is done for a figure, and what is left out.
 *
 * @param output where to
 */
record FigureWords(Output output) implements FigureListener {

  @Override
  public void progress(String line) {
    output.info(line);
  }

  @Override
  public void leftOut(String line) {
    output.fault(line);
  }
}
