package io.github.anople.torch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.ImageReader;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.train.Trainer;
import io.github.anople.torch.train.TrainingClass;
import io.github.anople.torch.train.TrainingFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {

  @TempDir Path folder;

  @Test
  void theLibrarysDozenLinesWorkAsTheReadmeShowsThem() throws IOException {
    SyntheticParts.write(folder.resolve("good/part.png"), SyntheticParts.good(0));
    SyntheticParts.write(folder.resolve("new/part.png"), SyntheticParts.scratched(5));
    float score = example();
    assertTrue(score > 0 && score < 0.5, () -> "score " + score);
    assertTrue(Files.size(folder.resolve("bracket.anople")) > 0);
  }

  /**
   * The README's example, its paths made the test's own; {@link #theReadmeShowsThisCode} ties the
   * two.
   */
  private float example() {
    // README begins
    try (LoadedBackbone backbone = LoadedBackbone.open(path("my-backbone"), Precision.AUTO)) {
      Path shot = path("good/part.png");
      DetectorBundle bundle =
          new Trainer(TrainingConfig.mvtec())
              .train(
                  backbone,
                  "parts",
                  List.of(new TrainingClass("steel bracket", List.of(shot))),
                  TrainingFiles.NONE);
      bundle.write(path("bracket.anople"));

      try (AnomalyDetector detector = TorchDetector.of(bundle, "bracket", backbone)) {
        Detection detection = detector.detect(new ImageReader().read(path("new/part.png")));
        // README ends
        return detection.score();
      }
    }
  }

  private Path path(String name) {
    return name.equals("my-backbone") ? Fixtures.golden("tiny_clip") : folder.resolve(name);
  }

  @Test
  void theReadmeShowsThisCode() throws IOException {
    String readme = Files.readString(Fixtures.checkout("README.md"));
    String block = readme.substring(readme.indexOf("```java") + 7);
    String shown = squeezed(block.substring(0, block.indexOf("System.out")));
    String source =
        Files.readString(
            Fixtures.checkout("anople-torch/src/test/java/io/github/anople/torch/ReadmeTest.java"));
    String ran =
        squeezed(
            source.substring(
                source.indexOf("// README begins") + "// README begins".length(),
                source.indexOf("// README ends")));
    assertTrue(ran.equals(shown.replace("Path.of(", "path(")), () -> ran + "\n" + shown);
  }

  private static String squeezed(String code) {
    return code.replaceAll("\\s+", "");
  }
}
