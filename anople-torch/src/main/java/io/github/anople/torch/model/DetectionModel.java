package io.github.anople.torch.model;

import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.FilledRegion;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.clip.PromptRows;
import io.github.anople.torch.decoder.Decoder;
import io.github.anople.torch.encoder.PatchEncoder;
import io.github.anople.torch.encoder.TrunkEncoder;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.memory.GaussianBlur;
import io.github.anople.torch.memory.MemoryBank;
import io.github.anople.torch.prompt.ClassTexts;
import io.github.anople.torch.prompt.Contexts;
import io.github.anople.torch.prompt.PromptLearner;
import io.github.anople.torch.prompt.PromptShape;
import io.github.anople.torch.prompt.StateWords;
import io.github.anople.torch.scene.SceneLook;
import io.github.anople.torch.scene.SceneSight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * A trained model ready to look at pictures: prompts, couplings and text features are computed
 * once, when it is made.
 *
 * <p>Safe to share between threads: detection only reads. The backbone stays its owner's.
 */
public final class DetectionModel implements AutoCloseable {

  /**
   * What a detection model is made of, besides its backbone.
   *
   * @param shape sizes of the prompt learner
   * @param names class names as the texts use them
   * @param states what the texts say of good and bad things
   * @param wholeView row of the view signal that stands for the whole image
   * @param looking memories, grid and score
   * @param learned values of all learnables
   */
  public record Recipe(
      PromptShape shape,
      List<String> names,
      StateWords states,
      int wholeView,
      Looking looking,
      Map<String, FloatTensor> learned) {}

  private final OwnedTensors owner = new OwnedTensors();
  private final Parameters parameters;
  private final Looking looking;
  private final Map<String, FloatTensor> memory;
  private final DetectionStep step;
  private final Optional<SceneLook> scene;

  /**
   * A model without a scene check.
   *
   * @param clip the backbone, which must outlive this model
   * @param recipe what was learned
   * @param memory R of each encoder that has one, {@code [patches, d]}; {@link
   *     DetectorBundle#BACKBONE_MEMORY} names the backbone's
   */
  public DetectionModel(ClipModel clip, Recipe recipe, Map<String, FloatTensor> memory) {
    this(clip, recipe, memory, Optional.empty());
  }

  /**
   * Computes what does not depend on the picture.
   *
   * @param clip the backbone, which must outlive this model
   * @param recipe what was learned
   * @param memory R of each encoder that has one, {@code [patches, d]}; {@link
   *     DetectorBundle#BACKBONE_MEMORY} names the backbone's
   * @param scene measures whole pictures; closed with this model
   */
  public DetectionModel(
      ClipModel clip, Recipe recipe, Map<String, FloatTensor> memory, Optional<SceneLook> scene) {
    this.scene = scene;
    this.looking = recipe.looking();
    this.memory = memory;
    this.parameters = Parameters.of(recipe.learned(), false, clip.device());
    PromptLearner prompts = new PromptLearner(recipe.shape(), parameters);
    ClassTexts texts =
        ClassTexts.of(clip.tokenizer(), recipe.names(), recipe.states(), recipe.shape().textRows());
    AnoPleModel model =
        new AnoPleModel(
            clip, prompts, texts, new Decoder(clip.config(), parameters, clip.precision()));
    this.step = TensorScope.inference(() -> prepare(model, recipe));
  }

  private DetectionStep prepare(AnoPleModel model, Recipe recipe) {
    Contexts made = model.prompts().contexts();
    Contexts contexts =
        new Contexts(made.depth(), kept(made.text()), kept(made.vision()), kept(made.viewSignal()));
    int side = model.clip().config().vision().imageSize();
    MemoryLook look =
        MemoryLook.empty(model.clip(), looking, images -> features(model, contexts, recipe, images))
            .remembering(memory, owner);
    return new DetectionStep(
        model,
        contexts,
        kept(model.textFeatures(contexts)),
        recipe.wholeView(),
        look.own().map(MemoryLook.Own::bank).orElse(null),
        looking.memoryLayers(),
        look,
        looking.places(),
        looking.imageScore(),
        looking.fusion(),
        kept(model.clip().device().place(GaussianBlur.matrix(side))));
  }

  private static Tensor features(
      AnoPleModel model, Contexts contexts, Recipe recipe, Tensor images) {
    return MemoryBank.features(
        model
            .clip()
            .vision()
            .encode(images, contexts.forViews(recipe.wholeView()), recipe.looking().memoryLayers())
            .layers()
            .values());
  }

  private List<PatchEncoder> encoders() {
    return step.look().further().stream().map(EncoderMemory::encoder).toList();
  }

  private Tensor kept(Tensor tensor) {
    return tensor == null ? null : owner.keep(tensor);
  }

  /**
   * The arrow of detection, to be used inside {@link TensorScope#inference}.
   *
   * @return valid until this model is closed
   */
  public DetectionStep step() {
    return step;
  }

