package io.github.anople.benchmark.baseline;

import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.config.ScaledLayer;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.memory.MemoryBank;
import io.github.anople.torch.synth.Draws;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The rivals {@code promptad} and {@code promptad-g} (Li et al., "PromptAD: Learning Prompts with
 * only Normal Samples for Few-Shot Anomaly Detection", CVPR 2024), written from the paper's
 * formulas. Contexts of normal prompts are learned from the shots, and anomaly prompts are made of
 * them: by states that people have words for, and by learned rows after the object. They are
 * learned twice, for whole pictures and for patches. A memory of the shots' patch rows joins in.
 *
 * <p>{@code promptad-g} is AnoPLe's comparison, PromptAD without prompts customised to the object.
 * AnoPLe's text speaks of "only generic prompts" and leaves open whether generic states stay or no
 * manual prompt at all does; the former is done here. Its table is without the visual memory, and
 * so are these scores.
 *
 * <p>Unlike the published code, the last epoch is taken, not the one that scores best on the test
 * pictures.
 */
final class PromptAd {

  private static final int BATCH = 8;

  // The published code's numbers, of which it has others for patches than for whole pictures.
  private static final PromptAdPrompts.Shape IMAGE_CONTEXTS = new PromptAdPrompts.Shape(3, 4, 4, 1);
  private static final PromptAdPrompts.Shape PATCH_CONTEXTS = new PromptAdPrompts.Shape(1, 4, 4, 1);
  private static final int IMAGE_EPOCHS = 100;
  private static final int PATCH_EPOCHS = 1;
  private static final double RATE = 0.002;
  private static final double LEAST_RATE = 1e-5;
  private static final double MOMENTUM = 0.9;
  private static final double DECAY = 0.0005;
  private static final double MARGIN = 0;
  private static final double LAMBDA = 0.001;

  /** Of the memory, the published code's for a tower of 12. */
  private static final List<ScaledLayer> LAYERS =
      List.of(new ScaledLayer(3, 12), new ScaledLayer(8, 12));

  private PromptAd() {}

  /**
   * A form of the method.
   *
   * @param setting where paper and code part ways
   * @param customised whether states of the object join the generic ones
   * @param memory whether scores are joined with a memory's
   * @param epochs how long contexts for whole pictures are learned
   */
  record Form(PromptAdSetting setting, boolean customised, boolean memory, int epochs) {

    /** PromptAD. */
    static final Form FULL = new Form(PromptAdSetting.PAPER, true, true, IMAGE_EPOCHS);

    /** PromptAD-g. */
    static final Form GENERIC = new Form(PromptAdSetting.PAPER, false, false, IMAGE_EPOCHS);
  }

  /**
   * Learns prompts, and remembers the shots where the form has a memory.
   *
   * @param clip the backbone, which must outlive the detector
   * @param names what the pictures show, at least one name
   * @param shots pictures of good parts, at least one
   * @param form of the method
   * @param seed draws the contexts' first values
   * @param goingOn called before each epoch; what it throws ends the training
   * @return a detector to close
   * @throws IllegalArgumentException if there is no name or no picture
   * @throws io.github.anople.core.InputException if a name is longer than the text tower
   */
  static AnomalyDetector fit(
      ClipModel clip,
      List<String> names,
      List<RgbImage> shots,
      Form form,
      long seed,
      Runnable goingOn) {
    if (names.isEmpty() || shots.isEmpty()) {
      throw new IllegalArgumentException("PromptAD needs a name and a picture");
    }
    List<PromptAdStates.Named> objects = objects(names, form);
    PromptAdLook look = new PromptAdLook(clip, memoryLayers(clip, form), form.setting().rows(), 1);
    return BaselineDetector.fitted(
        clip,
        BATCH,
        owner -> {
          Learning learning = new Learning(clip, objects, form, seed, goingOn, owner);
          return ImageScorer.of(clip, TensorScope.call(() -> learning.scores(look, shots)));
        });
  }

  private static List<PromptAdStates.Named> objects(List<String> names, Form form) {
    PromptAdStates states = PromptAdStates.read();
    return names.stream().map(name -> states.of(name, form.customised())).toList();
  }

  private static List<Integer> memoryLayers(ClipModel clip, Form form) {
    int layers = clip.config().vision().layers();
    return form.memory()
        ? LAYERS.stream().map(layer -> layer.in(layers)).distinct().toList()
        : List.of();
  }

  /** From shots to scores. */
  private record Learning(
      ClipModel clip,
      List<PromptAdStates.Named> objects,
      Form form,
      long seed,
      Runnable goingOn,
      OwnedTensors owner) {

    PromptAdScores scores(PromptAdLook look, List<RgbImage> shots) {
      PromptAdTraining images = training(IMAGE_CONTEXTS, form.epochs());
      PromptAdTraining patches = training(PATCH_CONTEXTS, PATCH_EPOCHS);
      PromptAdLook.Seen seen = look.remember(shots);
      return new PromptAdScores(
          look,
          prototypes(images, seen.whole(), "promptad for images"),
          prototypes(patches, seen.patches(), "promptad for patches"),
          scale(),
          TensorScope.withoutGradients(() -> memories(seen, owner)),
          owner);
    }

    private double scale() {
      return form.setting().scale().of(clip.logitScale());
    }

    private PromptAdTraining training(PromptAdPrompts.Shape contexts, int epochs) {
      PromptAdSetting setting = form.setting();
      return new PromptAdTraining(
          PromptAdPrompts.of(clip, objects, contexts, setting.order()),
          new PromptAdLosses(scale(), setting.distance(), setting.alignment(), MARGIN, LAMBDA),
          new PromptAdTraining.Schedule(RATE, LEAST_RATE, MOMENTUM, DECAY, epochs));
    }

    private Tensor prototypes(PromptAdTraining training, Tensor seen, String purpose) {
      return training.prototypes(
          seen, training.prompts().draw(Draws.of(seed, purpose, 0, 0)), goingOn, owner);
    }
  }

  /** A memory of each layer. */
  static List<MemoryBank> memories(PromptAdLook.Seen shots, OwnedTensors owner) {
    return shots.layers().stream().map(rows -> new MemoryBank(rows.flatten(0, 1), owner)).toList();
  }
}
