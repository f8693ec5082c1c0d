package io.github.anople.torch.config;

import static io.github.anople.torch.config.Checks.require;

import io.github.anople.core.InputException;
import io.github.anople.core.json.RecordJson;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.loss.AlignMode;
import io.github.anople.torch.memory.Fusion;
import io.github.anople.torch.memory.GridShifts;
import io.github.anople.torch.memory.ImageScore;
import io.github.anople.torch.memory.ShotViews;
import io.github.anople.torch.prompt.Interaction;
import io.github.anople.torch.prompt.PromptShape;
import io.github.anople.torch.prompt.StateWords;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Every choice of the method: the paper's settings, and its ablations (sections 4 and 5, appendix).
 *
 * <p>A setting's name is its path, such as {@code prompts.text_context}: so it is called in JSON,
 * on the command line and in messages.
 *
 * @param prompts the learnable contexts and the texts
 * @param views how a training looks at a picture
 * @param anomalies which anomalies are simulated
 * @param losses what is learned from them
 * @param memory what detection remembers of the shots
 * @param trunk what the memory sees through the trunk, where it does
 * @param dinov2 what the memory sees through a DINOv2, where it does
 * @param detection how detection looks at a picture
 * @param scene the check of the whole picture beside the score
 * @param tiles whether pictures are looked at in tiles
 * @param optimizer the gradient descent
 * @param imageSize S, which must be the backbone's; 0 takes the backbone's
 * @param seed of every draw
 */
