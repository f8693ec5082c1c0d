package io.github.anople.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.github.anople.core.InputException;
import io.github.anople.core.NativeWork;
import io.github.anople.core.SideBySide;
import io.github.anople.core.bundle.GoldenImage;
import io.github.anople.core.bundle.GoldenImage.Rounding;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Batches;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.detect.Scene;
import io.github.anople.core.detect.SharedUse;
import io.github.anople.core.detect.TiledDetection;
import io.github.anople.core.detect.Tiling;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.FilledRegion;
import io.github.anople.core.region.Region;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * An exported detector on ONNX Runtime. Safe to share between threads.
 *
 * <p>Pictures are resized by the same code as for training, so that no graph can disagree about it.
 */
public final class OnnxDetector implements AnomalyDetector {

  /** Pictures computed at a time: more would cost memory and gain nothing. */
  private static final int BATCH = 8;

  private static final String FP32 = "fp32";
  private static final String INT8 = "int8";

  private final OrtSession session;
  private final OnnxMetadata metadata;
  private final InputSizes sizes;
  private final OnnxSignature signature;
  private final Optional<TiledDetection> tiles;
  private final SharedUse use = new SharedUse();
  private final Optional<SideBySide> callers;

  private OnnxDetector(
      OrtSession session, OnnxMetadata metadata, OnnxSignature signature, OnnxSettings settings) {
    this.session = session;
    this.callers = callers(settings);
    this.metadata = metadata;
    this.sizes = InputSizes.of(metadata.imageSize(), metadata.furtherSizes());
    this.signature = signature;
    this.tiles =
        metadata
            .tiles()
            .map(
                tiling ->
                    new TiledDetection(
                        tiling, imageSize(), batch(), metadata.region(), new Tiles(tiling)));
  }

  private static Optional<SideBySide> callers(OnnxSettings settings) {
    return settings.provider() == OnnxProvider.CPU && settings.threads() > 1
        ? Optional.of(new SideBySide(Math.min(settings.threads(), BATCH), "anople-onnx"))
        : Optional.empty();
  }

  /**
   * In int8 the pictures of a batch shared the range of their activations in graphs of earlier
   * versions: alone, each gets the same score whatever comes with it. Pictures as they are may
   * differ in size.
   */
  private int batch() {
    boolean alone = signature.resizes() || metadata.precision().equals(INT8);
    return alone && callers.isEmpty() ? 1 : BATCH;
  }

  /**
   * Opens an exported detector on the processor, with all its physical cores.
   *
   * @param file a file that the export wrote
   * @return a detector to close
   * @throws InputException if the file is missing, foreign, cut short or changed, or computes
   *     something else here
   */
  public static OnnxDetector open(Path file) {
    return open(file, OnnxSettings.cpu());
  }

  /**
   * Opens an exported detector.
   *
   * @param file a file that the export wrote
   * @param settings where and how it is computed
   * @return a detector to close
   * @throws InputException if the file is missing, foreign, cut short or changed, or computes
   *     something else here, or the provider is not to be had
   */
  public static OnnxDetector open(Path file, OnnxSettings settings) {
    FileChecksum.check(file);
    return NativeWork.call(() -> opened(file, settings));
  }

  private static OnnxDetector opened(Path file, OnnxSettings settings) {
    OrtSession session = session(OrtEnvironments.get(), file, settings);
    try {
      OnnxMetadata metadata =
          OnnxMetadata.of(session.getMetadata().getCustomMetadata(), file.toString());
      OnnxDetector detector =
          new OnnxDetector(session, metadata, OnnxSignature.of(session, metadata, file), settings);
      metadata.golden().ifPresent(golden -> detector.checkGolden(file, golden));
      return detector;
    } catch (OrtException e) {
      close(session);
      throw unusable(file, e);
    } catch (RuntimeException e) {
      close(session);
      throw e;
    }
  }

