package io.github.anople.core.bundle;

import io.github.anople.core.InputException;
import io.github.anople.core.InputException.Topic;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.drift.DriftReference;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A detector's file: which metadata and tensors it has, and what is asked of them. */
final class BundleFile {

  private static final String FORMAT = "anople-detector";

  /**
   * What a program must know to detect: 1 has at most the backbone's memory, 2 has others besides,
   * 3 a region, or tiles. The first digit of a file says what it needs; 1.1 added the calibration,
   * without which a detector is whole, and 2.1 the scene check. What a calibration's pictures
   * looked like is left aside by programs that do not know it, and needs no version.
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
  private static final String DRIFT_KEY = "drift";

  private static final String LEARNED_PREFIX = "learned.";
  private static final String MEMORY = "memory";
  private static final String MEMORY_PREFIX = "memory.";
  private static final String ENCODER_PREFIX = "encoder.";
  private static final String GOLDEN_IMAGE = "golden_image";

  private BundleFile() {}

  static void write(DetectorBundle bundle, Path file) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(FORMAT_KEY, FORMAT);
    metadata.put(VERSION_KEY, neededVersion(bundle));
    metadata.put(CONFIGURATION_KEY, bundle.configuration());
    metadata.put(PROVENANCE_KEY, bundle.provenance().toJson());
    bundle
        .goldenImage()
        .ifPresent(golden -> metadata.put(GOLDEN_SCORE_KEY, Double.toString(golden.score())));
    bundle.calibration().ifPresent(decided -> metadata.put(CALIBRATION_KEY, decided.toJson()));
    bundle.region().ifPresent(counted -> metadata.put(REGION_KEY, counted.toJson()));
    if (!bundle.additions().isEmpty()) {
      metadata.put(ADDITIONS_KEY, bundle.additions().toJson());
    }
    bundle.drift().ifPresent(reference -> metadata.put(DRIFT_KEY, reference.toJson()));
    List<TensorSource> tensors = new ArrayList<>();
    bundle
        .learned()
        .forEach(
            (name, tensor) ->
                tensors.add(
                    TensorSource.of(LEARNED_PREFIX + name, tensor.shape(), tensor.values())));
    bundle.memory().forEach((encoder, rows) -> tensors.add(memory(encoder, rows)));
    bundle.scene().ifPresent(remembered -> remembered.write(metadata, tensors));
    bundle
        .encoders()
        .forEach((name, content) -> tensors.add(bytes(ENCODER_PREFIX + name, content)));
    bundle.goldenImage().ifPresent(golden -> tensors.add(bytes(GOLDEN_IMAGE, golden.png())));
    SafetensorsFile.write(file, metadata, tensors);
  }

  /** The oldest version whose programs detect as this detector does. */
  private static String neededVersion(DetectorBundle bundle) {
    boolean plain =
        bundle.encoders().isEmpty()
            && Set.of(DetectorBundle.BACKBONE_MEMORY).containsAll(bundle.memory().keySet());
    String without =
        bundle.scene().isPresent() ? SCENE_VERSION : plain ? PLAIN_VERSION : SEVERAL_VERSION;
    return bundle.region().isPresent() || bundle.configuration().contains(TILES)
        ? VERSION
        : without;
  }

  private static TensorSource memory(String encoder, FloatTensor rows) {
    return encoder.equals(DetectorBundle.BACKBONE_MEMORY)
        ? TensorSource.of(MEMORY, rows.shape(), rows.values())
        : TensorSource.of(MEMORY_PREFIX + encoder, DType.F16, rows.shape(), rows.values());
  }

  private static TensorSource bytes(String name, byte[] content) {
    return new TensorSource(
        name, DType.U8, List.of((long) content.length), () -> ByteBuffer.wrap(content));
  }

  static DetectorBundle read(Path file) {
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
          memory.put(DetectorBundle.BACKBONE_MEMORY, memory(tensors, name));
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
                  .map(json -> Additions.fromJson(json, file.toString()))
                  .orElse(Additions.NONE),
              Optional.ofNullable(metadata.get(DRIFT_KEY))
                  .map(json -> DriftReference.fromJson(json, file.toString())));
      if (!bundle.additions().isEmpty() && !bundle.additions().fit(bundle)) {
        throw damaged(file, "has additions that are not of its memory");
      }
      return bundle;
    }
  }

  private static void requireNoGraph(Path file) {
    if (DetectorBundle.isNamedAsGraph(file)) {
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
