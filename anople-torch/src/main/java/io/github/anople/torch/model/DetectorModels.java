package io.github.anople.torch.model;

import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.GoldenImage;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.bundle.SceneMemory;
import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.detect.Tiling;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.decoder.Decoder;
import io.github.anople.torch.encoder.TrunkSettings;
import io.github.anople.torch.encoder.TrunkWeights;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.scene.SceneLook;
import io.github.anople.torch.scene.SceneSight;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes models that detect of what was learned.
 *
 * @param backbone the frozen CLIP, which must outlive the models
 * @param config the training's settings
 */
public record DetectorModels(LoadedBackbone backbone, TrainingConfig config) {

  /**
   * Models of a bundle's settings.
   *
   * @param bundle the detector
   * @param where where it comes from, for messages
   * @param backbone the backbone that it was trained on
   * @return models on that backbone
   * @throws InputException if the detector was trained on another backbone, or its settings make no
   *     sense
   */
  public static DetectorModels of(DetectorBundle bundle, String where, LoadedBackbone backbone) {
    requireSame(bundle.provenance().backbone(), backbone.identity(), where);
    TrainingConfig config = TrainingConfig.parse(bundle.configuration(), where);
    config.check(backbone.clip().config(), bundle.provenance().classNames());
    requireSame(bundle.provenance().encoders(), MemoryEncoders.identities(config, backbone), where);
    return new DetectorModels(backbone, config);
  }

  private static void requireSame(
      Provenance.Backbone trained, Provenance.Backbone present, String where) {
    if (!trained.sha256().equals(present.sha256())) {
      throw new InputException(
          where,
          "was trained on the backbone %s (SHA-256 %s), not on this %s (SHA-256 %s)"
              .formatted(trained.name(), trained.sha256(), present.name(), present.sha256()),
          "give the backbone that it was trained on, or train it again on this one");
    }
  }

  private static void requireSame(
      List<Provenance.Backbone> trained, List<Provenance.Backbone> present, String where) {
    List<String> names = present.stream().map(Provenance.Backbone::name).toList();
    if (!trained.stream().map(Provenance.Backbone::name).toList().equals(names)) {
      throw new InputException(
          where,
          "does not tell the weights of its encoders " + names,
          "the detector is damaged: train it again");
    }
    for (int i = 0; i < present.size(); i++) {
      if (!trained.get(i).equals(present.get(i))) {
        throw new InputException(
            where,
            "was trained with %s of SHA-256 %s, not with the installed one of SHA-256 %s"
                .formatted(names.get(i), trained.get(i).sha256(), present.get(i).sha256()),
            "install the weights that it was trained with, or train it again with these");
      }
    }
  }

  /**
   * The sizes at which the models look at an image.
   *
   * @return the backbone's, and those of further encoders
   */
  public InputSizes sizes() {
    return MemoryEncoders.sizes(config, backbone.clip().config());
  }

  /**
   * How the models' pictures are cut into tiles.
   *
   * @return empty where they look at the whole
   */
  public Optional<Tiling> tiling() {
    return config.tiles().tiling();
  }

  /**
   * The model that a bundle describes.
   *
   * @param bundle a bundle of these settings
   * @param where where it comes from, for messages
   * @return a model to close
   * @throws InputException if the bundle's tensors do not fit its configuration and the backbone
   */
  public DetectionModel model(DetectorBundle bundle, String where) {
    check(bundle, where);
    return model(bundle, bundle.memory(), bundle.scene());
  }

  /**
   * The model that a bundle describes, without its memory: what fills a memory.
   *
   * @param bundle a bundle of these settings; its memory does not matter
   * @return a model to close
   */
  public DetectionModel withoutMemory(DetectorBundle bundle) {
    return model(bundle, Map.of(), Optional.empty());
  }

  /**
   * What the scene check of a bundle sees pictures with.
   *
   * @param bundle a bundle of these settings, with the trunk
   * @return to be closed
   */
  public SceneSight sceneSight(DetectorBundle bundle) {
    return sceneSight(bundle, Optional.empty());
  }

  private SceneSight sceneSight(DetectorBundle bundle, Optional<TrunkSettings> memory) {
    byte[] file = bundle.encoders().get(TrunkWeights.NAME);
    return new SceneSight(
        backbone.clip().config().vision().imageSize(),
        TrunkWeights.of(file, "the detector's trunk"),
        backbone.clip().device(),
        memory);
  }

