package io.github.anople.onnx;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.GoldenImage;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.SceneLimits;
import io.github.anople.core.decide.Uncertain;
import io.github.anople.core.detect.Tiling;
import io.github.anople.core.drift.DriftReference;
import io.github.anople.core.json.RecordJson;
import io.github.anople.core.region.FilledRegion;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What an exported detector says of itself, in the graph's metadata.
 *
 * @param precision {@code fp32}, {@code fp16} or {@code int8}
 * @param imageSize S, the side of the square that the detector looks at
 * @param thresholds the graph's defaults
 * @param provenance what the detector was made from
 * @param exporter version of the program that exported it
 * @param golden a picture and the score that libtorch gives it in fp32
 * @param furtherSizes sides of further squares that it looks at, besides S
 * @param scene limits of the scene check that follow from the shots alone; empty without a check
 * @param region which part of pictures counts; empty for all of it
 * @param drift how the pictures of the calibration looked; empty where nobody asked
 * @param tiles how pictures are cut into what the graph looks at; empty where it looks at the whole
 */
public record OnnxMetadata(
    String precision,
    int imageSize,
    Thresholds thresholds,
    Provenance provenance,
    String exporter,
    Optional<GoldenImage> golden,
    List<Integer> furtherSizes,
    Optional<SceneLimits> scene,
    Optional<FilledRegion> region,
    Optional<DriftReference> drift,
    Optional<Tiling> tiles) {

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

  /**
   * Above which value a picture or a pixel counts as anomalous, unless the caller says otherwise.
   *
   * @param image the largest score of a picture that is good enough
   * @param pixel the same for each value of a map
   * @param calibrated whether somebody chose them; if not, they are a value that no score reaches
   * @param calibration how they came about, where the detector knows; its thresholds are these
   * @param uncertain the lower of two thresholds of pictures: what exceeds it, but not the other,
   *     is UNCERTAIN; empty where there is one. The graph itself knows the other alone
   */
  public record Thresholds(
      float image,
      float pixel,
      boolean calibrated,
      Optional<Calibration> calibration,
      Optional<Float> uncertain) {

    /** One half: scores of the method stay below it. */
    public static final Thresholds NONE =
        new Thresholds(0.5f, 0.5f, false, Optional.empty(), Optional.empty());

    /**
     * Two thresholds.
     *
     * @param image for the score
     * @param pixel for the map
     * @param calibrated whether somebody chose them
     * @param calibration how they came about
     * @param uncertain the lower of two for the score
     * @throws IllegalArgumentException if one is not in [0, 1], where all scores are, the lower is
     *     the higher, or the calibration has others
     */
    public Thresholds {
      if (!(image >= 0 && image <= 1 && pixel >= 0 && pixel <= 1)) {
        throw new IllegalArgumentException("thresholds " + image + " and " + pixel);
      }
      if (uncertain.filter(lower -> !(lower >= 0 && lower <= image)).isPresent()) {
        throw new IllegalArgumentException("a lower threshold " + uncertain + " below " + image);
      }
      if (calibration
          .filter(
              known ->
                  known.imageThreshold() != image
                      || known.pixelThreshold() != pixel
                      || !known.uncertain().map(Uncertain::threshold).equals(uncertain))
          .isPresent()) {
        throw new IllegalArgumentException("thresholds that are not those of the calibration");
      }
    }

    /**
     * Thresholds that somebody chose, one for the score.
     *
     * @param image for the score
     * @param pixel for the map
     * @return calibrated, of no calibration
     * @throws IllegalArgumentException if one is not in [0, 1]
     */
    public static Thresholds chosen(float image, float pixel) {
      return chosen(image, pixel, Optional.empty());
    }

    /**
     * Thresholds that somebody chose.
     *
     * @param image for the score
     * @param pixel for the map
     * @param uncertain the lower of two for the score; empty where there is one
     * @return calibrated, of no calibration
     * @throws IllegalArgumentException if one is not in [0, 1], or the lower is the higher
     */
    public static Thresholds chosen(float image, float pixel, Optional<Float> uncertain) {
      return new Thresholds(image, pixel, true, Optional.empty(), uncertain);
    }

    /**
     * A detector's own.
     *
     * @param calibration its thresholds and how they came about
     * @return the same for a graph
     */
    public static Thresholds of(Calibration calibration) {
      return new Thresholds(
          calibration.imageThreshold(),
          calibration.pixelThreshold(),
          true,
          Optional.of(calibration),
          calibration.uncertain().map(Uncertain::threshold));
    }
  }

  /**
   * Checks what can be checked.
   *
   * @param precision the number format
   * @param imageSize S
   * @param thresholds the graph's defaults
   * @param provenance what the detector was made from
   * @param exporter version of the program that exported it
   * @param golden a picture and its score
   * @param furtherSizes sides besides S
   * @param scene limits of the scene check
   * @param region which part of pictures counts
   * @param drift how the pictures of the calibration looked
   * @param tiles how pictures are cut
   */
  public OnnxMetadata {
    Objects.requireNonNull(tiles, "tiles");
    furtherSizes = List.copyOf(furtherSizes);
    Objects.requireNonNull(drift, "drift");
    Objects.requireNonNull(scene, "scene");
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(exporter, "exporter");
    if (imageSize < 1) {
      throw new IllegalArgumentException("image size " + imageSize);
    }
  }

  /**
   * Of a detector that looks at one size, without a scene check.
   *
   * @param precision the number format
   * @param imageSize S
   * @param thresholds the graph's defaults
   * @param provenance what the detector was made from
   * @param exporter version of the program that exported it
   * @param golden a picture and its score
   */
  public OnnxMetadata(
      String precision,
      int imageSize,
      Thresholds thresholds,
      Provenance provenance,
      String exporter,
      Optional<GoldenImage> golden) {
    this(
        precision,
        imageSize,
        thresholds,
        provenance,
        exporter,
        golden,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * The same with other thresholds.
   *
   * @param decided the graph's new defaults
   * @return new metadata
   */
  public OnnxMetadata with(Thresholds decided) {
    return with(decided, drift);
  }

  /**
   * The same with other pictures to compare later ones with, or without any.
   *
   * @param reference how the pictures of the calibration looked
   * @return new metadata
   */
  public OnnxMetadata withDrift(Optional<DriftReference> reference) {
    return with(thresholds, reference);
  }

  private OnnxMetadata with(Thresholds decided, Optional<DriftReference> reference) {
    return new OnnxMetadata(
        precision,
        imageSize,
        decided,
        provenance,
        exporter,
        golden,
        furtherSizes,
        scene,
        region,
        reference,
        tiles);
  }

  /**
   * The limits of the scene check that hold: of the calibration, else of the shots alone.
   *
   * @return empty without a check
   */
  public Optional<SceneLimits> sceneLimits() {
    return scene.map(
        ofShots -> thresholds.calibration().flatMap(Calibration::scene).orElse(ofShots));
  }

  /**
   * The entries of the graph's metadata.
   *
   * @return by key, in a fixed order
   */
  public Map<String, String> toProperties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(FORMAT_KEY, region.isPresent() || tiles.isPresent() ? EXTENDED_FORMAT : FORMAT);
    properties.put(PRECISION_KEY, precision);
    properties.put(IMAGE_SIZE_KEY, Integer.toString(imageSize));
    if (!furtherSizes.isEmpty()) {
      properties.put(
          FURTHER_SIZES_KEY,
          furtherSizes.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    properties.put(PREPROCESSING_KEY, preprocessing());
    ArrayNode classes = JsonNodeFactory.instance.arrayNode();
    provenance.classNames().forEach(classes::add);
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
    scene.ifPresent(limits -> properties.put(SCENE_KEY, ascii(limits.toJson())));
    region.ifPresent(counted -> properties.put(REGION_KEY, counted.toJson()));
    drift.ifPresent(reference -> properties.put(DRIFT_KEY, ascii(reference.toJson())));
    tiles.ifPresent(how -> properties.put(TILES_KEY, RecordJson.write(how)));
    properties.put(PROVENANCE_KEY, ascii(provenance.toJson()));
    properties.put(EXPORTER_KEY, exporter);
    golden.ifPresent(
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

  private String preprocessing() {
    return ("RGB, EXIF orientation honoured, resized to %1$d x %1$d by Pillow's 8-bit antialiased "
                + "bicubic without keeping the aspect ratio; normalisation is part of the graph")
            .formatted(imageSize)
        + depth()
        + (furtherSizes.isEmpty() ? "" : "; the further sizes are made so of the same picture")
        + (region.isEmpty()
            ? ""
            : "; before it is resized, what anople.region ignores is painted over with its fill")
        + (tiles.isEmpty()
            ? ""
            : "; each tile is cut from the picture and resized so, and only the scene is measured"
                + " on the whole picture");
  }

  /** What the camera's files do not say, and somebody said at training. */
  private String depth() {
    OptionalInt bits = provenance.bitDepth();
    return bits.isPresent()
        ? "; samples of 16 bits have %d, in the low end: 8 of them are v >> %d"
            .formatted(bits.getAsInt(), bits.getAsInt() - 8)
        : "";
  }

  /**
   * Reads the entries of a graph's metadata.
   *
   * @param properties by key
   * @param where the file, for messages
   * @return what they say
   * @throws InputException if an entry is missing or makes no sense
   */
  public static OnnxMetadata of(Map<String, String> properties, String where) {
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

  private static Thresholds thresholds(MetadataReader reader) {
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
      return new Thresholds(
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