  private static OrtSession session(OrtEnvironment environment, Path file, OnnxSettings settings) {
    requireOpenable(file.toAbsolutePath());
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(settings.threads());
      // A thread that waits spinning takes the core from one that another program holds up.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      settings.provider().addTo(options, settings.device());
      return environment.createSession(file.toAbsolutePath().toString(), options);
    } catch (OrtException e) {
      throw unusable(file, e);
    }
  }

  /** ONNX Runtime's Java interface hands such names on in a form that no system knows. */
  private static void requireOpenable(Path file) {
    if (file.toString().codePoints().anyMatch(Character::isSupplementaryCodePoint)) {
      throw new InputException(
          file,
          "has a character in its path that ONNX Runtime's Java interface cannot open",
          "rename it, or the folder, without emoji and other rare characters");
    }
    // What Java puts for bytes of a name that its locale does not know.
    if (file.toString().indexOf('\uFFFD') >= 0) {
      throw new InputException(
          file,
          "has characters in its path that this process cannot name in its locale ("
              + System.getProperty("sun.jnu.encoding")
              + "), and ONNX Runtime opens it by its name",
          "start Java with a UTF-8 locale (such as LC_ALL=C.UTF-8), or rename it or the folder");
    }
  }

  private static InputException unusable(Path file, OrtException fault) {
    // It begins with the path, and a long one would leave no room for the cause.
    String cause = fault.getMessage().replaceFirst("^.*?Load model from .* failed:", "");
    return new InputException(
        file,
        "is refused by ONNX Runtime (" + InputException.quoted(cause) + ")",
        "export it again, or with another precision",
        fault);
  }

  private void checkGolden(Path file, GoldenImage golden) {
    RgbImage image = golden.image(file.toString());
    golden.check(
        metadata.tiles().isPresent() ? ofOneTile(image) : detect(image).score(),
        metadata.precision().equals(FP32) && !signature.resizes()
            ? Rounding.SAME_FORMAT
            : Rounding.OTHER_FORMAT,
        file.toString(),
        "exported",
        "this installation computes different scores: export it again, or with another precision");
  }

  /**
   * What the file says of itself.
   *
   * @return never null
   */
  public OnnxMetadata metadata() {
    return metadata;
  }

  @Override
  public int imageSize() {
    return metadata.imageSize();
  }

  @Override
  public PreparedImage prepare(RgbImage image) {
    return tiles.isPresent() ? tiles.get().prepare(image) : ofWhole(image);
  }

  private float ofOneTile(RgbImage image) {
    Tiles engine = new Tiles(metadata.tiles().orElseThrow());
    return engine.detect(List.of(engine.prepare(image)), List.of(0)).get(0).score();
  }

  private PreparedImage ofWhole(RgbImage image) {
    return signature.resizes()
        ? new PreparedImage(metadata.region().map(some -> some.fill(image)).orElse(image))
        : sizes.prepare(image, metadata.region());
  }

  @Override
  public Optional<Region> region() {
    return metadata.region().map(FilledRegion::region);
  }

  @Override
  public List<Detection> detectPrepared(List<PreparedImage> images) {
    boolean checks = metadata.scene().isPresent();
    return tiles.isPresent()
        ? tiles.get().detect(images)
        : Batches.detect(images, batch(), some -> detectSome(some, List.of(), checks));
  }

  /** An accelerator takes a batch at once; of a processor's cores each takes a picture. */
  private List<Detection> detectSome(
      List<PreparedImage> images, List<Integer> places, boolean checks) {
    if (callers.isEmpty() || images.size() == 1) {
      return detectBatch(images, places, checks);
    }
    return callers
        .get()
        .map(
            images.size(),
            i -> {
              List<Integer> place = places.isEmpty() ? places : places.subList(i, i + 1);
              return detectBatch(images.subList(i, i + 1), place, checks).get(0);
            });
  }

  /** Scores a picture's tiles, and measures the whole. */
  private final class Tiles implements TiledDetection.Engine {

    private final boolean byPlace;

    Tiles(Tiling tiling) {
      this.byPlace = tiling.byPlace();
    }

    @Override
    public PreparedImage prepare(RgbImage image) {
      return signature.resizes() ? new PreparedImage(image) : sizes.prepare(image);
    }

    @Override
    public PreparedImage whole(RgbImage picture) {
      return ofWhole(picture);
    }

    @Override
    public List<Detection> detect(List<PreparedImage> some, List<Integer> places) {
      return detectSome(some, byPlace ? places : List.of(), false);
    }

    @Override
    public List<Scene> scenes(List<PreparedImage> pictures) {
      if (metadata.scene().isEmpty()) {
        return List.of();
      }
      List<Integer> at = byPlace ? pictures.stream().map(any -> 0).toList() : List.of();
      float[] rows =
          run(
              pictures,
              at,
              Set.of(OnnxSignature.SCENE),
              result -> numbers(result, OnnxSignature.SCENE));
      return IntStream.range(0, pictures.size()).mapToObj(i -> Scene.of(rows, i)).toList();
    }
  }

  private List<Detection> detectBatch(
      List<PreparedImage> images, List<Integer> places, boolean checks) {
    Set<String> outputs =
        checks
            ? Set.of(OnnxSignature.SCORE, OnnxSignature.MAP, OnnxSignature.SCENE)
            : Set.of(OnnxSignature.SCORE, OnnxSignature.MAP);
    return run(
        images,
        places,
        outputs,
        result ->
            Detection.ofBatch(
                numbers(result, OnnxSignature.SCORE),
                imageSize(),
                numbers(result, OnnxSignature.MAP),
                Optional.empty(),
                checks ? Optional.of(numbers(result, OnnxSignature.SCENE)) : Optional.empty()));
  }

  private <T> T run(
      List<PreparedImage> images,
      List<Integer> places,
      Set<String> outputs,
      Function<OrtSession.Result, T> read) {
    return use.call(
        () ->
            NativeWork.call(
                () -> {
                  try (OnnxImages inputs = OnnxImages.of(images, places, signature.input());
                      OrtSession.Result result = session.run(inputs.byName(), outputs)) {
                    return read.apply(result);
                  } catch (OrtException e) {
                    throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
                  }
                }));
  }

  private static float[] numbers(OrtSession.Result result, String output) {
    FloatBuffer buffer = ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
    float[] numbers = new float[buffer.remaining()];
    buffer.get(numbers);
    return numbers;
  }

  @Override
  public void close() {
    use.close(() -> close(session));
    callers.ifPresent(SideBySide::close);
  }

  private static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    }
  }
}
