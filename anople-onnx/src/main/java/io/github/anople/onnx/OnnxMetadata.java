package io.github.anople.onnx;

import io.github.anople.core.InputException;
import io.github.anople.core.bundle.GoldenImage;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.SceneLimits;
import io.github.anople.core.decide.Uncertain;
import io.github.anople.core.detect.Tiling;
import io.github.anople.core.drift.DriftReference;
import io.github.anople.core.region.FilledRegion;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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
    return OnnxMetadataEntries.write(this);
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
    return OnnxMetadataEntries.read(properties, where);
  }
}
