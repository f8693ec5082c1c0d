package io.github.anople.torch;

import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.GoldenImage.Rounding;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Batches;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.ImageFeature;
import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.detect.Scene;
import io.github.anople.core.detect.SharedUse;
import io.github.anople.core.detect.TextFeatures;
import io.github.anople.core.detect.TiledDetection;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.FilledRegion;
import io.github.anople.core.region.Region;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.engine.TorchRuntime;
import io.github.anople.torch.engine.Workers;
import io.github.anople.torch.model.AttentionProbe;
import io.github.anople.torch.model.DetectionModel;
import io.github.anople.torch.model.DetectionStep;
import io.github.anople.torch.model.DetectorModels;
import io.github.anople.torch.model.FrozenDetector;
import io.github.anople.torch.model.Seen;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.pretrained.OpenClipWeights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A trained detector on libtorch. Safe to share between threads. */
public final class TorchDetector implements AnomalyDetector {

  /** Pictures encoded at a time: more would cost memory and gain nothing. */
  private static final int BATCH = 8;

  private final LoadedBackbone backbone;
  private final boolean ownsBackbone;
  private final DetectionModel model;
  private final InputSizes sizes;
  private final Optional<TiledDetection> tiles;
  private final SharedUse use = new SharedUse();
  private final Optional<Workers> workers;

  private TorchDetector(LoadedBackbone backbone, boolean ownsBackbone, DetectionModel model) {
    this.backbone = backbone;
    this.ownsBackbone = ownsBackbone;
    this.model = model;
    this.sizes = model.step().look().sizes();
    this.workers =
        backbone.clip().device().kind() == ComputeDevice.Kind.CPU
            ? Optional.of(Workers.forPieces(BATCH))
            : Optional.empty();
    this.tiles =
        model
            .looking()
            .tiles()
            .map(
                tiling ->
                    new TiledDetection(
                        tiling, imageSize(), BATCH, model.looking().region(), new Tiles()));
  }

  /**
   * Opens a detector and its backbone, to compute on the processor.
   *
   * @param bundle a file that training wrote
   * @param backbone the OpenCLIP folder or weights file that it was trained on
   * @param precision number format of the encoders
   * @return a detector to close
   * @throws InputException if either is unusable, or they do not belong together
   */
  public static TorchDetector open(Path bundle, Path backbone, Precision precision) {
    return open(bundle, backbone, precision, ComputeDevice.CPU);
  }

  /**
   * Opens a detector and its backbone.
   *
   * @param bundle a file that training wrote
   * @param backbone the OpenCLIP folder or weights file that it was trained on
   * @param precision number format of the encoders
   * @param device where to compute
   * @return a detector to close
   * @throws InputException if either is unusable, or they do not belong together
   */
  public static TorchDetector open(
      Path bundle, Path backbone, Precision precision, ComputeDevice device) {
    DetectorBundle read = DetectorBundle.read(bundle);
    LoadedBackbone loaded = LoadedBackbone.open(OpenClipWeights.open(backbone), precision, device);
    try {
      return new TorchDetector(loaded, true, model(read, bundle.toString(), loaded));
    } catch (RuntimeException e) {
      loaded.close();
      throw e;
    }
  }

  /**
   * A detector on a backbone that is loaded already, and stays its owner's.
   *
   * @param bundle the detector
   * @param where where it comes from, for messages
   * @param backbone the backbone that it was trained on
   * @return a detector to close, before the backbone
   * @throws InputException if they do not belong together
   */
  public static TorchDetector of(DetectorBundle bundle, String where, LoadedBackbone backbone) {
    return new TorchDetector(backbone, false, model(bundle, where, backbone));
  }

