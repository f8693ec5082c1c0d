package io.github.anople.benchmark.figure;

/** Told of what is done for figures. */
public interface FigureListener {

  /**
   * What is done now.
   *
   * @param line one line
   */
  void progress(String line);

  /**
   * Something is left out, and the rest goes on.
   *
   * @param line one line: what, and why
   */
  void leftOut(String line);
}
