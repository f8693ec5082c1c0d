package io.github.anople.torch.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.prompt.Interaction;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the settings change in a trained detector. */
class TrainedDetectorTest {

  private static LoadedBackbone backbone;

  @TempDir Path folder;

  @BeforeAll
  static void load() {
    backbone = TinyTraining.backbone();
  }

  @AfterAll
  static void free() {
    backbone.close();
  }

  static Stream<TrainingConfig> ablations() {
    TrainingConfig normal = TinyTraining.config().with("optimizer.epochs", "1");
    Stream<TrainingConfig> modes =
        Arrays.stream(Interaction.values())
            .map(mode -> normal.with("prompts.interaction", mode.id()));
    return Stream.concat(
        modes,
        Stream.of(
            normal.with("views.sub_images", "false"),
            normal.with("views.signal", "false"),
            normal.with("views.sub_images", "false").with("views.signal", "false"),
            normal.with("losses.align", "none"),
            normal.with("losses.align", "mean"),
            normal.with("anomalies.pixel", "false"),
            normal.with("anomalies.latent", "false"),
            normal.with("prompts.state_words", "damaged,broken"),
            normal.with("prompts.class_word", "object"),
            normal.with("memory.enabled", "false"),
            normal.with("prompts.depth", "1"),
            normal.with(Map.of("memory.first_layer", "1", "memory.last_layer", "2")),
            normal.with("memory.shifts", "2"),
            normal.with("memory.shifts", "2").with("memory.coreset", "0.25"),
            normal.with("memory.coreset", "5"),
            normal.with("detection.shifts", "2"),
            normal.with("optimizer.epochs", "0"),
            TrainingConfig.visa().with("optimizer.epochs", "1")));
  }

  @ParameterizedTest
  @MethodSource("ablations")
  void everyAblationTrainsSavesAndDetects(TrainingConfig config) {
    DetectorBundle bundle =
        new Trainer(config).train(backbone, "parts", washers(), TrainingFiles.NONE);
    bundle.write(folder.resolve("detector.anople"));
    DetectorBundle read = DetectorBundle.read(folder.resolve("detector.anople"));
    assertEquals(config, TrainingConfig.parse(read.configuration(), "detector"));
    int patches = backbone.clip().config().vision().patches();
    long seen = 2L * config.memory().shifts() * config.memory().shifts() * patches;
    long rows = config.memory().coreset() > 1 ? 5 : Math.round(config.memory().coreset() * seen);
    assertEquals(config.memory().enabled() ? rows : 0, read.memoryRows());
    try (TorchDetector detector = TorchDetector.of(read, "detector", backbone)) {
      float score = detector.detect(new ImageReader().read(folder.resolve("good_000.png"))).score();
      assertTrue(score > 0 && score < 0.5, () -> "score " + score);
    }
  }

  @Test
  void aCoresetHoldsPatchesOfTheWholeMemoryAndTheSameOnesEachTime() {
    TrainingConfig config = TinyTraining.config().with("optimizer.epochs", "1");
    FloatTensor all = memory(config);
    FloatTensor some = memory(config.with("memory.coreset", "7"));
    List<FloatBuffer> rows = rows(all);

    assertEquals(7, rows(some).size());
    assertEquals(rows(some), rows.stream().filter(rows(some)::contains).toList());
    assertArrayEquals(some.values(), memory(config.with("memory.coreset", "7")).values());
  }

  private FloatTensor memory(TrainingConfig config) {
    return new Trainer(config)
        .train(backbone, "parts", washers(), TrainingFiles.NONE)
        .memory()
        .get(DetectorBundle.BACKBONE_MEMORY);
  }

  private static List<FloatBuffer> rows(FloatTensor table) {
    int width = Math.toIntExact(table.shape().get(1));
    return IntStream.range(0, Math.toIntExact(table.shape().get(0)))
        .mapToObj(row -> FloatBuffer.wrap(table.values(), row * width, width).slice())
        .toList();
  }

  @Test
  void oneDetectorLearnsSeveralProducts() {
    TrainingClass second =
        new TrainingClass("metal_nut", TinyTraining.washers(folder.resolve("nuts"), 3).shots());
    DetectorBundle bundle =
        new Trainer(TinyTraining.config().with("optimizer.epochs", "1"))
            .train(
                backbone,
                "parts",
                List.of(TinyTraining.washers(folder, 1), second),
                TrainingFiles.NONE);
    assertEquals(List.of("washer", "metal_nut"), bundle.provenance().classNames());
    int patches = backbone.clip().config().vision().patches();
    assertEquals(4L * patches, bundle.memoryRows());
  }

  private List<TrainingClass> washers() {
    return List.of(TinyTraining.washers(folder, 2));
  }
}
