package io.github.anople.torch.model;

import io.github.anople.core.Golden;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.memory.Fusion;
import io.github.anople.torch.prompt.Interaction;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class MemoryGoldenTest {

  private final Golden memory = Golden.open("memory.safetensors");

  @Test
  void detectionWithAndWithoutMemoryMatchesTheReference() {
    try (GoldenModel golden = new GoldenModel(Interaction.BIDIRECTIONAL)) {
      float[] rows;
      long[] shape = memory.shape("R");
      try (DetectionModel without = new DetectionModel(golden.clip(), golden.recipe(), null)) {
        rows = features(without, "shots");
        memory.check("R", rows);
        memory.check("F", features(without, "queries"));
        check(without, "score_without", "map_without");
      }
      FloatTensor bank = new FloatTensor(List.of(shape[0], shape[1]), rows);
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
