package io.github.anople.onnx;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service that scores must carry: this module's class path, and what is not on it. */
class DependenciesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org/bytedeco/pytorch/Tensor.class",
        "org/bytedeco/javacpp/Loader.class",
        "org/bytedeco/openblas/global/openblas.class",
        "io/github/anople/torch/TorchDetector.class",
        "com/google/protobuf/Message.class",
        "io/github/anople/torch/clip/ClipTokenizer.class",
        "picocli/CommandLine.class"
      })
  void neitherLibtorchNorTheExportNorTheCommandIsOnTheClassPath(String type) {
    assertNull(DependenciesTest.class.getClassLoader().getResource(type));
  }

  @Test
  void onnxRuntimeAndCoreAre() {
    ClassLoader loader = DependenciesTest.class.getClassLoader();
    assertNotNull(loader.getResource("ai/onnxruntime/OrtSession.class"));
    assertNotNull(loader.getResource("io/github/anople/core/detect/AnomalyDetector.class"));
  }
}
