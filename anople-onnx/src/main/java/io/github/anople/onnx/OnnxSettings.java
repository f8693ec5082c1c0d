package io.github.anople.onnx;

import io.github.anople.core.InputException;
import io.github.anople.core.PhysicalCores;
import io.github.anople.core.open.OpenSettings;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a detector is run.
 *
 * @param provider where it is computed
 * @param device number of the accelerator; 0 on the CPU
 * @param threads threads that share one operation, whatever the number of callers, 1 to {@value
 *     #MOST_THREADS}
 */
public record OnnxSettings(OnnxProvider provider, int device, int threads) {

  private static final Pattern DEVICE =
      Pattern.compile("auto|cpu|(?<cuda>cuda)(:(?<card>\\d{1,3}))?|(?<number>\\d{1,3})");

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

  /**
   * What was asked for when a detector is opened.
   *
   * @param settings of which device, provider and threads are read. {@code auto} is the processor;
   *     a mere number is the card of the provider
   * @return the same for ONNX Runtime
   * @throws InputException if there is no such device or provider, or the threads are out of range
   */
  public static OnnxSettings of(OpenSettings settings) {
    Matcher device = DEVICE.matcher(settings.device().strip().toLowerCase(Locale.ROOT));
    if (!device.matches()) {
      throw new InputException(
          "device",
          InputException.quoted(settings.device()) + " is not a device",
          "use cpu, cuda, cuda:N, auto, or the card's number: 0 or more");
    }
    OnnxProvider named = device.group("cuda") == null ? OnnxProvider.CPU : OnnxProvider.CUDA;
    String card = device.group("card") == null ? device.group("number") : device.group("card");
    OnnxSettings found =
        on(
            settings.provider().map(OnnxProvider::of).orElse(named),
            card == null ? 0 : Integer.parseInt(card));
    if (settings.threads().isEmpty()) {
      return found;
    }
    int threads = settings.threads().getAsInt();
    if (threads < 1 || threads > MOST_THREADS) {
      throw new InputException("threads", "is " + threads, "give 1 to " + MOST_THREADS);
    }
    return found.withThreads(threads);
  }
}
