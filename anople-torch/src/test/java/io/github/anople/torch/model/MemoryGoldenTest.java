package io.github.anople.torch.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.anople.core.Golden;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.memory.Fusion;
import io.github.anople.torch.memory.GridShifts;
import io.github.anople.torch.prompt.Interaction;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class MemoryGoldenTest {

  private final Golden memory = Golden.open("memory.safetensors");
  private final Interaction mode = GoldenModel.interaction(memory.told("Detection, `([a-z-]+)`"));

  @Test
  void detectionWithAndWithoutMemoryMatchesTheReference() {
    try (GoldenModel golden = new GoldenModel(mode)) {
      float[] rows;
      long[] shape = memory.shape("R");
      try (DetectionModel without = new DetectionModel(golden.clip(), golden.recipe(), Map.of())) {
        rows = features(without, "shots");
        memory.check("R", rows);
        memory.check("F", features(without, "queries"));
        check(without, "score_without", "map_without");
      }
      Map<String, FloatTensor> bank =
          Map.of(
              DetectorBundle.BACKBONE_MEMORY, new FloatTensor(List.of(shape[0], shape[1]), rows));
      try (DetectionModel with = new DetectionModel(golden.clip(), golden.recipe(), bank)) {
        check(with, "score", "map");
        checkParts(with);
      }
    }
  }

  private float[] features(DetectionModel model, String images) {
    return TensorScope.inference(
        () -> Tensors.floats(model.step().memoryFeatures(GoldenModel.whole(memory, images))));
  }

  private void check(DetectionModel model, String score, String map) {
    TensorScope.inference(
        () -> {
          DetectionStep.Result result = model.step().detect(GoldenModel.whole(memory, "queries"));
          memory.check(score, Tensors.floats(result.score()));
          memory.check(map, Tensors.floats(result.map()));
          return null;
        });
  }

  @Test
  void severalPlacesOfTheGridAreAveragedBeforeTheyAreFused() {
    try (GoldenModel golden = new GoldenModel(mode)) {
      long[] shape = memory.shape("R");
      Map<String, FloatTensor> bank =
          Map.of(
              DetectorBundle.BACKBONE_MEMORY,
              new FloatTensor(List.of(shape[0], shape[1]), memory.floats("R")));
      GridShifts places = new GridShifts(2, golden.clip().config().vision().patchSize());
      DetectionModel.Recipe one = golden.recipe();
      DetectionModel.Recipe four =
          new DetectionModel.Recipe(
              one.shape(),
              one.names(),
              one.states(),
              one.wholeView(),
              Looking.with(one.looking().memoryLayers(), places),
              one.learned());
      try (DetectionModel single = new DetectionModel(golden.clip(), one, bank);
          DetectionModel several = new DetectionModel(golden.clip(), four, bank)) {
        TensorScope.inference(
            () -> {
              Tensor images = GoldenModel.whole(memory, "queries");
              List<DetectionStep.Result> looks =
                  places.of(images).stream().map(single.step()::detect).toList();
              DetectionStep.Result result = several.step().detect(images);
              assertMean(looks, DetectionStep.Result::imageProbability, result.imageProbability());
              assertMean(looks, moved(places, looks, true), result.pixelProbability());
              assertMean(looks, moved(places, looks, false), result.memoryDistance());
              Tensor fused = Fusion.harmonic(result.pixelProbability(), result.memoryDistance());
              assertArrayEquals(Tensors.floats(fused), Tensors.floats(result.combined()));
              assertArrayEquals(
                  Tensors.floats(looks.get(places.unmoved()).feature()),
                  Tensors.floats(result.feature()));
              return null;
            });
      }
    }
  }

  private static Function<DetectionStep.Result, Tensor> moved(
      GridShifts places, List<DetectionStep.Result> looks, boolean pixels) {
    return look ->
        places.back(pixels ? look.pixelProbability() : look.memoryDistance(), looks.indexOf(look));
  }

  private static void assertMean(
      List<DetectionStep.Result> looks, Function<DetectionStep.Result, Tensor> part, Tensor got) {
    Tensor[] parts = looks.stream().map(part).toArray(Tensor[]::new);
    float[] mean = Tensors.floats(torch.stack(new TensorVector(parts)).mean(0));
    assertArrayEquals(mean, Tensors.floats(got), 1e-6f);
  }

  private void checkParts(DetectionModel model) {
    TensorScope.inference(
        () -> {
          DetectionStep.Result result = model.step().detect(GoldenModel.whole(memory, "queries"));
          memory.check("p_hat", Tensors.floats(result.imageProbability()));
          memory.check("M_hat", Tensors.floats(result.pixelProbability()));
          memory.check("M_mem", Tensors.floats(result.memoryDistance()));
          memory.check("M_q", Tensors.floats(result.combined()));
          return null;
        });
  }

  @Test
  void theHarmonicFusionClampsEitherOperand() {
    TensorScope.inference(
        () -> {
          Tensor values = GoldenModel.whole(memory, "unit/values");
          memory.check(
              "unit/harmonic",
              Tensors.floats(Fusion.harmonic(values.unsqueeze(1), values.unsqueeze(0))));
          return null;
        });
  }
}
