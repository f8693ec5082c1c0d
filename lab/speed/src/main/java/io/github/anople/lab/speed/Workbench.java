package io.github.anople.lab.speed;

import io.github.anople.app.Enrolment;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.inspect.data.FolderLayout;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.KnownArchitectures;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.model.DetectionModel;
import io.github.anople.torch.model.DetectorModels;
import io.github.anople.torch.portable.PortableBackbone;
import io.github.anople.torch.portable.PortableTensors;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.pretrained.OpenClipWeights;
import io.github.anople.torch.train.Trainer;
import io.github.anople.torch.train.TrainingClass;
import io.github.anople.torch.train.TrainingFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the benches share: each thing is made when it is first asked for. */
final class Workbench implements AutoCloseable {

  private static final String FULL_SIZE = "ViT-B-16-plus-240";
  private static final String HERE = "the bench's detector";

  /**
   * What a run may use.
   *
   * @param folder where weights, pictures and graphs are kept from run to run
   * @param backbone an OpenCLIP folder; empty for full size with weights by rule
   * @param command the {@code anople} command; empty where it is not to be had
   * @param python an interpreter that may have PyTorch
   * @param repetitions how often things are done
   * @param scale sizes that do not follow from the backbone
   * @param fullCommands whether whole commands are measured at full size, too
   * @param device where libtorch computes
   */
  record Settings(
      Path folder,
      Optional<Path> backbone,
      Optional<Path> command,
      String python,
      Repetitions repetitions,
      Scale scale,
      boolean fullCommands,
      ComputeDevice device) {}

  /**
   * Sizes that do not follow from the backbone.
   *
   * @param matrix side of the square matrices whose product is the machine's limit
   * @param copy bytes of the copy that is the memory's limit
   * @param memoryRows rows of the memory, for each search
   * @param images files that {@code predict} scores
   */
  record Scale(int matrix, long copy, List<Long> memoryRows, int images) {

    /** What is published. */
    static final Scale FULL =
        new Scale(4096, 1L << 30, List.of(225L, 900L, 13_500L, 100_000L, 1_000_000L), 200);
  }

  private final Settings settings;
  private final Map<Precision, LoadedBackbone> backbones = new EnumMap<>(Precision.class);
  private final Map<Precision, DetectionModel> models = new EnumMap<>(Precision.class);
  private DetectorBundle bundle;

  Workbench(Settings settings) {
    this.settings = settings;
    folder(".");
  }

  Settings settings() {
    return settings;
  }

  /** The same on another backbone, in a folder of its own. */
  Workbench on(Path otherBackbone) {
    return new Workbench(
        new Settings(
            folder(otherBackbone.getFileName().toString()),
            Optional.of(otherBackbone),
            settings.command(),
            settings.python(),
            settings.repetitions(),
            settings.scale(),
            settings.fullCommands(),
            settings.device()));
  }

  ComputeDevice device() {
    return settings.device();
  }

  Repetitions repetitions() {
    return settings.repetitions();
  }

  /** A folder of that name, in the work folder. */
  Path folder(String name) {
    Path folder = settings.folder().resolve(name).toAbsolutePath().normalize();
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InputException(folder, "cannot be made (" + e + ")", "give another --work", e);
    }
  }

  /** The formats to measure, a user's default first. */
  List<Precision> precisions() {
    return Precision.AUTO.resolve(device()) == Precision.BF16
        ? List.of(Precision.BF16, Precision.FP32)
        : List.of(Precision.FP32);
  }

  static Limit limit(Precision precision) {
    return precision == Precision.BF16 ? Limit.BF16 : Limit.FP32;
  }

  /** Who computes in our place, in a format. */
  static String ours(Precision precision) {
    return "AnoPLe " + precision.id();
  }

  /** The backbone's folder; the weights by rule are written where they are wanted. */
  Path backboneFolder() {
    return settings.backbone().orElseGet(this::fullSize);
  }

  private Path fullSize() {
    Path folder = folder(FULL_SIZE);
    ClipConfig config = KnownArchitectures.mentionedIn(FULL_SIZE).orElseThrow();
    PortableBackbone.writeVocabulary(folder, config);
    PortableBackbone.writeWeights(folder, config);
    return folder;
  }

  /** The backbone in a format. */
  LoadedBackbone backbone(Precision precision) {
    return backbones.computeIfAbsent(
        precision,
        format -> LoadedBackbone.open(OpenClipWeights.open(backboneFolder()), format, device()));
  }

  /** The backbone's architecture. */
  ClipConfig config() {
    return backbone(Precision.FP32).clip().config();
  }

  /** A product of one drawn shot. */
  TrainingClass product() {
    Path shots = DrawnImage.folder(folder("shot"), 1, 640, 480, "png");
    return Enrolment.product("part", FolderLayout.unlabelled("part", List.of(shots)));
  }

  /** A detector of one epoch: as fast as one of sixty. */
  DetectorBundle bundle() {
    if (bundle == null) {
      TrainingConfig config =
          TrainingConfig.mvtec().with("optimizer.epochs", "1").with("optimizer.warmup_epochs", "1");
      bundle =
          new Trainer(config)
              .train(backbone(Precision.FP32), "bench", List.of(product()), TrainingFiles.NONE);
    }
    return bundle;
  }

  /** The detector's parts, in a format. */
  DetectionModel model(Precision precision) {
    DetectorBundle trained = bundle();
    return models.computeIfAbsent(
        precision,
        format -> DetectorModels.of(trained, HERE, backbone(format)).model(trained, HERE));
  }

  /** Normalised pictures by rule, the same for everyone: {@code [images, 3, S, S]}. */
  float[] images(int count) {
    int side = config().vision().imageSize();
    return PortableTensors.values("images", count * 3 * side * side, 0, 2);
  }

  @Override
  public void close() {
    models.values().forEach(DetectionModel::close);
    backbones.values().forEach(LoadedBackbone::close);
  }
}
