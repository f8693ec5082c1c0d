package io.github.anople.torch.engine;

import java.util.function.Supplier;
import org.bytedeco.openblas.global.openblas_full;

/**
 * The threads of OpenBLAS, which are the process's and not a thread's: callers who compute side by
 * side would queue up for them, so each product is then the caller's alone.
 */
final class BlasThreads {

  private static final BlasThreads OF_PROCESS = new BlasThreads();

  private int limits;
  private int unlimited;

  private BlasThreads() {}

  /**
   * Runs something with fewer threads a product, for everyone meanwhile. Where several do so at
   * once, the number is the first one's until the last is done.
   *
   * @param threads at least 1
   * @param work asks for products on any threads, and waits for them
   */
  static <T> T limited(int threads, Supplier<T> work) {
    OF_PROCESS.limit(threads);
    try {
      return work.get();
    } finally {
      OF_PROCESS.unlimit();
    }
  }

  private synchronized void limit(int threads) {
    if (limits == 0) {
      unlimited = openblas_full.openblas_get_num_threads();
      openblas_full.openblas_set_num_threads(threads);
    }
    limits++;
  }

  private synchronized void unlimit() {
    limits--;
    if (limits == 0) {
      openblas_full.openblas_set_num_threads(unlimited);
    }
  }
}
