package io.github.anople.torch.engine;

import io.github.anople.core.InputException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Where libtorch computes.
 *
 * <p>The same seed gives the same bytes on {@link Kind#CPU} only: some of CUDA's kernels add up in
 * an order that changes from run to run, so a training there ends in slightly other numbers each
 * time, and detection may differ in the last digits.
 *
 * @param kind what computes
 * @param index which of several, from 0
 */
public record ComputeDevice(Kind kind, int index) {

  /** What computes. */
  public enum Kind {
    /** The processor. */
    CPU,
    /** A graphics card, through CUDA: needs libtorch's CUDA build, the profile {@code gpu}. */
    CUDA,
    /** Nothing: tensors have shapes and no numbers. Shows where tensors are made. */
    META
  }

  /** The processor. */
  public static final ComputeDevice CPU = new ComputeDevice(Kind.CPU, 0);

  private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

  /**
   * A device.
   *
   * @throws IllegalArgumentException if the number is negative, or not 0 where there is only one
   */
  public ComputeDevice {
    if (index < 0 || (kind != Kind.CUDA && index > 0)) {
      throw new IllegalArgumentException("no device " + kind + ":" + index);
    }
  }

  /**
   * The device of a name.
   *
   * @param name {@code cpu}, {@code cuda} (the first card), {@code cuda:N}, or {@code auto}: the
   *     first card if libtorch sees one, else the processor
   * @return a device that is there
   * @throws InputException if the name is none of these, or what it names is not there
   */
  public static ComputeDevice parse(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    Matcher cuda = CUDA.matcher(wanted);
    if (cuda.matches()) {
      return cuda(cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1)));
    }
    return switch (wanted) {
      case "cpu" -> CPU;
      case "auto" -> auto();
      default ->
          throw new InputException(
              "device",
              InputException.quoted(name) + " is not a device",
              "use cpu, cuda, cuda:N or auto");
    };
  }

  /**
   * The first card if libtorch sees one, else the processor.
   *
   * @return a device that is there
   */
  public static ComputeDevice auto() {
    return cards() > 0 ? new ComputeDevice(Kind.CUDA, 0) : CPU;
  }

  private static ComputeDevice cuda(int index) {
    int cards = cards();
    ComputeDevice device = new ComputeDevice(Kind.CUDA, index);
    if (index < cards) {
      return device;
    }
    if (!Context.hasCUDART()) {
      throw new InputException(
          "device " + device.id(),
          "needs libtorch's CUDA build, and this program was built without it",
          "build it with 'mvn -Pgpu package', or compute on the cpu");
    }
    throw new InputException(
        "device " + device.id(),
        cards == 0 ? "is not there: libtorch sees no CUDA card" : "is not there",
        cards == 0
            ? "check the card and its driver (nvidia-smi), or compute on the cpu"
            : "the last card is cuda:" + (cards - 1));
  }

  private static int cards() {
    TorchRuntime.start();
    return torch.cuda_is_available() ? torch.cuda_device_count() : 0;
  }

  /**
   * The name in settings and on the command line.
   *
   * @return for example {@code cpu} or {@code cuda:0}
   */
  public String id() {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return kind == Kind.CUDA ? name + ":" + index : name;
  }

  /**
   * A tensor on this device: itself if it is there already, else a copy. The copy is on its way
   * when this returns; what is computed with it waits for it.
   *
   * @param tensor any tensor
   * @return a tensor of the current scope
   */
  public Tensor place(Tensor tensor) {
    return tensor.to(
        new Device(id()), tensor.scalar_type(), true, false, new MemoryFormatOptional());
  }

  /** Waits until everything asked of this device is done: to be called before reading a clock. */
  public void synchronize() {
    if (kind == Kind.CUDA) {
      torch.cuda_synchronize(index);
    }
  }

  /** Whether bf16 matrix products run in hardware: on cards of compute capability 8 and above. */
  boolean multipliesBf16() {
    return switch (kind) {
      case CPU -> Processor.current().multipliesBf16();
      case CUDA -> torch.getCUDAHooks().supportsBFloat16ConvolutionWithCuDNNv8();
      case META -> false;
    };
  }
}
