package io.github.anople.benchmark;

/** Where cells are run. */
public interface CellCluster extends AutoCloseable {

  /**
   * A runner whose cells are run there.
   *
   * @param here the runner of this process: only results of its configuration count
   * @param settings what {@code here} is made of
   * @return a runner that waits for what it has done there; several threads may call it
   */
  CellRunner runner(CellRunner here, CellSettings settings);

  /**
   * How many runs it is given at a time, unless somebody says so.
   *
   * @param cells runs in all, at least 1
   * @return 1 to {@link Benchmark#MOST_JOBS}
   */
  int jobs(int cells);

  /** Leaves it; what it still runs is given up. */
  @Override
  void close();
}