  private static DetectionModel model(
      DetectorBundle bundle, String where, LoadedBackbone backbone) {
    DetectionModel model = DetectorModels.of(bundle, where, backbone).model(bundle, where);
    try {
      bundle
          .goldenImage()
          .ifPresent(
              golden ->
                  golden.check(
                      model.score(golden.image(where)),
                      rounding(bundle.provenance(), backbone),
                      where,
                      "trained",
                      "the file is damaged or this installation computes different scores: train it"
                          + " again"));
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
    return model;
  }

  /** The same format; bf16 rounds on each kind of card in a way of its own. */
  private static Rounding rounding(Provenance trained, LoadedBackbone backbone) {
    Precision precision = backbone.clip().precision();
    boolean onCard =
        backbone.clip().device().kind() == ComputeDevice.Kind.CUDA
            || TorchRuntime.computedOnCard(trained.platform());
    boolean alike =
        precision.id().equals(trained.precision()) && (precision == Precision.FP32 || !onCard);
    return alike ? Rounding.SAME_FORMAT : Rounding.OTHER_FORMAT;
  }

  /**
   * The detector as constants, for an engine other than libtorch.
   *
   * @return plain Java values, readable until this detector or its backbone is closed
   */
  public FrozenDetector freeze() {
    return model.freeze();
  }

  /**
   * Looks at the attention inside the towers.
   *
   * @param look asks the probe, which is of use meanwhile alone
   * @param <T> what is found
   * @return what was found
   */
  public <T> T attention(Function<AttentionProbe, T> look) {
    return use.call(() -> look.apply(new AttentionProbe(model.step())));
  }

  @Override
  public int imageSize() {
    return backbone.clip().config().vision().imageSize();
  }

  @Override
  public PreparedImage prepare(RgbImage image) {
    return tiles.isPresent()
        ? tiles.get().prepare(image)
        : sizes.prepare(image, model.looking().region());
  }

  @Override
  public Optional<Region> region() {
    return model.looking().region().map(FilledRegion::region);
  }

  @Override
  public List<Detection> detectPrepared(List<PreparedImage> images) {
    return tiles.isPresent()
        ? tiles.get().detect(images)
        : Batches.detect(
            images,
            BATCH,
            some -> shared(some.size(), (from, to) -> detectBatch(some.subList(from, to))));
  }

  /**
   * The score of an image that is looked at as one tile, as a golden image is.
   *
   * @param image of any size
   * @return its score
   */
  public double scoreOfTile(RgbImage image) {
    return use.call(() -> model.score(image));
  }

  /** Scores a picture's tiles, and measures the whole. */
  private final class Tiles implements TiledDetection.Engine {

    @Override
    public PreparedImage prepare(RgbImage image) {
      return sizes.prepare(image);
    }

    @Override
    public PreparedImage whole(RgbImage picture) {
      return sizes.prepare(picture, model.looking().region());
    }

    @Override
    public List<Detection> detect(List<PreparedImage> some, List<Integer> places) {
      return shared(
          some.size(), (from, to) -> detectTiles(some.subList(from, to), places.subList(from, to)));
    }

    private List<Detection> detectTiles(List<PreparedImage> some, List<Integer> places) {
      return TensorScope.inference(
          () -> {
            Seen seen = model.step().look().prepared(some).at(places);
            return detections(model.step().detect(seen), Optional.empty());
          });
    }

    @Override
    public List<Scene> scenes(List<PreparedImage> pictures) {
      return use.call(
          () ->
              TensorScope.inference(
                  () ->
                      model
                          .scene(model.step().look().prepared(pictures))
                          .map(Tensors::floats)
                          .map(rows -> scenes(rows, pictures.size()))
                          .orElse(List.of())));
    }

    private static List<Scene> scenes(float[] rows, int count) {
      return IntStream.range(0, count).mapToObj(picture -> Scene.of(rows, picture)).toList();
    }
  }

  /** Some of the pictures at hand, from the first number to before the second. */
  private interface Some {

    List<Detection> detect(int from, int to);
  }

  /** A card takes a batch at once; of a processor's cores each takes a picture. */
  private List<Detection> shared(int images, Some batch) {
    if (workers.isEmpty() || images == 1) {
      return use.call(() -> batch.detect(0, images));
    }
    return workers.get().map(images, i -> use.call(() -> batch.detect(i, i + 1)).get(0));
  }

  private List<Detection> detectBatch(List<PreparedImage> images) {
    return TensorScope.inference(
        () -> {
          Seen seen = model.step().look().prepared(images);
          DetectionModel.Inspected inspected = model.inspect(seen);
          return detections(inspected.detection(), inspected.scene().map(Tensors::floats));
        });
  }

  private List<Detection> detections(DetectionStep.Result result, Optional<float[]> scenes) {
    return Detection.ofBatch(
        Tensors.floats(result.score()),
        imageSize(),
        Tensors.floats(result.map()),
        Optional.of(Tensors.floats(result.feature())),
        scenes);
  }

  @Override
  public Optional<TextFeatures> textFeatures() {
    float[] texts = TensorScope.inference(() -> Tensors.floats(model.step().texts()));
    int width = texts.length / 2;
    return Optional.of(new TextFeatures(feature(texts, width, 0), feature(texts, width, 1)));
  }

  private static ImageFeature feature(float[] rows, int width, int row) {
    return ImageFeature.of(Arrays.copyOfRange(rows, row * width, (row + 1) * width));
  }

  @Override
  public void close() {
    use.close(
        () -> {
          model.close();
          if (ownsBackbone) {
            backbone.close();
          }
        });
    workers.ifPresent(Workers::close);
  }
}
