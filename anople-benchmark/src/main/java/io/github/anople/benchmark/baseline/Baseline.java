package io.github.anople.benchmark.baseline;

import io.github.anople.benchmark.Method;
import io.github.anople.benchmark.descriptor.DescriptorDetector;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.inspect.data.Sample;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.config.MemorySettings;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.synth.AnomalySource;
import io.github.anople.torch.train.Trainer;
import io.github.anople.torch.train.TrainingClass;
import io.github.anople.torch.train.TrainingFiles;
import io.github.anople.torch.train.TrainingListener;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A method with its settings, ready to be fitted on shots.
 *
 * @param method which
 * @param config settings; a method without training reads its memory layers, or nothing
 */
record Baseline(Method method, TrainingConfig config) {

  private static final Map<String, String> MAPLE_DRAEM =
      Map.of(
          "prompts.interaction", "text-to-image",
          "views.signal", "false",
          "views.sub_images", "false",
          "losses.align", "none",
          "anomalies.pixel", "true",
          "anomalies.latent", "false",
          "losses.pixel", "false",
          "optimizer.decoder_rate", "0",
          "memory.enabled", "false");

  /**
   * A method with the settings that make it what it is.
   *
   * <p>{@code maple+draem} is the baseline "MaPLe + DRAEM" of the AnoPLe paper: MaPLe's coupling
   * from text to image (Khattak et al., CVPR 2023) trained on DRAEM's simulated anomalies
   * (Zavrtanik et al., ICCV 2021) by the image's cross entropy alone, without view signal,
   * sub-images, decoder, align term, latent anomalies or memory; its map is CLIP's dense projection
   * against the texts. Unlike MaPLe's own, its image tower has contexts besides the coupled ones
   * (Table 3a's text-to-image). {@code random-prompts} is AnoPLe after no epoch at all.
   *
   * @param method which
   * @param base settings to start from
   * @return the contender
   */
  static Baseline of(Method method, TrainingConfig base) {
    return new Baseline(
        method,
        switch (method) {
          case MAPLE_DRAEM -> base.with(MAPLE_DRAEM);
          case RANDOM_PROMPTS -> base.with("optimizer.epochs", "0");
          // That switch is AnoPLe's: these are a memory.
          case MEMORY, PATCHCORE, PADIM, SPADE, FASTRECON -> base.with("memory.enabled", "true");
          case ANOPLE, WINCLIP, PROMPTAD, PROMPTAD_G, PATCH_DESCRIPTORS -> base;
        });
  }

  /**
   * What a fitting works on.
   *
   * @param dataset the data set's name, for the record
   * @param classes names and shots, in an order that stays; no shots where the method can do
   *     without
   * @param files where a training keeps its state
   * @param listener told of a training's progress
   * @param reader reads the shots
   */
  record Shots(
      String dataset,
      Map<String, List<Sample>> classes,
      TrainingFiles files,
      TrainingListener listener,
      ImageReader reader) {}

  /**
   * Makes a detector from shots.
   *
   * @param backbone the frozen CLIP, which must outlive the detector; {@code patch-descriptors}
   *     takes the side of its maps from it alone
   * @param shots what to fit on
   * @return a detector to close
   * @throws InputException if the settings do not fit, a picture cannot be read, or there are too
   *     few shots
   */
  AnomalyDetector fit(LoadedBackbone backbone, Shots shots) {
    check(backbone, shots);
    return switch (method) {
      case ANOPLE, RANDOM_PROMPTS, MAPLE_DRAEM ->
          TorchDetector.of(bundle(backbone, shots), method.id(), backbone);
      case MEMORY ->
          PatchMemory.fit(
              backbone, trainer(config, shots).read(backbone, classes(shots)).all(), config);
      case PATCHCORE -> onPatches(backbone, seen -> PatchCore.fit(seen, images(shots), config));
      case PADIM -> onPatches(backbone, seen -> Padim.fit(seen, images(shots), config));
      case SPADE -> onPatches(backbone, seen -> Spade.fit(seen, images(shots)));
      case FASTRECON -> onPatches(backbone, seen -> FastRecon.fit(seen, images(shots), config));
      case WINCLIP -> WinClip.fit(backbone.clip(), names(shots), images(shots));
      case PROMPTAD -> promptAd(backbone, shots, PromptAd.Form.FULL);
      case PROMPTAD_G -> promptAd(backbone, shots, PromptAd.Form.GENERIC);
      case PATCH_DESCRIPTORS ->
          DescriptorDetector.fit(images(shots), backbone.clip().config().vision().imageSize());
    };
  }

