package io.github.anople.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.github.anople.core.InputException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where a graph is computed: ONNX Runtime's execution providers. */
public enum OnnxProvider {
  /** The processor: in every build of ONNX Runtime. */
  CPU(OrtProvider.CPU),
  /** An NVIDIA card, by {@code onnxruntime_gpu}. */
  CUDA(OrtProvider.CUDA),
  /** An NVIDIA card, by TensorRT. */
  TENSORRT(OrtProvider.TENSOR_RT),
  /** A card on Windows. */
  DIRECTML(OrtProvider.DIRECT_ML),
  /** Apple's accelerators; the device's number means nothing. */
  COREML(OrtProvider.CORE_ML),
  /** Intel's accelerators; the device's number means nothing. */
  OPENVINO(OrtProvider.OPEN_VINO);

  private static final String REMEDY =
      "put a build of ONNX Runtime that has it on the class path, or use cpu";

  private final OrtProvider provider;

  OnnxProvider(OrtProvider provider) {
    this.provider = provider;
  }

  /** Asks a session to use this provider, and the processor for what it cannot do. */
  void addTo(SessionOptions options, int device) {
    requireBuiltIn();
    try {
      switch (this) {
        case CPU -> {} // every session has it
        case CUDA -> options.addCUDA(device);
        case TENSORRT -> options.addTensorrt(device);
        case DIRECTML -> options.addDirectML(device);
        case COREML -> options.addCoreML();
        case OPENVINO -> options.addOpenVINO("");
      }
    } catch (OrtException e) {
      throw new InputException(
          where(),
          "does not start here (" + InputException.quoted(e.getMessage()) + ")",
          "check its driver and libraries, or use cpu",
          e);
    }
  }

  private void requireBuiltIn() {
    EnumSet<OrtProvider> there = OrtEnvironment.getAvailableProviders();
    if (!there.contains(provider)) {
      String known =
          Arrays.stream(values())
              .filter(other -> there.contains(other.provider))
              .map(OnnxProvider::id)
              .collect(Collectors.joining(", "));
      throw new InputException(
          where(), "is not in this build of ONNX Runtime, which has " + known, REMEDY);
    }
  }

  private String where() {
    return "execution provider " + id();
  }

  /**
   * The name used in settings and on the command line.
   *
   * @return lower case
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The provider of a name.
   *
   * @param name as {@link #id} gives it, in any case
   * @return the provider
   * @throws InputException if there is none of that name
   */
  public static OnnxProvider of(String name) {
    return Arrays.stream(values())
        .filter(provider -> provider.id().equals(name.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "execution provider",
                    InputException.quoted(name) + " is not one",
                    "use one of "
                        + Arrays.stream(values())
                            .map(OnnxProvider::id)
                            .collect(Collectors.joining(", "))));
  }
}
