package io.github.anople.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.ReadmeBlocks;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.decide.Verdict;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.torch.TorchDetectorOpener;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.train.TrainingClass;
import io.github.anople.torch.train.TrainingFiles;
import io.github.anople.torch.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {

  private static final String SOURCE =
      "anople-app/src/test/java/io/github/anople/app/ReadmeTest.java";

  @TempDir Path folder;

  @Test
  void aProductIsEnrolledAndInspectedAsTheReadmeShows() throws IOException {
    SyntheticParts.write(folder.resolve("good/part.png"), SyntheticParts.good(0));
    SyntheticParts.write(folder.resolve("new/part.png"), SyntheticParts.scratched(5));
    Verdict verdict = example();
    assertTrue(verdict.score() > 0 && verdict.score() < 0.5, verdict::toString);
    assertTrue(Files.size(folder.resolve("bracket.anople")) > 0);
  }

  /** The README's first example, its paths made the test's own. */
  private Verdict example() {
    // README begins
    try (LoadedBackbone backbone = LoadedBackbone.open(path("my-backbone"), Precision.AUTO)) {
      TrainingClass bracket = new TrainingClass("steel bracket", List.of(path("good/part.png")));
      new Enrolment(TrainingConfig.usual(), OptionalDouble.of(0.01), TrainingListener.SILENT)
          .run(backbone, "parts", List.of(bracket), TrainingFiles.NONE)
          .write(path("bracket.anople"));

      try (DetectorFile file = TorchDetectorOpener.on(path("bracket.anople"), backbone)) {
        RgbImage picture = new ImageReader(file.provenance().reading()).read(path("new/part.png"));
        Detection detection = file.detector().detect(picture);
        Verdict verdict = file.threshold().orElseThrow().judge(detection);
        // README ends
        return verdict;
      }
    }
  }

  private Path path(String name) {
    return name.equals("my-backbone") ? Fixtures.golden("tiny_clip") : folder.resolve(name);
  }

  @Test
  void theReadmeShowsThisCode() throws IOException {
    assertEquals(ReadmeBlocks.ran(SOURCE), ReadmeBlocks.shown(0));
  }
}
