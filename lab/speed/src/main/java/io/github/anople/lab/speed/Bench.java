package io.github.anople.lab.speed;

/** One group of things that are timed together. */
interface Bench {

  /** The word that {@code --only} takes. */
  String name();

  /**
   * Measures. Where something else computes the same, outputs are compared before anything is
   * timed.
   *
   * @param workbench models, pictures, limits and counts of repetitions
   * @param results told of every timing, and of what could not be timed
   */
  void run(Workbench workbench, Results results);
}