public record TrainingConfig(
    PromptSettings prompts,
    ViewSettings views,
    AnomalySettings anomalies,
    LossSettings losses,
    MemorySettings memory,
    TrunkOptions trunk,
    DinoOptions dinov2,
    DetectionSettings detection,
    SceneSettings scene,
    TileSettings tiles,
    OptimizerSettings optimizer,
    int imageSize,
    long seed) {

  private static final String REMEDY = "compare it with a configuration that this version prints";

  /**
   * Checks the values, as far as they can be judged without a backbone.
   *
   * @param prompts the learnable contexts and the texts
   * @param views how a training looks at a picture
   * @param anomalies which anomalies are simulated
   * @param losses what is learned from them
   * @param memory what detection remembers of the shots
   * @param trunk what the memory sees through the trunk, where it does
   * @param dinov2 what the memory sees through a DINOv2, where it does
   * @param detection how detection looks at a picture
   * @param scene the check of the whole picture beside the score
   * @param tiles whether pictures are looked at in tiles
   * @param optimizer the gradient descent
   * @param imageSize S
   * @param seed of every draw
   * @throws InputException naming the setting that makes no sense, and what is allowed
   */
  public TrainingConfig {
    prompts.check();
    anomalies.check();
    memory.check();
    trunk.check();
    dinov2.check();
    detection.check();
    tiles.check();
    optimizer.check();
    require(imageSize >= 0, "image_size", imageSize, "use the backbone's, or 0 for it");
  }

  /**
   * The usual settings: what found most over four real data sets (docs/results.md). Training is the
   * paper's; the memory sees with the trunk beside the backbone, and counts for more.
   *
   * @return {@link #mvtec} with another memory and another fusion
   */
  public static TrainingConfig usual() {
    return mvtec()
        .with(
            Map.of(
                "memory.encoder", "clip+trunk",
                "memory.encoder_weights", "0.3,1",
                "memory.views", "auto",
                "detection.fusion", "geometric",
                "optimizer.shared_epochs", "true",
                "scene.enabled", "true"));
  }

  /**
   * The paper's settings for MVTec-AD.
   *
   * @return C_t = C_v = 3, memory layers 7–10 of 12
   */
  public static TrainingConfig mvtec() {
    return new TrainingConfig(
        new PromptSettings(
            Interaction.BIDIRECTIONAL,
            3,
            3,
            new ScaledLayer(9, 12),
            List.of("abnormal"),
            List.of(StateWords.NAME),
            PromptSettings.ClassWord.NAME),
        new ViewSettings(true, true),
        new AnomalySettings(true, true),
        new LossSettings(AlignMode.WEIGHTED, true),
        new MemorySettings(
            true,
            MemorySettings.CLIP,
            List.of(),
            new ScaledLayer(7, 12),
            new ScaledLayer(10, 12),
            ShotViews.NONE,
            1,
            1),
        new TrunkOptions(0, List.of(2, 5, 9)),
        new DinoOptions(448, List.of(), DinoOptions.Combine.MEAN, true),
        new DetectionSettings(1, ImageScore.MAX, Fusion.Rule.HARMONIC, List.of()),
        new SceneSettings(false),
        TileSettings.NONE,
        new OptimizerSettings(60, false, 1e-3, 2e-4, 5, 0.9, 1e-5),
        0,
        0);
  }

  /**
   * The paper's settings for VisA.
   *
   * @return C_t = 5, C_v = 8, memory layers 7–9 of 12
   */
  public static TrainingConfig visa() {
    return mvtec()
        .with(
            Map.of(
                "prompts.text_context", "5",
                "prompts.visual_context", "8",
                "memory.last_layer", "9/12"));
  }

  /**
   * Reads what {@link #toJson} wrote, or a version of this program that had all settings at one
   * level.
   *
   * @param json the text
   * @param where the file that it is from, for messages
   * @return the configuration, its values checked
   * @throws InputException naming the file and the setting at fault
   */
  public static TrainingConfig parse(String json, String where) {
    return read(FlatSettings.nested(json), where);
  }

  static TrainingConfig read(String json, String where) {
    return RecordJson.read(
        json, TrainingConfig.class, new RecordJson.Source(where, "configuration", REMEDY));
  }

  /**
   * All settings as JSON, always in the same order, as files hold them: tiles are told where there
   * are some, so that a detector without them stays one that earlier versions read.
   *
   * @return one line
   */
  public String toJson() {
    return tiles.equals(TileSettings.NONE) ? Settings.without("tiles", whole()) : whole();
  }

  /** With all that {@link #read} wants. */
  String whole() {
    return RecordJson.write(this);
  }

  /**
   * The same for people.
   *
   * @return some lines
   */
  public String toPrettyJson() {
    return RecordJson.pretty(this);
  }

  /**
   * Changes a setting.
   *
   * @param name its name, such as {@code optimizer.epochs}
   * @param value its value as JSON has it, text without quotes, a list with commas
   * @return a changed configuration, its values checked
   * @throws InputException if there is no such setting, or the value makes no sense
   */
  public TrainingConfig with(String name, String value) {
    return with(Map.of(name, value));
  }

  /**
   * Changes some settings at once, so that only their outcome must make sense.
   *
   * @param changes values by name, as {@link #with(String, String)} has them
   * @return a changed configuration, its values checked
   * @throws InputException if there is no such setting, or a value makes no sense
   */
  public TrainingConfig with(Map<String, String> changes) {
    return changed(Settings.toJson(changes), "settings");
  }

  /**
   * Changes some settings.
   *
   * @param changes a JSON object of values by name; instead of names with dots also nested objects,
   *     and the names that settings once had at one level
   * @param where what the changes are of, for messages
   * @return a changed configuration, its values checked
   * @throws InputException naming the setting at fault
   */
  public TrainingConfig changed(String changes, String where) {
    return read(Settings.changed(whole(), changes, where), where);
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
        clip,
        prompts.interaction(),
        prompts.depth().in(towers),
        prompts.textContext(),
        prompts.visualContext(),
        views.signal() ? views.count() : 0);
  }

  /**
   * The memory's layers on a backbone.
   *
   * @param clip the backbone
   * @return 1-based numbers in ascending order; empty without memory
   */
  public Set<Integer> memoryLayers(ClipConfig clip) {
    if (!memory.enabled()) {
      return Set.of();
    }
    int layers = clip.vision().layers();
    return IntStream.rangeClosed(memory.firstLayer().in(layers), memory.lastLayer().in(layers))
        .boxed()
        .collect(Collectors.toSet());
  }

  /**
   * The copies of each shot that the memory sees.
   *
   * @param clip the backbone
   * @return {@link MemorySettings#shifts} places along each axis
   */
  public GridShifts gridShifts(ClipConfig clip) {
    return new GridShifts(memory.shifts(), clip.vision().patchSize());
  }

  /**
   * The copies of a picture that detection looks at.
   *
   * @param clip the backbone
   * @return {@link DetectionSettings#shifts} places along each axis
   */
  public GridShifts detectionGrid(ClipConfig clip) {
    return new GridShifts(detection.shifts(), clip.vision().patchSize());
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
        "image_size",
        imageSize,
        "the backbone " + clip.name() + " takes " + side);
    int towers = Math.min(clip.vision().layers(), clip.text().layers());
    int prompted = prompts.depth().in(towers);
    require(
        prompted <= towers, "prompts.depth", prompted, "the lower tower has " + towers + " layers");
    int layers = clip.vision().layers();
    int first = memory.firstLayer().in(layers);
    int last = memory.lastLayer().in(layers);
    require(
        !memory.enabled() || (first <= last && last <= layers),
        "memory.first_layer to memory.last_layer",
        first + " to " + last,
        "the image tower has layers 1 to " + layers);
    int rows = promptShape(clip).textRows();
    require(
        rows + 3 <= clip.text().contextLength(),
        "prompts.text_context and prompts.visual_context",
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
}
