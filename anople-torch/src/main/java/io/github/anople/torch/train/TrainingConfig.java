package io.github.anople.torch.train;

import io.github.anople.core.InputException;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.loss.AlignMode;
import io.github.anople.torch.memory.Coreset;
import io.github.anople.torch.memory.GridShifts;
import io.github.anople.torch.prompt.Interaction;
import io.github.anople.torch.prompt.PromptShape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Every choice of the method: the paper's settings, and its ablations (sections 4 and 5, appendix).
 *
 * @param interaction how the modalities meet (Table 3a)
 * @param textContext C_t, textual context rows
 * @param visualContext C_v, visual context rows
 * @param depth J, layers with prompts of their own, scaled by the lower of the two towers
 * @param subImages whether the four quadrants are trained on beside the whole (Table 3b)
 * @param viewSignal whether each view has a signal of its own (Table 3b)
 * @param align how pixels teach the image (Table 3c)
 * @param pixelAnomalies whether anomalies are simulated in pictures (Table 5)
 * @param latentAnomalies whether anomalies are simulated among features (Table 5)
 * @param pixelLosses whether dice and focal teach pixels; without them, and with a decoder rate of
 *     0, the map is CLIP's own dense projection against the texts (MaPLe + DRAEM)
 * @param stateWords what precedes the name of an abnormal thing: one word, or an ensemble (Table 4)
 * @param classWord what the thing is called: its name, or a word for all (Figure 7)
 * @param memory whether detection consults the patches of the shots
 * @param memoryFirst first memory layer
 * @param memoryLast last memory layer
 * @param memoryShifts places of the patch grid, along each axis, at which the memory sees each shot
 *     ({@link io.github.anople.torch.memory.GridShifts}); 1 is the paper's
 * @param detectionShifts places of the patch grid, along each axis, at which detection looks at a
 *     picture; what it finds there is averaged, and costs as many times as much; 1 is the paper's
 * @param coreset how much of its patches the memory keeps, by {@link
 *     io.github.anople.torch.memory.Coreset}: a share up to 1, which is the paper's, or a number of
 *     patches
 * @param epochs passes over the shots; 0 leaves the prompts as drawn
 * @param promptRate learning rate of contexts, couplings and view signals
 * @param decoderRate learning rate of the decoder
 * @param warmupEpochs epochs over which the rates rise to their values
 * @param momentum of the gradient descent
 * @param weightDecay of the gradient descent, on everything learned
 * @param imageSize S, which must be the backbone's; 0 takes the backbone's
 * @param seed of every draw
 */
