package io.github.anople.torch.engine;

import io.github.anople.core.bundle.Provenance;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.Float32Backend;
import org.bytedeco.pytorch.global.torch.Float32Op;
import org.bytedeco.pytorch.global.torch.Float32Precision;

/** The process-wide settings of libtorch that everything else relies on. */
public final class TorchRuntime {

  private TorchRuntime() {}

  /**
   * Loads libtorch and sets it up, once a process; every entry point of this module calls it first.
   *
   * <p>JavaCPP's cap on physical memory is lifted (its default, four times the Java heap, ends a
   * training in mid-run), and matrix products go to oneDNN, which is several times faster than the
   * default path and still computes in fp32. A card's fp32 is fp32, too, not TF32.
   */
  public static void start() {
    Loaded.ONCE.touch();
  }

  /**
   * The number of threads a tensor operation uses: the processor's physical cores.
   *
   * @return at least 1
   */
  public static int threads() {
    start();
    return torch.get_num_threads();
  }

  /**
   * The version of this program.
   *
   * @return the jar's, or "development" where the classes come from no jar
   */
  public static String programVersion() {
    String version = TorchRuntime.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /**
   * The software that numbers depend on.
   *
   * @return versions for a detector's provenance
   */
  public static Provenance.Platform platform() {
    return new Provenance.Platform(
        System.getProperty("java.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        Tensor.class.getPackage().getImplementationVersion());
  }

  /** Loaded lazily and exactly once by the class loader. */
  private enum Loaded {
    ONCE;

    Loaded() {
      // Read by JavaCPP when its classes are initialised; a value that the user set stays.
      if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
        System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
      }
      setMatrixProducts(torch.globalContext());
      Processor processor = Processor.current();
      torch.set_num_threads(processor.physicalCores());
      if (!processor.multipliesInOneDnn()) {
        SpinThrottle.start();
      }
    }

    /**
     * "medium" sends the processor's fp32 products to oneDNN, where they stay fp32, and makes TF32
     * of a card's, with 10 bits of mantissa: where there is a card, the two are set apart.
     */
    private static void setMatrixProducts(Context context) {
      if (!torch.cuda_is_available()) {
        context.setFloat32MatmulPrecision("medium");
        return;
      }
      context.setFloat32MatmulPrecision("highest");
      context.setAllowTF32CuDNN(false);
      context.setFloat32Precision(Float32Backend.MKLDNN, Float32Op.MATMUL, Float32Precision.BF16);
    }

    void touch() {
      // Being called is the point: it runs the initialiser above.
    }
  }
}
