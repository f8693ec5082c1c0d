package io.github.anople.core.bundle;

import io.github.anople.core.InputException;
import io.github.anople.core.InputException.Topic;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.core.tensorfile.SafetensorsFile;
import io.github.anople.core.tensorfile.TensorSource;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A trained detector as it is shipped: everything but the backbone, in one safetensors file named
 * {@code *.anople}. It holds no code.
 *
 * @param configuration the training's settings as JSON, for the module that trains and detects
 * @param provenance what it was made from
 * @param learned what was learned, by name
 * @param memory R, patches of good pictures, {@code [patches, d_v]}, rows of unit length; empty
 *     where detection goes without
 * @param goldenImage a picture with its score, to notice an installation that computes something
 *     else
 * @param calibration thresholds and where they are from; empty where nobody decided yet
 */
public record DetectorBundle(
    String configuration,
    Provenance provenance,
    Map<String, FloatTensor> learned,
    Optional<FloatTensor> memory,
    Optional<GoldenImage> goldenImage,
    Optional<Calibration> calibration) {

  private static final String FORMAT = "anople-detector";

  /** What a program must know to detect. */
  private static final String MAJOR = "1";

  /** 1.1 added the calibration, without which a detector is whole. */
  private static final String VERSION = MAJOR + ".1";

  private static final String FORMAT_KEY = "format";
  private static final String VERSION_KEY = "format_version";
  private static final String CONFIGURATION_KEY = "configuration";
  private static final String PROVENANCE_KEY = "provenance";
  private static final String GOLDEN_SCORE_KEY = "golden_score";
  private static final String CALIBRATION_KEY = "calibration";

  private static final String LEARNED_PREFIX = "learned.";
  private static final String MEMORY = "memory";
  private static final String GOLDEN_IMAGE = "golden_image";

  /** Keeps the order of what was learned: equal detectors write equal files. */
  public DetectorBundle {
    learned = new LinkedHashMap<>(learned);
  }

  /**
   * A detector that is not calibrated.
   *
   * @param configuration the training's settings as JSON
   * @param provenance what it was made from
   * @param learned what was learned
   * @param memory R
   * @param goldenImage a picture with its score
   */
  public DetectorBundle(
      String configuration,
      Provenance provenance,
      Map<String, FloatTensor> learned,
      Optional<FloatTensor> memory,
      Optional<GoldenImage> goldenImage) {
    this(configuration, provenance, learned, memory, goldenImage, Optional.empty());
  }

  /**
   * The same detector with another memory, and without calibration: its scores are others now.
   *
   * @param rows R, {@code [patches, d_v]}
   * @param from where all its pictures come from
   * @return a new bundle
   */
  public DetectorBundle withMemory(FloatTensor rows, Provenance from) {
    return new DetectorBundle(configuration, from, learned, Optional.of(rows), goldenImage);
  }

  /**
   * The same detector with another golden image, or without one.
   *
   * @param golden the picture and its score
   * @return a new bundle
   */
  public DetectorBundle withGoldenImage(Optional<GoldenImage> golden) {
    return new DetectorBundle(configuration, provenance, learned, memory, golden, calibration);
  }

  /**
   * The same detector with other thresholds, or without any. Scores and maps do not depend on them.
   *
   * @param decided thresholds and where they are from
   * @return a new bundle
   */
  public DetectorBundle withCalibration(Optional<Calibration> decided) {
    return new DetectorBundle(configuration, provenance, learned, memory, goldenImage, decided);
  }

  /**
   * Writes the bundle, whole or not at all.
   *
   * @param file the file, replaced if it is there
   */
  public void write(Path file) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(FORMAT_KEY, FORMAT);
    metadata.put(VERSION_KEY, VERSION);
    metadata.put(CONFIGURATION_KEY, configuration);
    metadata.put(PROVENANCE_KEY, provenance.toJson());
    goldenImage.ifPresent(
        golden -> metadata.put(GOLDEN_SCORE_KEY, Double.toString(golden.score())));
    calibration.ifPresent(decided -> metadata.put(CALIBRATION_KEY, decided.toJson()));
    List<TensorSource> tensors = new ArrayList<>();
    learned.forEach(
        (name, tensor) ->
            tensors.add(TensorSource.of(LEARNED_PREFIX + name, tensor.shape(), tensor.values())));
    memory.ifPresent(
        tensor -> tensors.add(TensorSource.of(MEMORY, tensor.shape(), tensor.values())));
    goldenImage.ifPresent(
        golden ->
            tensors.add(
                new TensorSource(
                    GOLDEN_IMAGE,
                    DType.U8,
                    List.of((long) golden.png().length),
                    () -> ByteBuffer.wrap(golden.png()))));
    SafetensorsFile.write(file, metadata, tensors);
  }

  /**
   * Reads a bundle.
   *
   * @param file a file that {@link #write} wrote
   * @return the bundle
   * @throws InputException if the file is missing, damaged, no detector, or of a version that this
   *     program does not know
   */
  public static DetectorBundle read(Path file) {
    requireNoGraph(file);
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      Map<String, String> metadata = tensors.metadata();
      checkFormat(file, metadata);
      Map<String, FloatTensor> learned = new LinkedHashMap<>();
      for (String name : tensors.names()) {
        if (name.startsWith(LEARNED_PREFIX)) {
          learned.put(name.substring(LEARNED_PREFIX.length()), tensor(tensors, name));
        } else if (!name.equals(MEMORY) && !name.equals(GOLDEN_IMAGE)) {
          throw damaged(file, "holds an unknown tensor '" + name + "'");
        }
      }
      return new DetectorBundle(
          required(file, metadata, CONFIGURATION_KEY),
          Provenance.fromJson(required(file, metadata, PROVENANCE_KEY), file.toString()),
          learned,
          tensors.contains(MEMORY) ? Optional.of(memory(tensors)) : Optional.empty(),
          golden(tensors),
          Optional.ofNullable(metadata.get(CALIBRATION_KEY))
              .map(json -> Calibration.fromJson(json, file.toString())));
    }
  }

  /**
   * Whether a file's name is that of an exported graph, which is no bundle.
   *
   * @param file any path
   * @return whether it ends in {@code .onnx}, in any case of letters
   */
  public static boolean isNamedAsGraph(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".onnx");
  }

  private static void requireNoGraph(Path file) {
    if (isNamedAsGraph(file)) {
      throw new InputException(
          file,
          "is an exported graph, not the detector itself",
          "give the detector that it was exported from (*.anople)");
    }
  }

  private static void checkFormat(Path file, Map<String, String> metadata) {
    if (!FORMAT.equals(metadata.get(FORMAT_KEY))) {
      throw new InputException(
              file, "is not a detector", "give the file of a trained detector (*.anople)")
          .about(Topic.DETECTOR);
    }
    String version = metadata.get(VERSION_KEY);
    // A newer minor version adds only what a detector is whole without.
    if (version == null || !version.matches(MAJOR + "(\\.\\d{1,9})?")) {
      throw new InputException(
          file,
          "is of format version " + version + ", this program knows version " + VERSION,
          "use the version of AnoPLe that made it, or a newer one");
    }
  }

  private static FloatTensor tensor(SafetensorsFile tensors, String name) {
    FloatTensor tensor = new FloatTensor(tensors.info(name).shape(), tensors.floats(name));
    for (float value : tensor.values()) {
      if (!Float.isFinite(value)) {
        throw damaged(tensors.path(), "tensor '" + name + "' holds a value that is not finite");
      }
    }
    return tensor;
  }

  private static FloatTensor memory(SafetensorsFile tensors) {
    FloatTensor memory = tensor(tensors, MEMORY);
    if (memory.shape().size() != 2 || memory.values().length == 0) {
      throw damaged(tensors.path(), "its memory has the shape " + memory.shape());
    }
    return memory;
  }

  private static Optional<GoldenImage> golden(SafetensorsFile tensors) {
    String score = tensors.metadata().get(GOLDEN_SCORE_KEY);
    if (score == null && !tensors.contains(GOLDEN_IMAGE)) {
      return Optional.empty();
    }
    if (score == null || !tensors.contains(GOLDEN_IMAGE)) {
      throw damaged(tensors.path(), "has a golden image or its score, but not both");
    }
    ByteBuffer bytes = tensors.bytes(GOLDEN_IMAGE);
    byte[] png = new byte[bytes.remaining()];
    bytes.get(png);
    return Optional.of(new GoldenImage(png, number(tensors.path(), score)));
  }

  private static double number(Path file, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw damaged(file, "its golden score is '" + text + "'");
    }
  }

  private static String required(Path file, Map<String, String> metadata, String key) {
    String value = metadata.get(key);
    if (value == null) {
      throw damaged(file, "has no " + key);
    }
    return value;
  }

  private static InputException damaged(Path file, String problem) {
    return new InputException(file, problem, "the detector is damaged: train it again");
  }
}