public record TrainingConfig(
    Interaction interaction,
    int textContext,
    int visualContext,
    ScaledLayer depth,
    boolean subImages,
    boolean viewSignal,
    AlignMode align,
    boolean pixelAnomalies,
    boolean latentAnomalies,
    boolean pixelLosses,
    List<String> stateWords,
    ClassWord classWord,
    boolean memory,
    ScaledLayer memoryFirst,
    ScaledLayer memoryLast,
    int memoryShifts,
    int detectionShifts,
    double coreset,
    int epochs,
    double promptRate,
    double decoderRate,
    int warmupEpochs,
    double momentum,
    double weightDecay,
    int imageSize,
    long seed) {

  /** N, sub-images of a picture: its quadrants. */
  public static final int SUB_IMAGES = 4;

  /** Sees each shot 64 times: more remembers hardly anything new. */
  private static final int MOST_SHIFTS = 8;

  /**
   * Checks the values, as far as they can be judged without a backbone.
   *
   * @param interaction how the modalities meet
   * @param textContext C_t
   * @param visualContext C_v
   * @param depth J
   * @param subImages whether the four quadrants are trained on beside the whole
   * @param viewSignal whether each view has a signal of its own
   * @param align how pixels teach the image
   * @param pixelAnomalies whether anomalies are simulated in pictures
   * @param latentAnomalies whether anomalies are simulated among features
   * @param pixelLosses whether dice and focal teach pixels
   * @param stateWords what precedes the name of an abnormal thing
   * @param classWord what the thing is called
   * @param memory whether detection consults the patches of the shots
   * @param memoryFirst first memory layer
   * @param memoryLast last memory layer
   * @param memoryShifts places of the patch grid at which the memory sees each shot
   * @param detectionShifts places of the patch grid at which detection looks at a picture
   * @param coreset how much of its patches the memory keeps
   * @param epochs passes over the shots
   * @param promptRate learning rate of contexts
   * @param decoderRate learning rate of the decoder
   * @param warmupEpochs epochs over which the rates rise to their values
   * @param momentum of the gradient descent
   * @param weightDecay of the gradient descent
   * @param imageSize S
   * @param seed of every draw
   */
  public TrainingConfig {
    stateWords = List.copyOf(stateWords);
    require(textContext >= 1, "textContext", textContext, "use 1 or more context rows");
    require(visualContext >= 1, "visualContext", visualContext, "use 1 or more context rows");
    require(
        pixelAnomalies || latentAnomalies,
        "pixelAnomalies and latentAnomalies",
        "both off",
        "switch one on: without anomalies there is nothing to learn");
    require(
        !stateWords.isEmpty(), "stateWords", "empty", "give one word or more, such as abnormal");
    require(
        stateWords.stream().noneMatch(String::isBlank),
        "stateWords",
        stateWords,
        "leave no word blank");
    require(
        new HashSet<>(stateWords).size() == stateWords.size(),
        "stateWords",
        stateWords,
        "name each word once");
    require(
        memoryShifts >= 1 && memoryShifts <= MOST_SHIFTS,
        "memoryShifts",
        memoryShifts,
        "use 1 to " + MOST_SHIFTS + ", such as 3");
    require(
        detectionShifts >= 1 && detectionShifts <= MOST_SHIFTS,
        "detectionShifts",
        detectionShifts,
        "use 1 to " + MOST_SHIFTS + ", such as 2");
    require(
        Coreset.isSize(coreset),
        "coreset",
        coreset,
        "use a share up to 1, such as 0.25, or a whole number of patches, such as 1000");
    require(epochs >= 0, "epochs", epochs, "use 0 or more");
    require(warmupEpochs >= 0, "warmupEpochs", warmupEpochs, "use 0 or more");
    require(
        promptRate >= 0 && promptRate < 1e3,
        "promptRate",
        promptRate,
        "use 0 to 1000, such as 0.001");
    require(
        decoderRate >= 0 && decoderRate < 1e3,
        "decoderRate",
        decoderRate,
        "use 0 to 1000, such as 0.0002");
    require(momentum >= 0 && momentum < 1, "momentum", momentum, "use 0 up to 1, such as 0.9");
    require(
        weightDecay >= 0 && weightDecay < 1,
        "weightDecay",
        weightDecay,
        "use 0 up to 1, such as 1e-5");
    require(imageSize >= 0, "imageSize", imageSize, "use the backbone's, or 0 for it");
  }

  /**
   * What a thing is called in the texts.
   *
   * @see TrainingConfig#classWord
   */
  public enum ClassWord {
    /** Its own name. */
    NAME,
    /** The word "object", whatever the thing. */
    OBJECT
  }

  /**
   * The paper's settings for MVTec-AD.
   *
   * @return C_t = C_v = 3, memory layers 7–10 of 12
   */
  public static TrainingConfig mvtec() {
    return new TrainingConfig(
        Interaction.BIDIRECTIONAL,
        3,
        3,
        new ScaledLayer(9, 12),
        true,
        true,
        AlignMode.WEIGHTED,
        true,
        true,
        true,
        List.of("abnormal"),
        ClassWord.NAME,
        true,
        new ScaledLayer(7, 12),
        new ScaledLayer(10, 12),
        1,
        1,
        1,
        60,
        1e-3,
        2e-4,
        5,
        0.9,
        1e-5,
        0,
        0);
  }

  /**
   * The paper's settings for VisA.
   *
   * @return C_t = 5, C_v = 8, memory layers 7–9 of 12
   */
  public static TrainingConfig visa() {
    return mvtec().toBuilder()
        .textContext(5)
        .visualContext(8)
        .memoryLayers(new ScaledLayer(7, 12), new ScaledLayer(9, 12))
        .build();
  }

  /**
   * A builder that starts from these values.
   *
   * @return a new builder
   */
  public TrainingConfigBuilder toBuilder() {
    return new TrainingConfigBuilder(this);
  }

  /**
   * Views of a picture: its quadrants where they are on, and the whole.
   *
   * @return N + 1
   */
  public int views() {
    return subImages ? SUB_IMAGES + 1 : 1;
  }

  /**
   * The prompt learner's sizes on a backbone.
   *
   * @param clip the backbone
   * @return the sizes
   */
  public PromptShape promptShape(ClipConfig clip) {
    int towers = Math.min(clip.vision().layers(), clip.text().layers());
    return PromptShape.of(
        clip, interaction, depth.in(towers), textContext, visualContext, viewSignal ? views() : 0);
  }

  /**
   * The memory's layers on a backbone.
   *
   * @param clip the backbone
   * @return 1-based numbers in ascending order; empty without memory
   */
  public Set<Integer> memoryLayers(ClipConfig clip) {
    if (!memory) {
      return Set.of();
    }
    int layers = clip.vision().layers();
    return IntStream.rangeClosed(memoryFirst.in(layers), memoryLast.in(layers))
        .boxed()
        .collect(Collectors.toSet());
  }

  /**
   * The copies of each shot that the memory sees.
   *
   * @param clip the backbone
   * @return {@link #memoryShifts} places along each axis
   */
  public GridShifts gridShifts(ClipConfig clip) {
    return new GridShifts(memoryShifts, clip.vision().patchSize());
  }

  /**
   * The copies of a picture that detection looks at.
   *
   * @param clip the backbone
   * @return {@link #detectionShifts} places along each axis
   */
  public GridShifts detectionGrid(ClipConfig clip) {
    return new GridShifts(detectionShifts, clip.vision().patchSize());
  }

  /**
   * The texts' names for classes.
   *
   * @param classes class names
   * @return the names themselves, or the word for all
   */
  public List<String> textNames(List<String> classes) {
    return classWord == ClassWord.OBJECT ? List.of("object") : classes;
  }

  /**
   * Checks the values against a backbone and the classes to train on.
   *
   * @param clip the backbone
   * @param classes class names
   * @throws InputException naming the value that does not fit, and the remedy
   */
  public void check(ClipConfig clip, List<String> classes) {
    int side = clip.vision().imageSize();
    require(
        imageSize == 0 || imageSize == side,
        "imageSize",
        imageSize,
        "the backbone " + clip.name() + " takes " + side);
    int towers = Math.min(clip.vision().layers(), clip.text().layers());
    int prompted = depth.in(towers);
    require(prompted <= towers, "depth", prompted, "the lower tower has " + towers + " layers");
    int layers = clip.vision().layers();
    int first = memoryFirst.in(layers);
    int last = memoryLast.in(layers);
    require(
        !memory || (first <= last && last <= layers),
        "memory layers",
        first + " to " + last,
        "the image tower has layers 1 to " + layers);
    int rows = promptShape(clip).textRows();
    require(
        rows + 3 <= clip.text().contextLength(),
        "textContext and visualContext",
        rows + " rows",
        "with start, end and a word they must fit the text window of "
            + clip.text().contextLength());
    require(!classes.isEmpty(), "classes", "none", "name at least one");
    require(classes.stream().noneMatch(String::isBlank), "classes", classes, "leave no name blank");
    Set<String> seen = new HashSet<>();
    for (String name : classes) {
      require(
          seen.add(name.replace('_', ' ').strip()),
          "classes",
          "two of the name '" + name + "'",
          "name each once");
    }
  }

  private static void require(boolean condition, String field, Object value, String remedy) {
    if (!condition) {
      throw new InputException("configuration", field + " is " + value, remedy);
    }
  }
}
