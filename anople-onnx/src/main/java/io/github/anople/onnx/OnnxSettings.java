package io.github.anople.onnx;

import io.github.anople.core.PhysicalCores;
import java.util.Objects;

/**
 * How a detector is run.
 *
 * @param provider where it is computed
 * @param device number of the accelerator; 0 on the CPU
 * @param threads threads that share one operation, whatever the number of callers, 1 to {@value
 *     #MOST_THREADS}
 */
public record OnnxSettings(OnnxProvider provider, int device, int threads) {

  /** More than any machine has cores; ONNX Runtime starts them all before it says a word. */
  public static final int MOST_THREADS = 1024;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if a number is out of range
   */
  public OnnxSettings {
    Objects.requireNonNull(provider, "provider");
    if (device < 0 || threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException("device " + device + ", threads " + threads);
    }
  }

  /**
   * The processor, with all its physical cores.
   *
   * @return the default
   */
  public static OnnxSettings cpu() {
    return on(OnnxProvider.CPU, 0);
  }

  /**
   * Another provider.
   *
   * @param provider where it is computed
   * @param device number of the accelerator
   * @return settings with as many threads as the processor has cores
   */
  public static OnnxSettings on(OnnxProvider provider, int device) {
    return new OnnxSettings(provider, device, PhysicalCores.count());
  }

  /**
   * The same with fewer or more threads.
   *
   * @param threads threads that share one operation
   * @return new settings
   */
  public OnnxSettings withThreads(int threads) {
    return new OnnxSettings(provider, device, threads);
  }
}
