package io.github.anople.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.github.anople.core.InputException;
import java.util.Locale;

/** Where a graph is computed: ONNX Runtime's execution providers. */
public enum OnnxProvider {
  /** The processor: in every build of ONNX Runtime. */
  CPU,
  /** An NVIDIA card, by {@code onnxruntime_gpu}. */
  CUDA,
  /** An NVIDIA card, by TensorRT. */
  TENSORRT,
  /** A card on Windows. */
  DIRECTML,
  /** Apple's accelerators; the device's number means nothing. */
  COREML,
  /** Intel's accelerators; the device's number means nothing. */
  OPENVINO;

  /** Asks a session to use this provider, and the processor for what it cannot do. */
  void addTo(SessionOptions options, int device) {
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
          "execution provider " + id(),
          "cannot be used here (" + e.getMessage() + ")",
          "put a build of ONNX Runtime that has it on the class path, or use the CPU",
          e);
    }
  }

  /**
   * The name used in settings and on the command line.
   *
   * @return lower case
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