  /** How the memory sees with the trunk, if it does so in the one place that the check looks at. */
  private Optional<TrunkSettings> shared() {
    boolean shares =
        MemoryEncoders.of(config).contains(TrunkWeights.NAME) && config.detection().shifts() == 1;
    return shares ? Optional.of(config.trunk().on(backbone.clip().config())) : Optional.empty();
  }

  private DetectionModel model(
      DetectorBundle bundle, Map<String, FloatTensor> memory, Optional<SceneMemory> scene) {
    ClipConfig clip = backbone.clip().config();
    DetectionModel.Recipe recipe =
        new DetectionModel.Recipe(
            config.promptShape(clip),
            config.prompts().textNames(bundle.provenance().classNames()),
            config.prompts().states(),
            config.views().count() - 1,
            MemoryEncoders.looking(config, backbone, bundle.encoders(), bundle.region()),
            bundle.learned());
    return new DetectionModel(
        backbone.clip(),
        recipe,
        memory,
        scene.map(
            remembered ->
                new SceneLook(
                    sceneSight(bundle, shared()),
                    remembered.patches(),
                    remembered.statistics(),
                    backbone.clip().device())));
  }

  private void check(DetectorBundle bundle, String where) {
    ClipConfig clip = backbone.clip().config();
    Map<String, List<Long>> expected = new LinkedHashMap<>(config.promptShape(clip).tensors());
    expected.putAll(Decoder.tensors(clip));
    Map<String, List<Long>> actual = new LinkedHashMap<>();
    bundle.learned().forEach((name, tensor) -> actual.put(name, tensor.shape()));
    if (!expected.equals(actual) || !memoryFits(bundle)) {
      throw new InputException(
          where,
          "its tensors " + actual + " do not fit its configuration, which asks for " + expected,
          "the detector is damaged: train it again");
    }
    if (!sceneFits(bundle)) {
      throw new InputException(
          where,
          "its scene check does not fit its configuration",
          "the detector is damaged: train it again");
    }
  }

  /** Whether what the scene check remembers has the sizes that it is compared with. */
  private boolean sceneFits(DetectorBundle bundle) {
    if (bundle.scene().isEmpty() || !config.scene().enabled()) {
      return bundle.scene().isPresent() == config.scene().enabled();
    }
    TrunkSettings settings = SceneSight.patches(backbone.clip().config().vision().imageSize());
    List<Long> patches = bundle.scene().get().patches().shape();
    long places = (long) settings.grid() * settings.grid();
    return patches.subList(1, 3).equals(List.of(places, (long) settings.width()))
        && bundle.scene().get().statistics().shape().get(1) == SceneSight.STATISTICS;
  }

  /** Whether each encoder has rows of its width, and what it needs to see. */
  private boolean memoryFits(DetectorBundle bundle) {
    Map<String, Long> widths = new LinkedHashMap<>();
    if (config.memory().enabled()) {
      for (String name : config.memory().encoders()) {
        widths.put(name, MemoryEncoders.width(config, backbone, name));
      }
    }
    Map<String, Long> present = new LinkedHashMap<>();
    bundle.memory().forEach((name, rows) -> present.put(name, rows.shape().get(1)));
    int places = config.tiles().places();
    return widths.equals(present)
        && bundle.memory().values().stream().allMatch(rows -> rows.shape().get(0) % places == 0)
        && bundle.encoders().keySet().equals(MemoryEncoders.carried(config));
  }

  /**
   * A bundle with a golden image, scored here. It is half as large as the input, so that the memory
   * does not know it: its score tests all parts.
   *
   * @param bundle a bundle of these settings
   * @param image any image; a shot's, or a golden image again
   * @return a new bundle
   * @throws InputException as {@link #model}
   */
  public DetectorBundle withGoldenImage(DetectorBundle bundle, RgbImage image) {
    int half = Math.max(1, backbone.clip().config().vision().imageSize() / 2);
    RgbImage small = Resampler.resize(image, half, half);
    try (DetectionModel model = model(bundle, "golden image")) {
      return bundle.withGoldenImage(Optional.of(GoldenImage.of(small, model.score(small))));
    }
  }
}
