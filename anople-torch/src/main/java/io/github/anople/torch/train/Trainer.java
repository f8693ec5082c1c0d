package io.github.anople.torch.train;

import io.github.anople.core.InputException;
import io.github.anople.core.ProgramVersion;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.Overpainting;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.FilledRegion;
import io.github.anople.core.region.Region;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.TorchRuntime;
import io.github.anople.torch.model.DetectorModels;
import io.github.anople.torch.model.MemoryEncoders;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.prompt.ClassTexts;
import io.github.anople.torch.synth.AnomalySource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Makes a detector from a few good images: section 8 of the method's page.
 *
 * <p>The same settings, images, backbone, machine and thread count give the same bytes.
 *
 * @param config the settings
 * @param source what pixel anomalies are made of
 * @param reader reads the images
 * @param listener told of progress, and asked whether to go on
 * @param region which part of pictures detection looks at; empty for all. Training sees them whole
 */
public record Trainer(
    TrainingConfig config,
    AnomalySource source,
    ImageReader reader,
    TrainingListener listener,
    Optional<Region> region) {

  /**
   * A trainer of detectors that look at whole pictures.
   *
   * @param config the settings
   * @param source what pixel anomalies are made of
   * @param reader reads the images
   * @param listener told of progress, and asked whether to go on
   */
  public Trainer(
      TrainingConfig config, AnomalySource source, ImageReader reader, TrainingListener listener) {
    this(config, source, reader, listener, Optional.empty());
  }

  /**
   * A trainer that needs nothing but settings.
   *
   * @param config the settings
   */
  public Trainer(TrainingConfig config) {
    this(config, AnomalySource.ofItself(), new ImageReader(), TrainingListener.SILENT);
  }

  /**
   * Reads the shots, trains, and fills the memory.
   *
   * @param backbone the frozen CLIP
   * @param dataset the data set's name, for the record
   * @param classes one product or more
   * @param files where to keep state and log
   * @return the detector, not yet written
   * @throws InputException if the settings do not fit, an image cannot be read, the loss becomes
   *     NaN, or a checkpoint is another training's
   * @throws CancellationException if the listener cancels
   */
  public DetectorBundle train(
      LoadedBackbone backbone, String dataset, List<TrainingClass> classes, TrainingFiles files) {
    return train(backbone, dataset, read(backbone, classes), files);
  }

  /**
   * Reads the shots, each file once, for {@link #train(LoadedBackbone, String, Shots,
   * TrainingFiles)} and whatever needs them afterwards. What looks odd about them is told to the
   * listener, and in {@link Shots#remarks}.
   *
   * @param backbone the frozen CLIP that they are to be trained on
   * @param classes one product or more
   * @return the shots, in memory
   * @throws InputException if the settings do not fit, or an image cannot be read
   * @throws CancellationException if the listener cancels
   */
  public Shots read(LoadedBackbone backbone, List<TrainingClass> classes) {
    List<String> names = classes.stream().map(TrainingClass::name).toList();
    config.check(backbone.clip().config(), names);
    listener.stage(TrainingListener.Stage.READING_SHOTS);
    InputSizes sizes = MemoryEncoders.sizes(config, backbone.clip().config());
    Optional<FilledRegion> seen = filled(classes, sizes.side());
    Shots shots =
        Shots.read(
            classes,
            reader,
            sizes,
            seen,
            config.tiles().tiling(),
            smallDefects(backbone.clip().config().vision()),
            () -> requireGoingOn(listener));
    List<TrainingRemark> remarks = new ArrayList<>(namesCut(backbone, names));
    remarks.addAll(shots.remarks());
    remarks.forEach(listener::noted);
    return new Shots(names, shots.all(), remarks, seen);
  }

  /** What tells of defects that are lost in the whole of a picture; who looks at tiles knows. */
  private Optional<SmallDefects> smallDefects(ClipConfig.Vision vision) {
    return config.tiles().enabled()
        ? Optional.empty()
        : Optional.of(new SmallDefects(vision.imageSize(), vision.patchSize()));
  }

  /**
   * The region with the mean colour of what counts in the shots. What is ignored has no part in it,
   * and the edge along its border is no sharper than it must be. It is needed before the first shot
   * is resized, so each is decoded twice.
   */
  private Optional<FilledRegion> filled(List<TrainingClass> classes, int side) {
    if (region.isEmpty()) {
      return Optional.empty();
    }
    region.get().requireSomething("the region", side, side);
    double[] sums = new double[3];
    int shots = 0;
    for (TrainingClass product : classes) {
      for (Path file : product.shots()) {
        requireGoingOn(listener);
        RgbImage image = quiet().read(file);
        double[] mean = Overpainting.mean(image, region.get().rows(image.height()));
        shots += mean.length == 0 ? 0 : 1;
        for (int band = 0; band < mean.length; band++) {
          sums[band] += mean[band];
        }
      }
    }
    int count = Math.max(1, shots);
    return Optional.of(
        new FilledRegion(
            region.get(),
            Arrays.stream(sums).mapToObj(sum -> (int) Math.round(sum / count)).toList()));
  }

  /** The reader without its listener: what there is to say of a shot is said once. */
  private ImageReader quiet() {
    return new ImageReader(reader.options());
  }

  private List<TrainingRemark> namesCut(LoadedBackbone backbone, List<String> names) {
    return ClassTexts.cut(
            backbone.clip().tokenizer(),
            config.prompts().textNames(names),
            config.prompts().states(),
            config.promptShape(backbone.clip().config()).textRows())
        .stream()
        .map(
            cut ->
                new TrainingRemark(
                    TrainingRemark.Kind.NAME_CUT,
                    List.of(cut.name()),
                    ("the name %s has %d tokens with the words for its state, and the text window"
                            + " has room for %d: its end is cut off; give a shorter name")
                        .formatted(InputException.quoted(cut.name()), cut.tokens(), cut.room())))
        .toList();
  }

  /**
   * Trains, and fills the memory.
   *
   * @param backbone the frozen CLIP
   * @param dataset the data set's name, for the record
   * @param shots of {@link #read}
   * @param files where to keep state and log
   * @return the detector, not yet written
   * @throws InputException if the loss becomes NaN, or a checkpoint is another training's
   * @throws CancellationException if the listener cancels; the checkpoint of the last epoch that
   *     was done stays
   */
  public DetectorBundle train(
      LoadedBackbone backbone, String dataset, Shots shots, TrainingFiles files) {
    TorchRuntime.start();
    config.check(backbone.clip().config(), shots.classNames());
    Provenance provenance = provenance(backbone, dataset, shots);
    String run = config.toJson() + "\n" + provenance.toJson();
    TrainingState state = begin(backbone, files, run);
    listener.stage(TrainingListener.Stage.TRAINING);
    try (TrainingRun training = new TrainingRun(this, backbone.clip(), shots, state, files)) {
      int epochs = config.optimizer().passes(shots.mostOfClass());
      listener.started(epochs, shots.all().size(), state.epochsDone());
      for (int epoch = state.epochsDone(); epoch < epochs; epoch++) {
        double meanLoss = training.epoch(epoch);
        save(files, run, training, shots.all());
        listener.epochDone(epoch + 1, meanLoss);
      }
      return finish(backbone, provenance, training.state().learned(), shots);
    }
  }

  /** The detector of a finished training. */
  private DetectorBundle finish(
      LoadedBackbone backbone,
      Provenance provenance,
      Map<String, FloatTensor> learned,
      Shots read) {
    List<Shot> shots = read.all();
    DetectorModels models = new DetectorModels(backbone, config);
    DetectorBundle bundle =
        new DetectorBundle(config.toJson(), provenance, learned, MemoryEncoders.files(config))
            .withRegion(read.region());
    List<ShotPatches> patches = List.of();
    if (config.memory().enabled()) {
      listener.stage(TrainingListener.Stage.FILLING_MEMORY);
      MemoryFiller filler = new MemoryFiller(models);
      patches = filler.patches(bundle, shots, () -> requireGoingOn(listener));
      bundle = bundle.withMemory(filler.kept(patches), provenance);
    }
    if (config.scene().enabled()) {
      bundle =
          bundle.withScene(
              Optional.of(
                  new SceneFiller(models)
                      .of(
                          bundle,
                          shots,
                          patches,
                          Optional.empty(),
                          () -> requireGoingOn(listener))));
    }
    listener.stage(TrainingListener.Stage.GOLDEN_IMAGE);
    requireGoingOn(listener);
    return models.withGoldenImage(bundle, shots.get(0).whole().image());
  }

  /**
   * Ends a training that its listener cancelled.
   *
   * @param listener who is asked
   * @throws CancellationException if it cancels
   */
  public static void requireGoingOn(TrainingListener listener) {
    if (listener.isCancelled()) {
      throw new CancellationException("the training was cancelled");
    }
  }

  private Provenance provenance(LoadedBackbone backbone, String dataset, Shots shots) {
    return new Provenance(
        ProgramVersion.current(),
        backbone.identity(),
        dataset,
        shots.classNames(),
        shots.origins(),
        config.seed(),
        backbone.clip().precision().id(),
        TorchRuntime.platform(backbone.clip().device()),
        MemoryEncoders.identities(config, backbone),
        reader.options().bitDepth());
  }

  /** The state of the checkpoint where there is one to go on from, else what the seed draws. */
  private TrainingState begin(LoadedBackbone backbone, TrainingFiles files, String run) {
    Map<String, FloatTensor> drawn =
        InitialValues.draw(
            backbone.clip(), config.promptShape(backbone.clip().config()), config.seed());
    if (continues(files, run)) {
      Map<String, List<Long>> shapes = new LinkedHashMap<>();
      drawn.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
      return TrainingCheckpoint.read(files.checkpoint().get(), run, shapes);
    }
    return TrainingState.initial(drawn);
  }

  private boolean continues(TrainingFiles files, String run) {
    if (files.checkpoint().filter(Files::exists).isEmpty()) {
      return false;
    }
    boolean continues =
        files.resume() == TrainingFiles.Resume.OWN
            && TrainingCheckpoint.isOf(files.checkpoint().get(), run);
    if (!continues) {
      listener.replaced(files.checkpoint().get());
    }
    return continues;
  }

  private void save(TrainingFiles files, String run, TrainingRun training, List<Shot> shots) {
    TrainingState state = training.state();
    files.checkpoint().ifPresent(file -> TrainingCheckpoint.write(file, run, state));
    files.log().ifPresent(file -> TrainingLog.write(file, state.history(), shots, training::rates));
  }
}
