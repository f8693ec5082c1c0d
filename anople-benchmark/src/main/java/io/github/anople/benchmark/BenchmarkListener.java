package io.github.anople.benchmark;

import java.time.Duration;
import java.util.Optional;

/** Told of a benchmark's progress, one call at a time. */
public interface BenchmarkListener {

  /**
   * The benchmark begins.
   *
   * @param cells runs in all
   * @param finished runs that an earlier call had finished
   */
  void started(int cells, int finished);

  /**
   * A run is over.
   *
   * @param progress how far the benchmark is
   * @param cell the run
   * @param result what it came to
   */
  void finished(Progress progress, Cell cell, CellResult result);

  /**
   * A run failed; the others go on.
   *
   * @param progress how far the benchmark is
   * @param cell the run
   * @param fault why
   */
  void failed(Progress progress, Cell cell, RuntimeException fault);

  /**
   * How far a benchmark is.
   *
   * @param done runs that are over, failed ones too
   * @param cells runs in all
   * @param took how long the last one took
   * @param left how long the rest will take, at the pace of this call's; empty when nothing is left
   */
  record Progress(int done, int cells, Duration took, Optional<Duration> left) {}
}
