package io.github.anople.onnx;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.GoldenImage;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.SceneLimits;
import io.github.anople.core.detect.Tiling;
import io.github.anople.core.drift.DriftReference;
import io.github.anople.core.json.RecordJson;
import io.github.anople.core.region.FilledRegion;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The entries of a graph's metadata: under which keys they stand, and how they are read. */
final class OnnxMetadataEntries {

  private static final String FORMAT = "anople-onnx 1";

  /**
   * A program that knows the first alone would give the graph what it is not to see, or a squashed
   * picture instead of its tiles.
   */
  private static final String EXTENDED_FORMAT = "anople-onnx 2";

  private static final String FORMAT_KEY = "anople.format";
  private static final String PRECISION_KEY = "anople.precision";
  private static final String IMAGE_SIZE_KEY = "anople.image_size";
  private static final String FURTHER_SIZES_KEY = "anople.further_image_sizes";
  private static final String PREPROCESSING_KEY = "anople.preprocessing";
  private static final String CLASSES_KEY = "anople.classes";
  private static final String IMAGE_THRESHOLD_KEY = "anople.image_threshold";
  private static final String UNCERTAIN_THRESHOLD_KEY = "anople.uncertain_threshold";
  private static final String PIXEL_THRESHOLD_KEY = "anople.pixel_threshold";
  private static final String CALIBRATED_KEY = "anople.thresholds";
  private static final String CALIBRATION_KEY = "anople.calibration";
  private static final String SCENE_KEY = "anople.scene";
  private static final String REGION_KEY = "anople.region";
  private static final String DRIFT_KEY = "anople.drift";
  private static final String TILES_KEY = "anople.tiles";
  private static final String PROVENANCE_KEY = "anople.provenance";
  private static final String EXPORTER_KEY = "anople.exporter_version";
  private static final String GOLDEN_SCORE_KEY = "anople.golden_score";
  private static final String GOLDEN_IMAGE_KEY = "anople.golden_image";

  private static final String CALIBRATED = "calibrated";
  private static final String UNCALIBRATED = "uncalibrated";

  private OnnxMetadataEntries() {}

