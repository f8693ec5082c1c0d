package io.github.anople.torch.full;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.Golden;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.loss.AlignMode;
import io.github.anople.torch.loss.LossTerms;
import io.github.anople.torch.model.DetectionModel;
import io.github.anople.torch.model.DetectionStep;
import io.github.anople.torch.model.Looking;
import io.github.anople.torch.pretrained.OpenClipWeights;
import io.github.anople.torch.prompt.PromptShape;
import io.github.anople.torch.prompt.StateWords;
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

  private static final String WORDS = "classes ([^;]+), ([a-z-]+); detection";

  // The folder does not tell how the step aligns: as the method does unless told otherwise.
  private static final AlignMode ALIGN = TrainingConfig.mvtec().losses().align();

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
    int shot = Integer.parseInt(golden.told("image ([0-9]+) as the only few-shot image"));
    try (DetectionModel without = new DetectionModel(clip, recipe(), Map.of())) {
      float[] rows =
          TensorScope.inference(
              () -> Tensors.floats(without.step().memoryFeatures(images().narrow(0, shot, 1))));
      long width = clip.config().vision().width();
      Map<String, FloatTensor> memory =
          Map.of(
              DetectorBundle.BACKBONE_MEMORY,
              new FloatTensor(List.of(rows.length / width, width), rows));
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
    long stride = Long.parseLong(Golden.told(golden.meaning("M_hat"), "every ([0-9]+)th row"));
    golden.check("M_hat", sampled(result.pixelProbability(), stride));
    golden.check("M_mem", sampled(result.memoryDistance(), stride));
    golden.check("map", sampled(result.map(), stride));
    golden.check("score", Tensors.floats(result.score()));
  }

  private Tensor images() {
    return GoldenModel.whole(images, "images");
  }

  private static float[] sampled(Tensor maps, long stride) {
    long side = maps.size(1);
    List<Long> kept = new ArrayList<>();
    for (long i = 0; i < side; i += stride) {
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
            LossTerms terms = FullSizeStep.losses(clip, recipe(), ALIGN, parameters);
            golden.check("step/dice", terms.dice().item_float());
            golden.check("step/focal", terms.focal().item_float());
            golden.check("step/ce_pixel", terms.cePixel().item_float());
            golden.check("step/ce_latent", terms.ceLatent().item_float());
            golden.check("step/align", terms.align().item_float());
            golden.check("step/total", terms.total().item_float());
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

  private DetectionModel.Recipe recipe() {
    List<String> classes = List.of(golden.told(WORDS).split(", | and ", -1));
    PromptShape shape = shape();
    return new DetectionModel.Recipe(
        shape,
        classes,
        StateWords.of(List.of(stateWord(classes.get(0).replace('_', ' ')))),
        shape.views() - 1,
        Looking.with(
            GoldenModel.layers(golden.told("layers ([0-9]+-[0-9]+)")),
            TrainingConfig.mvtec().detectionGrid(clip.config())),
        FullSizeLearnables.make(clip, shape, golden));
  }

  /** J, C_t, C_v and N + 1 are the sizes of the gradients. */
  private PromptShape shape() {
    long[] text = golden.shape("step/grad/" + PromptShape.TEXT_CONTEXT);
    long[] visual = golden.shape("step/grad/" + PromptShape.VISUAL_CONTEXT);
    long[] signal = golden.shape("step/grad/" + PromptShape.VIEW_SIGNAL);
    return PromptShape.of(
        clip.config(),
        GoldenModel.interaction(golden.told(WORDS, 2)),
        (int) text[0],
        (int) text[1],
        (int) visual[1],
        (int) signal[0]);
  }

  /** The prompts of the other file are a class's name, and the same after the state word. */
  private String stateWord(String name) {
    return images.listAfter("prompts").stream()
        .filter(prompt -> prompt.endsWith(" " + name))
        .map(prompt -> prompt.substring(0, prompt.length() - name.length() - 1))
        .findFirst()
        .orElseThrow();
  }
}
