package io.github.anople.torch.train;

import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.decoder.Decoder;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.memory.Coreset;
import io.github.anople.torch.memory.GridShifts;
import io.github.anople.torch.model.DetectionModel;
import io.github.anople.torch.model.Images;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.synth.Draws;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.bytedeco.pytorch.Tensor;

/**
 * Turns what was learned into a detector: memory, golden image, and the model that detects.
 *
 * @param backbone the frozen CLIP
 * @param config the training's settings
 */
public record DetectorFactory(LoadedBackbone backbone, TrainingConfig config) {

  private static final String GOLDEN_NAME = "golden image";

  /**
   * The model that a bundle describes, on this factory's backbone.
   *
   * @param bundle a bundle that was trained on this backbone
   * @param where the bundle's file, for messages
   * @return a model to close
   * @throws InputException if the bundle's tensors do not fit its configuration
   */
  public DetectionModel model(DetectorBundle bundle, String where) {
    check(bundle, where);
    return model(bundle.provenance().classNames(), bundle.learned(), bundle.memory().orElse(null));
  }

  private DetectionModel model(
      List<String> names, Map<String, FloatTensor> learned, FloatTensor memory) {
    ClipConfig clip = backbone.clip().config();
    DetectionModel.Recipe recipe =
        new DetectionModel.Recipe(
            config.promptShape(clip),
            config.prompts().textNames(names),
            config.prompts().stateWords(),
            config.views().count() - 1,
            config.memoryLayers(clip),
            config.detectionGrid(clip),
            learned);
    return new DetectionModel(backbone.clip(), recipe, memory);
  }

  private void check(DetectorBundle bundle, String where) {
    ClipConfig clip = backbone.clip().config();
    Map<String, List<Long>> expected = new LinkedHashMap<>(config.promptShape(clip).tensors());
    expected.putAll(Decoder.tensors(clip));
    Map<String, List<Long>> actual = new LinkedHashMap<>();
    bundle.learned().forEach((name, tensor) -> actual.put(name, tensor.shape()));
    boolean memoryFits =
        bundle
            .memory()
            .map(memory -> memory.shape().get(1) == clip.vision().width())
            .orElse(!config.memory().enabled());
    if (!expected.equals(actual) || !memoryFits) {
      throw new InputException(
          where,
          "its tensors " + actual + " do not fit its configuration, which asks for " + expected,
          "the detector is damaged: train it again");
    }
  }

  /** The detector of a finished training. */
  DetectorBundle finish(
      List<String> names,
      Provenance provenance,
      Map<String, FloatTensor> learned,
      List<Shot> shots) {
    DetectorBundle bundle =
        new DetectorBundle(
            config.toJson(),
            provenance,
            learned,
            config.memory().enabled()
                ? Optional.of(kept(patches(names, learned, wholes(shots))))
                : Optional.empty(),
            Optional.empty());
    return withGoldenImage(bundle, shots.get(0).whole());
  }

  /**
   * Extends a detector's memory with further good pictures, without training.
   *
   * @param bundle the detector
   * @param product the class that the pictures show
   * @param images good pictures
   * @param reader reads them
   * @return a new bundle whose provenance names the pictures too
   * @throws InputException if the detector has no memory, or a picture cannot be read
   */
  public DetectorBundle extend(
      DetectorBundle bundle, String product, List<Path> images, ImageReader reader) {
    FloatTensor old =
        bundle
            .memory()
            .orElseThrow(
                () ->
                    new InputException(
                        "detector", "was trained without memory", "train one with memory"));
    int side = backbone.clip().config().vision().imageSize();
    List<Shot> shots = new ArrayList<>();
    for (Path image : images) {
      shots.add(Shot.read(product, image, reader, side));
    }
    FloatTensor added = patches(bundle, wholes(shots));
    Provenance provenance =
        bundle.provenance().withShots(shots.stream().map(Shot::origin).toList());
    FloatTensor memory = kept(join(old, added), old.shape().get(0));
    DetectorBundle extended = bundle.withMemory(memory, provenance);
    return bundle
        .goldenImage()
        .map(golden -> withGoldenImage(extended, decode(golden.png())))
        .orElse(extended);
  }

  private static List<RgbImage> wholes(List<Shot> shots) {
    return shots.stream().map(Shot::whole).toList();
  }

