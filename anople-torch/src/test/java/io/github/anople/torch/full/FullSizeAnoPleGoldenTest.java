package io.github.anople.torch.full;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.Golden;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.loss.LossTerms;
import io.github.anople.torch.model.DetectionModel;
import io.github.anople.torch.model.DetectionStep;
import io.github.anople.torch.pretrained.OpenClipWeights;
import io.github.anople.torch.train.FullSizeStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole method at full size: detection, and one training step with its gradients. */
class FullSizeAnoPleGoldenTest {

  // Told in the text of the golden folder's full/README.md.
  private static final TrainingConfig CONFIG = TrainingConfig.mvtec();
  private static final List<String> CLASSES = List.of("metal_nut", "pipe_fryum");
  private static final int MAP_STRIDE = 24;

  private static ClipModel clip;

  private final Golden golden = Golden.open("full/full_anople.safetensors");
  private final Golden images = Golden.open("full/full_clip.safetensors");

  @BeforeAll
  static void load() {
    assumeTrue(
        Fixtures.clipVocabulary().isPresent(),
        "skipped: CLIP's vocabulary is not on this machine (see anople.clipBpe)");
    clip = OpenClipWeights.open(FullSizeBackbone.folder()).load(Precision.FP32);
  }

  @AfterAll
  static void free() {
    if (clip != null) {
      clip.close();
    }
  }

  @Test
  void detectionMatchesTheReference() {
    try (DetectionModel without = new DetectionModel(clip, recipe(), null)) {
      float[] rows =
          TensorScope.inference(
              () -> Tensors.floats(without.step().memoryFeatures(images().narrow(0, 0, 1))));
      long width = clip.config().vision().width();
      FloatTensor memory = new FloatTensor(List.of(rows.length / width, width), rows);
      try (DetectionModel model = new DetectionModel(clip, recipe(), memory)) {
        TensorScope.inference(
            () -> {
              check(model.step());
              return null;
            });
      }
    }
  }

  private void check(DetectionStep step) {
    DetectionStep.Result result = step.detect(images());
    golden.check("t", Tensors.floats(step.texts()));
    golden.check("p_hat", Tensors.floats(result.imageProbability()));
    golden.check("M_hat", sampled(result.pixelProbability()));
    golden.check("M_mem", sampled(result.memoryDistance()));
    golden.check("map", sampled(result.map()));
    golden.check("score", Tensors.floats(result.score()));
  }

  private Tensor images() {
    return GoldenModel.whole(images, "images");
  }

  /** Every 24th row and column. */
  private static float[] sampled(Tensor maps) {
    long side = maps.size(1);
    List<Long> kept = new ArrayList<>();
    for (long i = 0; i < side; i += MAP_STRIDE) {
      kept.add(i);
    }
    Tensor index = Tensors.of(kept.stream().mapToLong(Long::longValue).toArray(), kept.size());
    return Tensors.floats(maps.index_select(1, index).index_select(2, index));
  }

  @Test
  void aTrainingStepsLossesAndGradientsMatchTheReference() {
    Map<String, FloatTensor> learned = recipe().learned();
    try (Parameters parameters = Parameters.of(learned, true)) {
      TensorScope.run(
          () -> {
            LossTerms terms = FullSizeStep.losses(clip, CONFIG, CLASSES, parameters);
            golden.check("step/dice", terms.dice().item_float());
            golden.check("step/focal", terms.focal().item_float());
            golden.check("step/ce_pixel", terms.cePixel().item_float());
            golden.check("step/ce_latent", terms.ceLatent().item_float());
            golden.check("step/align", terms.align().item_float());
            golden.check("step/total", terms.total().item_float());
            terms.total().backward();
            parameters.names().forEach(name -> checkGradient(name, parameters.get(name).grad()));
          });
    }
  }

  private void checkGradient(String name, Tensor gradient) {
    golden.check("step/grad_norm/" + name, gradient.norm().item_float());
    if (golden.contains("step/grad/" + name)) { // the largest are stored by their norm only
      golden.check("step/grad/" + name, Tensors.floats(gradient));
    }
  }

  private static DetectionModel.Recipe recipe() {
    return new DetectionModel.Recipe(
        CONFIG.promptShape(clip.config()),
        CLASSES,
        CONFIG.prompts().stateWords(),
        CONFIG.views().count() - 1,
        CONFIG.memoryLayers(clip.config()),
        CONFIG.detectionGrid(clip.config()),
        FullSizeLearnables.make(clip, CONFIG.promptShape(clip.config())));
  }
}
