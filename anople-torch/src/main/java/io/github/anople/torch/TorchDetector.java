package io.github.anople.torch;

import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Batches;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.ImageFeature;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.detect.SharedUse;
import io.github.anople.core.detect.TextFeatures;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.engine.TorchRuntime;
import io.github.anople.torch.model.DetectionModel;
import io.github.anople.torch.model.DetectionStep;
import io.github.anople.torch.model.FrozenDetector;
import io.github.anople.torch.model.Images;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.pretrained.OpenClipWeights;
import io.github.anople.torch.train.DetectorFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A trained detector on libtorch. Safe to share between threads. */
public final class TorchDetector implements AnomalyDetector {

  /** Pictures encoded at a time: more would cost memory and gain nothing. */
  private static final int BATCH = 8;

  /** What rounding may do to the golden image's score: in one number format, and between two. */
  private static final double SAME_FORMAT = 1e-3;

  private static final double OTHER_FORMAT = 0.05;

  private final LoadedBackbone backbone;
  private final boolean ownsBackbone;
  private final DetectionModel model;
  private final SharedUse use = new SharedUse();

  private TorchDetector(LoadedBackbone backbone, boolean ownsBackbone, DetectionModel model) {
    this.backbone = backbone;
    this.ownsBackbone = ownsBackbone;
    this.model = model;
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

  /**
   * Extends a detector's memory with further good pictures, without training.
   *
   * @param bundle the detector
   * @param where where it comes from, for messages
   * @param backbone the backbone that it was trained on
   * @param product the class that the pictures show
   * @param images good pictures
   * @param reader reads them
   * @return a new bundle, whose provenance names the pictures too
   * @throws InputException if detector and backbone do not belong together, the detector has no
   *     memory, or a picture cannot be read
   */
  public static DetectorBundle extend(
      DetectorBundle bundle,
      String where,
      LoadedBackbone backbone,
      String product,
      List<Path> images,
      ImageReader reader) {
    return factory(bundle, where, backbone).extend(bundle, product, images, reader);
  }

  private static DetectionModel model(
      DetectorBundle bundle, String where, LoadedBackbone backbone) {
    DetectorFactory factory = factory(bundle, where, backbone);
    DetectionModel model = factory.model(bundle, where);
    try {
      bundle.goldenImage().ifPresent(golden -> checkGolden(bundle, where, factory, model, golden));
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
    return model;
  }

  private static DetectorFactory factory(
      DetectorBundle bundle, String where, LoadedBackbone backbone) {
    requireSame(bundle.provenance().backbone(), backbone.identity(), where);
    TrainingConfig config = TrainingConfig.parse(bundle.configuration(), where);
    config.check(backbone.clip().config(), bundle.provenance().classNames());
    return new DetectorFactory(backbone, config);
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

  private static void checkGolden(
      DetectorBundle bundle,
      String where,
      DetectorFactory factory,
      DetectionModel model,
      DetectorBundle.GoldenImage golden) {
    double score = factory.goldenScore(model, golden);
    double allowed =
        roundsAlike(bundle.provenance(), factory.backbone()) ? SAME_FORMAT : OTHER_FORMAT;
    if (!(Math.abs(score - golden.score()) <= allowed)) {
      throw new InputException(
          where,
          "scores its golden image "
              + score
              + " here, and "
              + golden.score()
              + " where it was trained",
          "the file is damaged or this installation computes something else: train it again");
    }
  }

  /** The same format; bf16 rounds on each kind of card in a way of its own. */
  private static boolean roundsAlike(Provenance trained, LoadedBackbone backbone) {
    Precision precision = backbone.clip().precision();
    boolean onCard =
        backbone.clip().device().kind() == ComputeDevice.Kind.CUDA
            || TorchRuntime.computedOnCard(trained.platform());
    return precision.id().equals(trained.precision()) && (precision == Precision.FP32 || !onCard);
  }

  /**
   * The detector as constants, for an engine other than libtorch.
   *
   * @return plain Java values, readable until this detector or its backbone is closed
   */
  public FrozenDetector freeze() {
    return model.freeze();
  }

  @Override
  public int imageSize() {
    return backbone.clip().config().vision().imageSize();
  }

  @Override
  public List<Detection> detect(List<RgbImage> images) {
    return Batches.detect(images, BATCH, some -> use.call(() -> detectBatch(some)));
  }

  private List<Detection> detectBatch(List<RgbImage> images) {
    return TensorScope.inference(
        () -> {
          DetectionStep.Result result = model.step().detect(Images.batch(backbone.clip(), images));
          float[] scores = Tensors.floats(result.score());
          float[] maps = Tensors.floats(result.map());
          float[] features = Tensors.floats(result.feature());
          int width = features.length / scores.length;
          int pixels = imageSize() * imageSize();
          List<Detection> detections = new ArrayList<>();
          for (int i = 0; i < scores.length; i++) {
            float[] map = Arrays.copyOfRange(maps, i * pixels, (i + 1) * pixels);
            detections.add(
                new Detection(
                    scores[i],
                    ScoreMap.of(imageSize(), map),
                    Optional.of(feature(features, width, i))));
          }
          return detections;
        });
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
  }
}