  /**
   * What detection and scene check say of images.
   *
   * @param detection scores and maps
   * @param scene how unlike the shots whole images are, {@code [images, K]}; empty without a scene
   *     check
   */
  public record Inspected(DetectionStep.Result detection, Optional<Tensor> scene) {}

  /**
   * Detection and scene check, to be used inside {@link TensorScope#inference}. Where both see with
   * the trunk, one pass serves both.
   *
   * @param seen the images
   * @return tensors of the current scope
   */
  public Inspected inspect(Seen seen) {
    if (scene.isEmpty()) {
      return new Inspected(step.detect(seen), Optional.empty());
    }
    SceneSight.Seen sight = scene.get().sight().of(plain(seen));
    return new Inspected(
        step.detect(seen.known(sight.memory())), Optional.of(scene.get().measure(sight)));
  }

  /**
   * How images are looked at.
   *
   * @return memories, grid, score, region, tiles
   */
  public Looking looking() {
    return looking;
  }

  /**
   * The scene check alone, to be used inside {@link TensorScope#inference}: of pictures that are
   * otherwise looked at in tiles.
   *
   * @param seen pictures as a whole
   * @return {@code [images, K]}; empty without a scene check
   */
  public Optional<Tensor> scene(Seen seen) {
    return scene.map(look -> look.measure(look.sight().of(plain(seen))));
  }

  /** {@code [images, 3, S, S]} in [0, 1]: as the memory's trunk has them, or as good as that. */
  private Tensor plain(Seen seen) {
    List<EncoderMemory> further = step.look().further();
    for (int i = 0; i < further.size(); i++) {
      if (further.get(i).encoder() instanceof TrunkEncoder) {
        return seen.further().get(i);
      }
    }
    return Images.unnormalized(step.model().clip(), seen.images());
  }

  /**
   * The score of one image.
   *
   * @param image of any size
   * @return its score
   */
  public double score(RgbImage image) {
    return TensorScope.inference(
        () -> (double) step.detect(step.look().seen(List.of(image))).score().item_float());
  }

  /**
   * The model as constants, for an engine other than libtorch.
   *
   * @return plain Java values; its weights can be read until the backbone is closed
   */
  public FrozenDetector freeze() {
    ClipModel clip = step.model().clip();
    return TensorScope.inference(
        () ->
            new FrozenDetector(
                clip.config(),
                clip.logitScale(),
                name -> TensorScope.inference(() -> values(clip.weights().get(name))),
                promptRows(),
                values(step.texts()),
                parameters.values(),
                memory,
                looking,
                encoders(),
                values(step.blur()),
                scene,
                looking.regionOfImages().map(this::frozen)));
  }

  private FrozenRegion frozen(FilledRegion region) {
    ClipConfig config = step.model().clip().config();
    int grid = config.vision().grid();
    Counted counted = Counted.of(region.region(), step.blur(), config.vision().imageSize());
    CountedGrid patches = counted.grid(looking.places(), grid);
    List<FrozenRegion.Grid> further = new ArrayList<>();
    for (EncoderMemory one : step.look().further()) {
      further.add(
          frozen(counted.at(one.encoder().imageSize()).grid(one.places(), one.encoder().grid())));
    }
    List<Tensor> shares = new ArrayList<>();
    for (int copy = 0; copy < patches.cells().size(); copy++) {
      shares.add(patches.patches(copy).shares().squeeze(1));
    }
    return new FrozenRegion(
        region,
        values(counted.pixels()),
        frozen(patches),
        frozen(counted.grid(looking.places(), Decoder.UPSCALE * grid)),
        joined(shares),
        further,
        values(counted.blurShare(step.blur())));
  }

  private static FrozenRegion.Grid frozen(CountedGrid grid) {
    return new FrozenRegion.Grid(
        joined(grid.cells()),
        joined(grid.moved()),
        joined(grid.shares()),
        values(grid.whole().mul(new Scalar((double) grid.cells().size()))));
  }

  private static FloatTensor joined(List<Tensor> copies) {
    return values(Tensors.concat(0, copies.toArray(Tensor[]::new)));
  }

  private List<FloatTensor> promptRows() {
    PromptRows rows = step.contexts().forViews(step.wholeView());
    List<FloatTensor> layers = new ArrayList<>();
    for (int layer = 0; rows != null && layer < rows.depth(); layer++) {
      layers.add(values(rows.rows(layer).squeeze(0)));
    }
    return layers;
  }

  private static FloatTensor values(Tensor tensor) {
    List<Long> shape = Arrays.stream(Tensors.shape(tensor)).boxed().toList();
    return new FloatTensor(shape, Tensors.floats(tensor));
  }

  /** Frees what was learned and computed; not the backbone. */
  @Override
  public void close() {
    encoders().forEach(PatchEncoder::close);
    scene.ifPresent(SceneLook::close);
    owner.close();
    parameters.close();
  }
}
