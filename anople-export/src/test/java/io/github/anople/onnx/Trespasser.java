package io.github.anople.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.github.anople.torch.TorchDetector;

/** Does what the module of this name must not do, for the tests of the walls. */
public final class Trespasser {

  private Trespasser() {}

  /** Reaches for libtorch and for protobuf. */
  public static String reach(TorchDetector detector, ModelProto model) {
    return detector.imageSize() + model.getProducerName();
  }
}
