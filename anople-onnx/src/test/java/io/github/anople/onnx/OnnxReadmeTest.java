package io.github.anople.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.SyntheticParts;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.ImageReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxReadmeTest {

  @TempDir Path folder;

  @Test
  void aServiceScoresInFiveLines() {
    ExportedWasher.write(folder.resolve("bracket.onnx"), ExportedWasher.bytes());
    SyntheticParts.write(folder.resolve("part.png"), SyntheticParts.scratched(5));
    float score = example();
    assertTrue(score > 0 && score < 0.5, () -> "score " + score);
  }

  private float example() {
    // README begins
    try (AnomalyDetector detector = OnnxDetector.open(path("bracket.onnx"))) {
      Detection detection = detector.detect(new ImageReader().read(path("part.png")));
      // README ends
      return detection.score();
    }
  }

  private Path path(String name) {
    return folder.resolve(name);
  }
}
