package io.github.anople.benchmark.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.benchmark.Method;
import io.github.anople.core.InputException;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.inspect.data.FolderLayout;
import io.github.anople.inspect.data.Sample;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.decoder.Decoder;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.prompt.PromptShape;
import io.github.anople.torch.train.TrainingFiles;
import io.github.anople.torch.train.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BaselineTest {

  private static final RgbImage BAD = RgbImage.of(SyntheticParts.scratched(3));

  private static LoadedBackbone backbone;

  @TempDir private static Path folder;

  @BeforeAll
  static void open() {
    backbone = TinyTraining.backbone();
  }

  @AfterAll
  static void close() {
    backbone.close();
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void everyMethodScoresWithinTheContractAndTheSameTwice(Method method) {
    Baseline contender = Baseline.of(method, TinyTraining.config());
    try (AnomalyDetector first = contender.fit(backbone, shots(TrainingListener.SILENT));
        AnomalyDetector second = contender.fit(backbone, shots(TrainingListener.SILENT))) {
      Detection detection = first.detect(BAD);

      assertTrue(detection.score() > 0 && detection.score() < 1);
      assertEquals(backbone.clip().config().vision().imageSize(), detection.map().width());
      assertEquals(detection, second.detect(BAD));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"WINCLIP"})
  void withoutShotsTheClassIsNamed(Method method) {
    Baseline contender = Baseline.of(method, TinyTraining.config());
    Baseline.Shots none = shots(List.of(), TrainingListener.SILENT);

    InputException fault =
        assertThrows(InputException.class, () -> contender.fit(backbone, none).close());

    assertTrue(fault.getMessage().contains("washer"), fault.getMessage());
  }

  @Test
  void winClipCanDoWithoutShots() {
    Baseline contender = Baseline.of(Method.WINCLIP, TinyTraining.config());
    Baseline.Shots none = shots(List.of(), TrainingListener.SILENT);
    try (AnomalyDetector detector = contender.fit(backbone, none)) {
      assertTrue(detector.detect(BAD).score() > 0);
    }
  }

  @Test
  void mapleLearnsContextsFromImagesAndLeavesTheDecoderAsClipsProjection() {
    TrainingConfig config = Baseline.of(Method.MAPLE_DRAEM, TinyTraining.config()).config();
    TrainingConfig untrained = config.with("optimizer.epochs", "0");

    DetectorBundle before = TinyTraining.train(backbone, untrained, folder.resolve("before"));
    DetectorBundle after = TinyTraining.train(backbone, config, folder.resolve("after"));

    float[] projection =
        TensorScope.call(() -> Tensors.floats(backbone.clip().vision().projection().t()));
    assertArrayEquals(projection, values(after, Decoder.MIX_IN + ".weight"));
    assertArrayEquals(
        new float[values(after, Decoder.MIX_OUT + ".weight").length],
        values(after, Decoder.MIX_OUT + ".weight"));
    assertFalse(
        Arrays.equals(
            values(before, PromptShape.TEXT_CONTEXT), values(after, PromptShape.TEXT_CONTEXT)));
    assertTrue(after.memory().isEmpty());
    assertFalse(after.learned().containsKey(PromptShape.VIEW_SIGNAL));
  }

  private static float[] values(DetectorBundle bundle, String name) {
    return bundle.learned().get(name).values();
  }

  @Test
  void mapleIsTaughtByTheImagesCrossEntropyAlone() {
    List<TrainingListener.StepEvent> steps = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepDone(StepEvent step) {
            steps.add(step);
          }
        };
    Baseline contender = Baseline.of(Method.MAPLE_DRAEM, TinyTraining.config());

    contender.fit(backbone, shots(listener)).close();

    assertFalse(steps.isEmpty());
    for (TrainingListener.StepEvent step : steps) {
      assertEquals(step.losses().cePixel(), step.losses().total());
      assertTrue(Float.isNaN(step.losses().dice()) && Float.isNaN(step.losses().focal()));
    }
  }

  @Test
  void randomPromptsAreAnoPleBeforeItsFirstStep() {
    TrainingConfig config = TinyTraining.config();
    DetectorBundle untrained =
        TinyTraining.train(
            backbone, config.with("optimizer.epochs", "0"), folder.resolve("untrained"));
    try (AnomalyDetector expected = TorchDetector.of(untrained, "untrained", backbone);
        AnomalyDetector random =
            Baseline.of(Method.RANDOM_PROMPTS, config)
                .fit(backbone, shots(TrainingListener.SILENT));
        AnomalyDetector trained =
            Baseline.of(Method.ANOPLE, config).fit(backbone, shots(TrainingListener.SILENT))) {
      assertEquals(expected.detect(BAD), random.detect(BAD));
      assertNotEquals(expected.detect(BAD).score(), trained.detect(BAD).score());
    }
  }

  private static Baseline.Shots shots(TrainingListener listener) {
    List<Sample> washers =
        FolderLayout.unlabelled("washer", TinyTraining.washers(folder.resolve("shots"), 2).shots());
    return shots(washers, listener);
  }

  private static Baseline.Shots shots(List<Sample> washers, TrainingListener listener) {
    return new Baseline.Shots(
        "parts", Map.of("washer", washers), TrainingFiles.NONE, listener, new ImageReader());
  }
}
