package io.github.anople.torch;

import ai.onnxruntime.OrtSession;
import io.github.anople.onnx.OnnxDetector;

/** Does what the module of this name must not do, for the tests of the walls. */
public final class Trespasser {

  private Trespasser() {}

  /** Reaches for another engine. */
  public static String reach(OnnxDetector detector, OrtSession session) {
    return detector.imageSize() + session.toString();
  }
}
