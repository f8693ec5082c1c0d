package io.github.anople.torch.engine;

import io.github.anople.core.InputException;
import io.github.anople.core.bundle.Provenance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.Float32Backend;
import org.bytedeco.pytorch.global.torch.Float32Op;
import org.bytedeco.pytorch.global.torch.Float32Precision;

/** The process-wide settings of libtorch that everything else relies on. */
public final class TorchRuntime {

  private static final String ON_CUDA = " on cuda";

  private TorchRuntime() {}

  /**
   * Loads libtorch and sets it up, once a process; every entry point of this module calls it first.
   *
   * <p>JavaCPP's cap on physical memory is lifted (its default, four times the Java heap, ends a
   * training in mid-run), and matrix products go to oneDNN, which is several times faster than the
   * default path and still computes in fp32. A card's fp32 is fp32, too, not TF32.
   *
   * @throws InputException if libtorch, or what its CUDA build needs, is not there, or there is no
   *     folder that it can be unpacked to
   */
  public static void start() {
    try {
      Loaded.ONCE.touch();
    } catch (LinkageError e) {
      TorchNatives.prepare(); // If a folder is at fault, it says so, the second time too.
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new InputException(
          "libtorch",
          "does not load (" + InputException.quoted(String.valueOf(cause.getMessage())) + ")",
          "a build with -Pgpu needs CUDA 13 and cuDNN 9 (README); one without runs anywhere",
          e);
    }
  }

  /**
   * The number of threads a tensor operation uses: the processor's physical cores, unless {@link
   * #setThreads} says otherwise.
   *
   * @return at least 1
   */
  public static int threads() {
    start();
    return torch.get_num_threads();
  }

  /**
   * Sets the number of threads for the rest of the process, so that sums are those of a machine
   * with as many cores. To be called before anything is computed.
   *
   * @param threads at least 1
   */
  public static void setThreads(int threads) {
    start();
    torch.set_num_threads(threads);
  }

  /**
   * Sets the number of threads of operations that the calling thread asks for; all other threads
   * keep theirs.
   *
   * @param threads at least 1
   */
  static synchronized void setThreadsOfThisThread(int threads) {
    start();
    int ofOthers = torch.get_num_threads(); // also settles this thread's, which is done once
    torch.set_num_threads(threads);
    // What was set is what threads to come begin with, too: a passing thread sets that back.
    Thread passing = new Thread(() -> torch.set_num_threads(ofOthers), "anople-threads");
    passing.start();
    boolean interrupted = false;
    while (passing.isAlive()) {
      try {
        passing.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * What numbers depend on, besides the settings.
   *
   * @param device what computed them
   * @return versions for a detector's provenance; a card shows in libtorch's
   */
  public static Provenance.Platform platform(ComputeDevice device) {
    return Provenance.Platform.current(
        Tensor.class.getPackage().getImplementationVersion()
            + (device.kind() == ComputeDevice.Kind.CUDA ? ON_CUDA : ""));
  }

  /**
   * Whether numbers come from a card.
   *
   * @param platform of {@link #platform}
   * @return false for those of the processor
   */
  public static boolean computedOnCard(Provenance.Platform platform) {
    return platform.libtorch().endsWith(ON_CUDA);
  }

  /** Loaded lazily and exactly once by the class loader. */
  private enum Loaded {
    ONCE;

    Loaded() {
      // Read by JavaCPP when its classes are initialised; a value that the user set stays.
      if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
        System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
      }
      TorchNatives.prepare();
      unpackWhatIsLinked();
      Processor processor = Processor.current();
      setMatrixProducts(torch.globalContext(), processor.multipliesInOneDnn());
      torch.set_num_threads(processor.physicalCores());
      if (!processor.multipliesInOneDnn()) {
        SpinThrottle.start();
      }
    }

    /**
     * Puts the libraries that others are linked to into JavaCPP's cache. JavaCPP unpacks each one
     * only when it loads it, libtorch before libtorch_cpu; with an empty cache the system's linker
     * would take the libtorch_cpu of an installed PyTorch instead, and the process would crash.
     */
    private static void unpackWhatIsLinked() {
      for (String build : List.of("", "-gpu")) {
        for (String library : List.of("c10", "torch_cpu", "c10_cuda", "torch_cuda")) {
          String name = Loader.getPlatform() + build + "/" + System.mapLibraryName(library);
          URL packed = Tensor.class.getResource(name);
          if (packed != null) {
            try {
              Loader.cacheResource(packed);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        }
      }
    }

    /**
     * "medium" sends the processor's fp32 products to oneDNN, where they stay fp32 unless the
     * processor has AMX, and makes TF32 of a card's, with 10 bits of mantissa: where there is a
     * card, the two are set apart.
     */
    private static void setMatrixProducts(Context context, boolean inOneDnn) {
      if (!torch.cuda_is_available()) {
        context.setFloat32MatmulPrecision(inOneDnn ? "medium" : "highest");
        return;
      }
      context.setFloat32MatmulPrecision("highest");
      context.setAllowTF32CuDNN(false);
      if (inOneDnn) {
        context.setFloat32Precision(Float32Backend.MKLDNN, Float32Op.MATMUL, Float32Precision.BF16);
      }
    }

    void touch() {
      // Being called is the point: it runs the initialiser above.
    }
  }
}
