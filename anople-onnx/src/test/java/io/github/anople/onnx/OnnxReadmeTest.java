package io.github.anople.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.ReadmeBlocks;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.core.open.DetectorFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxReadmeTest {

  private static final String SOURCE =
      "anople-onnx/src/test/java/io/github/anople/onnx/OnnxReadmeTest.java";

  @TempDir Path folder;

  @Test
  void aServiceScoresInFiveLines() {
    ExportedWasher.write(folder.resolve("bracket.onnx"), ExportedWasher.bytes());
    SyntheticParts.write(folder.resolve("new/part.png"), SyntheticParts.scratched(5));
    float score = example();
    assertTrue(score > 0 && score < 0.5, () -> "score " + score);
  }

  private float example() {
    // README begins
    try (DetectorFile file = DetectorFiles.open(path("bracket.onnx"))) {
      RgbImage picture = new ImageReader(file.provenance().reading()).read(path("new/part.png"));
      Detection detection = file.detector().detect(picture);
      // README ends
      return detection.score();
    }
  }

  private Path path(String name) {
    return folder.resolve(name);
  }

  @Test
  void theReadmeShowsThisCode() throws IOException {
    assertEquals(ReadmeBlocks.ran(SOURCE), ReadmeBlocks.shown(1));
  }
}