  private static FloatTensor join(FloatTensor first, FloatTensor second) {
    return new FloatTensor(
        List.of(first.shape().get(0) + second.shape().get(0), first.shape().get(1)),
        joined(List.of(first.values(), second.values())));
  }

  private static float[] joined(List<float[]> parts) {
    float[] values = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, values, at, part.length);
      at += part.length;
    }
    return values;
  }

  /**
   * Every patch of a detector's shots, before some are selected for its memory.
   *
   * @param bundle the detector
   * @param shots pictures of its shots, S×S
   * @return {@code [patches, d_v]}, as many rows of each picture, one picture after another
   */
  public FloatTensor patches(DetectorBundle bundle, List<RgbImage> shots) {
    return patches(bundle.provenance().classNames(), bundle.learned(), shots);
  }

  /**
   * What the memory keeps of patches.
   *
   * @param patches {@code [patches, d_v]}
   * @return some of the rows, in their order; all of them where the configuration says so
   */
  public FloatTensor kept(FloatTensor patches) {
    return kept(patches, 0);
  }

  private FloatTensor kept(FloatTensor patches, long before) {
    if (new Coreset(config.memory().coreset()).isWhole()) {
      return patches;
    }
    long width = patches.shape().get(1);
    return TensorScope.inference(
        () -> {
          Tensor all = Tensors.of(patches.values(), patches.shape().get(0), width);
          Tensor rows = kept(backbone.clip().device().place(all), before, config);
          return new FloatTensor(List.of(rows.size(0), width), Tensors.floats(rows));
        });
  }

  /**
   * What a memory keeps of patches.
   *
   * @param patches {@code [patches, d_v]} of unit length
   * @param before how many of them were selected before, which count in full
   * @param config how much to keep, and the seed
   * @return some of the rows, in their order, of the current scope
   */
  public static Tensor kept(Tensor patches, long before, TrainingConfig config) {
    long count = new Coreset(config.memory().coreset()).rows(before, patches.size(0) - before);
    return Coreset.select(patches, count, Draws.of(config.seed(), "coreset", 0, 0));
  }

  /** The patches of the shots, seen as detection sees a picture. */
  private FloatTensor patches(
      List<String> names, Map<String, FloatTensor> learned, List<RgbImage> shots) {
    ClipConfig clip = backbone.clip().config();
    int width = clip.vision().width();
    GridShifts shifts = config.gridShifts(clip);
    List<float[]> rows = new ArrayList<>(); // one after another: all of a shot's together
    try (DetectionModel model = model(names, learned, null)) {
      for (RgbImage shot : shots) {
        TensorScope.inference(
            () -> {
              for (Tensor copy : shifts.of(Images.batch(backbone.clip(), List.of(shot)))) {
                rows.add(Tensors.floats(model.step().memoryFeatures(copy)));
              }
              return null;
            });
      }
    }
    return new FloatTensor(
        List.of((long) rows.size() * clip.vision().patches(), (long) width), joined(rows));
  }

  /**
   * A picture half as large as the input is none that the memory knows: its score tests all parts.
   */
  private DetectorBundle withGoldenImage(DetectorBundle bundle, RgbImage image) {
    int half = Math.max(1, backbone.clip().config().vision().imageSize() / 2);
    RgbImage small = Resampler.resize(image, half, half);
    double score = score(bundle, small);
    return bundle.withGoldenImage(
        Optional.of(new DetectorBundle.GoldenImage(encode(small), score)));
  }

  /**
   * The score of a bundle's golden image on this installation.
   *
   * @param model the bundle's model
   * @param golden the golden image
   * @return the score
   */
  public double goldenScore(DetectionModel model, DetectorBundle.GoldenImage golden) {
    return score(model, decode(golden.png()));
  }

  private double score(DetectorBundle bundle, RgbImage image) {
    try (DetectionModel model = model(bundle, GOLDEN_NAME)) {
      return score(model, image);
    }
  }

  private double score(DetectionModel model, RgbImage image) {
    return TensorScope.inference(
        () ->
            (double)
                model
                    .step()
                    .detect(Images.batch(backbone.clip(), List.of(image)))
                    .score()
                    .item_float());
  }

  private static RgbImage decode(byte[] png) {
    return new ImageReader().read(png, GOLDEN_NAME);
  }

  private static byte[] encode(RgbImage image) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image.toBufferedImage(), "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return png.toByteArray();
  }
}