  /** By key, in a fixed order. */
  static Map<String, String> write(OnnxMetadata metadata) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(
        FORMAT_KEY,
        metadata.region().isPresent() || metadata.tiles().isPresent() ? EXTENDED_FORMAT : FORMAT);
    properties.put(PRECISION_KEY, metadata.precision());
    properties.put(IMAGE_SIZE_KEY, Integer.toString(metadata.imageSize()));
    if (!metadata.furtherSizes().isEmpty()) {
      properties.put(
          FURTHER_SIZES_KEY,
          metadata.furtherSizes().stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    properties.put(PREPROCESSING_KEY, preprocessing(metadata));
    OnnxMetadata.Thresholds thresholds = metadata.thresholds();
    ArrayNode classes = JsonNodeFactory.instance.arrayNode();
    metadata.provenance().classNames().forEach(classes::add);
    properties.put(CLASSES_KEY, ascii(classes.toString()));
    properties.put(IMAGE_THRESHOLD_KEY, Float.toString(thresholds.image()));
    thresholds
        .uncertain()
        .ifPresent(lower -> properties.put(UNCERTAIN_THRESHOLD_KEY, Float.toString(lower)));
    properties.put(PIXEL_THRESHOLD_KEY, Float.toString(thresholds.pixel()));
    properties.put(CALIBRATED_KEY, thresholds.calibrated() ? CALIBRATED : UNCALIBRATED);
    thresholds
        .calibration()
        .ifPresent(known -> properties.put(CALIBRATION_KEY, ascii(known.toJson())));
    metadata.scene().ifPresent(limits -> properties.put(SCENE_KEY, ascii(limits.toJson())));
    metadata.region().ifPresent(counted -> properties.put(REGION_KEY, counted.toJson()));
    metadata.drift().ifPresent(reference -> properties.put(DRIFT_KEY, ascii(reference.toJson())));
    metadata.tiles().ifPresent(how -> properties.put(TILES_KEY, RecordJson.write(how)));
    properties.put(PROVENANCE_KEY, ascii(metadata.provenance().toJson()));
    properties.put(EXPORTER_KEY, metadata.exporter());
    metadata
        .golden()
        .ifPresent(
            image -> {
              properties.put(GOLDEN_SCORE_KEY, Double.toString(image.score()));
              properties.put(GOLDEN_IMAGE_KEY, Base64.getEncoder().encodeToString(image.png()));
            });
    return properties;
  }

  /**
   * JSON with its other characters escaped: ONNX Runtime's Java interface garbles those beyond
   * U+FFFF.
   */
  private static String ascii(String json) {
    StringBuilder ascii = new StringBuilder(json.length());
    json.chars()
        .mapToObj(c -> c < 0x7f ? Character.toString(c) : "\\u%04x".formatted(c))
        .forEach(ascii::append);
    return ascii.toString();
  }

  private static String preprocessing(OnnxMetadata metadata) {
    return ("RGB, EXIF orientation honoured, resized to %1$d x %1$d by Pillow's 8-bit antialiased "
                + "bicubic without keeping the aspect ratio; normalisation is part of the graph")
            .formatted(metadata.imageSize())
        + depth(metadata.provenance())
        + (metadata.furtherSizes().isEmpty()
            ? ""
            : "; the further sizes are made so of the same picture")
        + (metadata.region().isEmpty()
            ? ""
            : "; before it is resized, what anople.region ignores is painted over with its fill")
        + (metadata.tiles().isEmpty()
            ? ""
            : "; each tile is cut from the picture and resized so, and only the scene is measured"
                + " on the whole picture");
  }

  /** What the camera's files do not say, and somebody said at training. */
  private static String depth(Provenance provenance) {
    OptionalInt bits = provenance.bitDepth();
    return bits.isPresent()
        ? "; samples of 16 bits have %d, in the low end: 8 of them are v >> %d"
            .formatted(bits.getAsInt(), bits.getAsInt() - 8)
        : "";
  }

  /**
   * Reads what {@link #write} made.
   *
   * @throws InputException if an entry is missing or makes no sense
   */
  static OnnxMetadata read(Map<String, String> properties, String where) {
    MetadataReader reader = new MetadataReader(properties, where);
    String format = reader.text(FORMAT_KEY);
    if (!FORMAT.equals(format) && !EXTENDED_FORMAT.equals(format)) {
      throw new InputException(
          where,
          "is of format "
              + InputException.quoted(format)
              + ", this program knows "
              + EXTENDED_FORMAT,
          "use the version of AnoPLe that made it, or a newer one");
    }
    boolean announced = EXTENDED_FORMAT.equals(format);
    return new OnnxMetadata(
        reader.text(PRECISION_KEY),
        reader.side(IMAGE_SIZE_KEY),
        thresholds(reader),
        Provenance.fromJson(reader.text(PROVENANCE_KEY), where),
        reader.text(EXPORTER_KEY),
        properties.containsKey(GOLDEN_IMAGE_KEY)
            ? Optional.of(
                new GoldenImage(reader.bytes(GOLDEN_IMAGE_KEY), reader.number(GOLDEN_SCORE_KEY)))
            : Optional.empty(),
        reader.sides(FURTHER_SIZES_KEY),
        Optional.ofNullable(properties.get(SCENE_KEY))
            .map(json -> SceneLimits.fromJson(json, where)),
        region(reader, announced),
        Optional.ofNullable(properties.get(DRIFT_KEY))
            .map(json -> DriftReference.fromJson(json, where)),
        tiles(reader, announced));
  }

  private static OnnxMetadata.Thresholds thresholds(MetadataReader reader) {
    float image = reader.threshold(IMAGE_THRESHOLD_KEY);
    float pixel = reader.threshold(PIXEL_THRESHOLD_KEY);
    Optional<Calibration> calibration =
        reader.has(CALIBRATION_KEY)
            ? Optional.of(Calibration.fromJson(reader.text(CALIBRATION_KEY), reader.where()))
            : Optional.empty();
    Optional<Float> uncertain =
        reader.has(UNCERTAIN_THRESHOLD_KEY)
            ? Optional.of(reader.threshold(UNCERTAIN_THRESHOLD_KEY))
            : Optional.empty();
    if (uncertain.filter(lower -> lower > image).isPresent()) {
      throw reader.fault(
          UNCERTAIN_THRESHOLD_KEY, "is above " + IMAGE_THRESHOLD_KEY + ", which is " + image);
    }
    try {
      return new OnnxMetadata.Thresholds(
          image, pixel, CALIBRATED.equals(reader.text(CALIBRATED_KEY)), calibration, uncertain);
    } catch (IllegalArgumentException e) {
      throw reader.fault(CALIBRATION_KEY, "has other thresholds than the graph has");
    }
  }

  /** Graphs of the newer format have a region, or tiles, or both. */
  private static Optional<FilledRegion> region(MetadataReader reader, boolean announced) {
    return extension(reader, REGION_KEY, announced, !reader.has(TILES_KEY))
        .map(json -> FilledRegion.fromJson(json, reader.where()));
  }

  private static Optional<Tiling> tiles(MetadataReader reader, boolean announced) {
    return extension(reader, TILES_KEY, announced, false)
        .map(
            json ->
                RecordJson.read(
                    json,
                    Tiling.class,
                    new RecordJson.Source(reader.where(), TILES_KEY, "export the detector again")));
  }

  private static Optional<String> extension(
      MetadataReader reader, String key, boolean announced, boolean needed) {
    if (announced && needed) {
      return Optional.of(reader.text(key));
    }
    if (!announced && reader.has(key)) {
      throw reader.fault(key, "is there, and its format knows none");
    }
    return reader.has(key) ? Optional.of(reader.text(key)) : Optional.empty();
  }
}
