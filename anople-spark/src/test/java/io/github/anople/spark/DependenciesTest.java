package io.github.anople.spark;

import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a job does not carry to executors. */
class DependenciesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org/bytedeco/pytorch/Tensor.class",
        "org/bytedeco/javacpp/Loader.class",
        "io/github/anople/torch/TorchDetector.class",
        "io/github/anople/inspect/report/HeatMap.class",
        "picocli/CommandLine.class"
      })
  void neitherLibtorchNorTheCommandIsOnTheClassPath(String type) {
    assertNull(DependenciesTest.class.getClassLoader().getResource(type));
  }
}