  private AnomalyDetector onPatches(
      LoadedBackbone backbone, Function<FrozenPatches, AnomalyDetector> fit) {
    FrozenPatches patches = PatchNetworks.of(backbone, config);
    try {
      return fit.apply(patches);
    } catch (RuntimeException | Error e) {
      patches.close();
      throw e;
    }
  }

  private AnomalyDetector promptAd(LoadedBackbone backbone, Shots shots, PromptAd.Form form) {
    return PromptAd.fit(
        backbone.clip(),
        names(shots),
        images(shots),
        form,
        config.seed(),
        () -> Trainer.requireGoingOn(shots.listener()));
  }

  /** What texts call the classes. */
  private List<String> names(Shots shots) {
    return config.prompts().textNames(List.copyOf(shots.classes().keySet()));
  }

  private void check(LoadedBackbone backbone, Shots shots) {
    shots
        .classes()
        .forEach(
            (name, samples) -> {
              if (samples.size() < method.leastShots()) {
                throw new InputException(
                    "class " + name, "has no shots", method.id() + " needs at least one");
              }
            });
    config.check(backbone.clip().config(), List.copyOf(shots.classes().keySet()));
  }

  /**
   * The networks that it sees with: the backbone where prompts or texts are, and what its memory
   * sees with.
   *
   * @param backbone what the backbone is called
   * @return their names, joined
   */
  String sees(String backbone) {
    Stream<String> remembering =
        (config.memory().enabled() ? config.memory().encoders().stream() : Stream.<String>empty())
            .map(name -> name.equals(MemorySettings.CLIP) ? backbone : name);
    return switch (method) {
      case PATCH_DESCRIPTORS -> "none";
      case WINCLIP, PROMPTAD, PROMPTAD_G -> backbone;
      case MEMORY, PATCHCORE, PADIM, SPADE, FASTRECON ->
          remembering.collect(Collectors.joining(" + "));
      case ANOPLE, RANDOM_PROMPTS, MAPLE_DRAEM ->
          Stream.concat(Stream.of(backbone), remembering)
              .distinct()
              .collect(Collectors.joining(" + "));
    };
  }

  /**
   * Whether the method trains, and so makes a {@link #bundle}.
   *
   * @return false for a method that only remembers, or that learns what no bundle holds
   */
  boolean trains() {
    return switch (method) {
      case ANOPLE, RANDOM_PROMPTS, MAPLE_DRAEM -> true;
      case MEMORY,
          PATCHCORE,
          PADIM,
          SPADE,
          FASTRECON,
          WINCLIP,
          PROMPTAD,
          PROMPTAD_G,
          PATCH_DESCRIPTORS ->
          false;
    };
  }

  /**
   * Trains a detector, of a method that {@link #trains}.
   *
   * @param backbone the frozen CLIP
   * @param shots what to fit on
   * @return the detector's values
   * @throws InputException as {@link #fit}
   */
  DetectorBundle bundle(LoadedBackbone backbone, Shots shots) {
    check(backbone, shots);
    return trainer(config, shots).train(backbone, shots.dataset(), classes(shots), shots.files());
  }

  private static Trainer trainer(TrainingConfig config, Shots shots) {
    return new Trainer(config, AnomalySource.ofItself(), shots.reader(), shots.listener());
  }

  private static List<TrainingClass> classes(Shots shots) {
    return shots.classes().entrySet().stream()
        .map(
            entry ->
                new TrainingClass(
                    entry.getKey(), entry.getValue().stream().map(Sample::image).toList()))
        .toList();
  }

  private static List<RgbImage> images(Shots shots) {
    return shots.classes().values().stream()
        .flatMap(List::stream)
        .map(sample -> shots.reader().read(sample.image()))
        .toList();
  }
}
