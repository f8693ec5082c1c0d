package io.github.anople.core.bundle;

import io.github.anople.core.InputException;
import io.github.anople.core.InputException.Topic;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.region.FilledRegion;
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
import java.util.Set;

/**
 * A trained detector as it is shipped: everything but the backbone, in one safetensors file named
 * {@code *.anople}. It holds no code.
 *
 * @param configuration the training's settings as JSON, for the module that trains and detects
 * @param provenance what it was made from
 * @param learned what was learned, by name
 * @param memory R, patches of good pictures, {@code [patches, d]}, rows of unit length, of each
 *     encoder that sees them, by its name; empty where detection goes without. Those of encoders
 *     beside the backbone are rounded to half precision, as the file holds them: turned views make
 *     many rows
 * @param encoders the files of encoders that the detector carries with it, by name
 * @param goldenImage a picture with its score, to notice an installation that computes something
 *     else
 * @param calibration thresholds and where they are from; empty where nobody decided yet
 * @param scene what the scene check remembers; empty for a detector without one
 * @param region which part of pictures counts; empty for all of it
 * @param additions what its memory was given after the training
 */
public record DetectorBundle(
    String configuration,
    Provenance provenance,
    Map<String, FloatTensor> learned,
    Map<String, FloatTensor> memory,
    Map<String, byte[]> encoders,
    Optional<GoldenImage> goldenImage,
    Optional<Calibration> calibration,
    Optional<SceneMemory> scene,
    Optional<FilledRegion> region,
    Additions additions) {

  /** The name of the memory that the backbone's own layers see. */
  public static final String BACKBONE_MEMORY = "clip";

  private static final String FORMAT = "anople-detector";

  /**
   * What a program must know to detect: 1 has at most the backbone's memory, 2 has others besides,
   * 3 a region, or tiles. The first digit of a file says what it needs; 1.1 added the calibration, without
   * which a detector is whole, and 2.1 the scene check.
   */
  private static final String PLAIN_VERSION = "1.1";

  private static final String SEVERAL_VERSION = "2.0";

  private static final String SCENE_VERSION = "2.1";

  private static final String VERSION = "3.0";

  /** How a configuration says that there are tiles; inside a text its quotes would be escaped. */
  private static final String TILES = "\"tiles\":{";

  private static final String FORMAT_KEY = "format";
  private static final String VERSION_KEY = "format_version";
  private static final String CONFIGURATION_KEY = "configuration";
  private static final String PROVENANCE_KEY = "provenance";
  private static final String GOLDEN_SCORE_KEY = "golden_score";
  private static final String CALIBRATION_KEY = "calibration";
  private static final String REGION_KEY = "region";
  private static final String ADDITIONS_KEY = "additions";

  private static final String LEARNED_PREFIX = "learned.";
  private static final String MEMORY = "memory";
  private static final String MEMORY_PREFIX = "memory.";
  private static final String ENCODER_PREFIX = "encoder.";
  private static final String GOLDEN_IMAGE = "golden_image";

  /** Keeps the order of what was learned: equal detectors write equal files. */
  public DetectorBundle {
    learned = new LinkedHashMap<>(learned);
    memory = new LinkedHashMap<>(memory);
    memory.replaceAll(
        (encoder, rows) -> encoder.equals(BACKBONE_MEMORY) ? rows : rows.inHalfPrecision());
    encoders = new LinkedHashMap<>(encoders);
  }

  /**
   * A detector without memory, golden image and calibration.
   *
   * @param configuration the training's settings as JSON
   * @param provenance what it was made from
   * @param learned what was learned
   * @param encoders the files of encoders that the detector carries with it
   */
  public DetectorBundle(
      String configuration,
      Provenance provenance,
      Map<String, FloatTensor> learned,
      Map<String, byte[]> encoders) {
    this(
        configuration,
        provenance,
        learned,
        Map.of(),
        encoders,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Additions.NONE);
  }

  /**
   * The same detector with another memory, and without calibration: its scores are others now. The
   * scene check stays as it is, and nothing counts as added.
   *
   * @param rows R of each encoder, {@code [patches, d]}
   * @param from where all its pictures come from
   * @return a new bundle
   */
  public DetectorBundle withMemory(Map<String, FloatTensor> rows, Provenance from) {
    return new DetectorBundle(
        configuration,
        from,
        learned,
        rows,
        encoders,
        goldenImage,
        Optional.empty(),
        scene,
        region,
        Additions.NONE);
  }

  /**
   * The same detector with another scene check, or without one, and without calibration; nothing
   * counts as added.
   *
   * @param remembered what the check remembers
   * @return a new bundle
   */
  public DetectorBundle withScene(Optional<SceneMemory> remembered) {
    return new DetectorBundle(
        configuration,
        provenance,
        learned,
        memory,
        encoders,
        goldenImage,
        Optional.empty(),
        remembered,
        region,
        Additions.NONE);
  }

  /**
   * The same detector with a region, and without memory, golden image, calibration and scene check,
   * which are of another: for whoever fills them afterwards.
   *
   * @param counted which part of pictures counts
   * @return a new bundle
   */
  public DetectorBundle withRegion(Optional<FilledRegion> counted) {
    return new DetectorBundle(
        configuration,
        provenance,
        learned,
        Map.of(),
        encoders,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        counted,
        Additions.NONE);
  }

  /** The same detector, of which that much is known to have been added. */
  DetectorBundle withAdditions(Additions added) {
    return new DetectorBundle(
        configuration,
        provenance,
        learned,
        memory,
        encoders,
        goldenImage,
        calibration,
        scene,
        region,
        added);
  }

  /**
   * How many patches the memory holds.
   *
   * @return rows of all encoders together
   */
  public long memoryRows() {
    return memory.values().stream().mapToLong(rows -> rows.shape().get(0)).sum();
  }

  /**
   * The same detector with another golden image, or without one.
   *
   * @param golden the picture and its score
   * @return a new bundle
   */
  public DetectorBundle withGoldenImage(Optional<GoldenImage> golden) {
    return new DetectorBundle(
        configuration, provenance, learned, memory, encoders, golden, calibration, scene, region, additions);
  }

  /**
   * The same detector with other thresholds, or without any. Scores and maps do not depend on them.
   *
   * @param decided thresholds and where they are from
   * @return a new bundle
   */
  public DetectorBundle withCalibration(Optional<Calibration> decided) {
    return new DetectorBundle(
        configuration, provenance, learned, memory, encoders, goldenImage, decided, scene, region, additions);
  }

  /**
   * The thresholds as verdicts need them: a calibration without limits of its own for the scene
   * check has those of the shots.
   *
   * @return empty where nobody decided yet
   */
  public Optional<Calibration> decided() {
    return calibration.map(
        known ->
            known.scene().isPresent() ? known : known.withScene(scene.map(SceneMemory::limits)));
  }

  /**
   * Writes the bundle, whole or not at all.
   *
   * @param file the file, replaced if it is there
   */
  public void write(Path file) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(FORMAT_KEY, FORMAT);
    metadata.put(VERSION_KEY, neededVersion());
    metadata.put(CONFIGURATION_KEY, configuration);
    metadata.put(PROVENANCE_KEY, provenance.toJson());
    goldenImage.ifPresent(
        golden -> metadata.put(GOLDEN_SCORE_KEY, Double.toString(golden.score())));
    calibration.ifPresent(decided -> metadata.put(CALIBRATION_KEY, decided.toJson()));
    region.ifPresent(counted -> metadata.put(REGION_KEY, counted.toJson()));
    if (!additions.isEmpty()) {
      metadata.put(ADDITIONS_KEY, additions.toJson());
    }
    List<TensorSource> tensors = new ArrayList<>();
    learned.forEach(
        (name, tensor) ->
            tensors.add(TensorSource.of(LEARNED_PREFIX + name, tensor.shape(), tensor.values())));
    memory.forEach((encoder, rows) -> tensors.add(memory(encoder, rows)));
    scene.ifPresent(remembered -> remembered.write(metadata, tensors));
    encoders.forEach((name, content) -> tensors.add(bytes(ENCODER_PREFIX + name, content)));
    goldenImage.ifPresent(golden -> tensors.add(bytes(GOLDEN_IMAGE, golden.png())));
    SafetensorsFile.write(file, metadata, tensors);
  }

  /** The oldest version whose programs detect as this detector does. */
  private String neededVersion() {
    boolean plain = encoders.isEmpty() && Set.of(BACKBONE_MEMORY).containsAll(memory.keySet());
    String without = scene.isPresent() ? SCENE_VERSION : plain ? PLAIN_VERSION : SEVERAL_VERSION;
    return region.isPresent() || configuration.contains(TILES) ? VERSION : without;
  }

  private static TensorSource memory(String encoder, FloatTensor rows) {
    return encoder.equals(BACKBONE_MEMORY)
        ? TensorSource.of(MEMORY, rows.shape(), rows.values())
        : TensorSource.of(MEMORY_PREFIX + encoder, DType.F16, rows.shape(), rows.values());
  }

  private static TensorSource bytes(String name, byte[] content) {
    return new TensorSource(
        name, DType.U8, List.of((long) content.length), () -> ByteBuffer.wrap(content));
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
      Map<String, FloatTensor> memory = new LinkedHashMap<>();
      Map<String, byte[]> encoders = new LinkedHashMap<>();
      Map<String, FloatTensor> scene = new LinkedHashMap<>();
      for (String name : tensors.names()) {
        if (name.startsWith(LEARNED_PREFIX)) {
          learned.put(name.substring(LEARNED_PREFIX.length()), tensor(tensors, name));
        } else if (name.equals(MEMORY)) {
          memory.put(BACKBONE_MEMORY, memory(tensors, name));
        } else if (name.startsWith(MEMORY_PREFIX)) {
          memory.put(name.substring(MEMORY_PREFIX.length()), memory(tensors, name));
        } else if (name.startsWith(SceneMemory.PREFIX)) {
          scene.put(name, tensor(tensors, name));
        } else if (name.startsWith(ENCODER_PREFIX)) {
          encoders.put(name.substring(ENCODER_PREFIX.length()), bytes(tensors, name));
        } else if (!name.equals(GOLDEN_IMAGE)) {
          throw damaged(file, "holds an unknown tensor '" + name + "'");
        }
      }
      DetectorBundle bundle =
          new DetectorBundle(
          required(file, metadata, CONFIGURATION_KEY),
          Provenance.fromJson(required(file, metadata, PROVENANCE_KEY), file.toString()),
          learned,
          memory,
          encoders,
          golden(tensors),
          Optional.ofNullable(metadata.get(CALIBRATION_KEY))
              .map(json -> Calibration.fromJson(json, file.toString())),
          SceneMemory.read(metadata, scene, file.toString()),
          Optional.ofNullable(metadata.get(REGION_KEY))
              .map(json -> FilledRegion.fromJson(json, file.toString())),
          Optional.ofNullable(metadata.get(ADDITIONS_KEY))
              .map(json -> Additions.fromJson(json, file.toString())).orElse(Additions.NONE));
      if (!bundle.additions().isEmpty() && !bundle.additions().fit(bundle)) {
        throw damaged(file, "has additions that are not of its memory");
      }
      return bundle;
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
    if (version == null || !version.matches("[123](\\.\\d{1,9})?")) {
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

  private static FloatTensor memory(SafetensorsFile tensors, String name) {
    FloatTensor memory = tensor(tensors, name);
    if (memory.shape().size() != 2 || memory.values().length == 0) {
      throw damaged(tensors.path(), "its " + name + " has the shape " + memory.shape());
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
    byte[] png = bytes(tensors, GOLDEN_IMAGE);
    return Optional.of(new GoldenImage(png, number(tensors.path(), score)));
  }

  private static byte[] bytes(SafetensorsFile tensors, String name) {
    ByteBuffer bytes = tensors.bytes(name);
    byte[] content = new byte[bytes.remaining()];
    bytes.get(content);
    return content;
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
