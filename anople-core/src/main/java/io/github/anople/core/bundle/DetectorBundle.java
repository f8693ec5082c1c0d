package io.github.anople.core.bundle;

import io.github.anople.core.InputException;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.drift.DriftReference;
import io.github.anople.core.region.FilledRegion;
import io.github.anople.core.tensorfile.FloatTensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
 * @param drift how the pictures of the calibration looked; empty where nobody asked
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
    Additions additions,
    Optional<DriftReference> drift) {

  /** The name of the memory that the backbone's own layers see. */
  public static final String BACKBONE_MEMORY = "clip";

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
        Additions.NONE,
        Optional.empty());
  }

  /**
   * The same detector with another memory, and without calibration and drift: its scores are others
   * now. The scene check stays as it is, and nothing counts as added.
   *
   * @param rows R of each encoder, {@code [patches, d]}
   * @param from where all its pictures come from
   * @return a new bundle
   */
  public DetectorBundle withMemory(Map<String, FloatTensor> rows, Provenance from) {
    return with(
        from, rows, goldenImage, Optional.empty(), scene, region, Additions.NONE, Optional.empty());
  }

  /**
   * The same detector with another scene check, or without one, and without calibration and drift;
   * nothing counts as added.
   *
   * @param remembered what the check remembers
   * @return a new bundle
   */
  public DetectorBundle withScene(Optional<SceneMemory> remembered) {
    return with(
        provenance,
        memory,
        goldenImage,
        Optional.empty(),
        remembered,
        region,
        Additions.NONE,
        Optional.empty());
  }

  /**
   * The same detector with a region, and without memory, golden image, calibration and scene check,
   * which are of another: for whoever fills them afterwards.
   *
   * @param counted which part of pictures counts
   * @return a new bundle
   */
  public DetectorBundle withRegion(Optional<FilledRegion> counted) {
    return with(
        provenance,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        counted,
        Additions.NONE,
        Optional.empty());
  }

  /** The same detector, of which that much is known to have been added. */
  DetectorBundle withAdditions(Additions added) {
    return with(provenance, memory, goldenImage, calibration, scene, region, added, drift);
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
    return with(provenance, memory, golden, calibration, scene, region, additions, drift);
  }

  /**
   * The same detector with other thresholds, or without any. Scores and maps do not depend on them.
   *
   * @param decided thresholds and where they are from
   * @return a new bundle
   */
  public DetectorBundle withCalibration(Optional<Calibration> decided) {
    return with(provenance, memory, goldenImage, decided, scene, region, additions, drift);
  }

  /**
   * The same detector with other pictures to compare later ones with, or without any.
   *
   * @param reference how the pictures of its calibration looked
   * @return a new bundle
   */
  public DetectorBundle withDrift(Optional<DriftReference> reference) {
    return with(provenance, memory, goldenImage, calibration, scene, region, additions, reference);
  }

  /** The same detector as far as it was trained, with what else belongs to it. */
  private DetectorBundle with(
      Provenance from,
      Map<String, FloatTensor> rows,
      Optional<GoldenImage> golden,
      Optional<Calibration> decided,
      Optional<SceneMemory> remembered,
      Optional<FilledRegion> counted,
      Additions added,
      Optional<DriftReference> reference) {
    return new DetectorBundle(
        configuration,
        from,
        learned,
        rows,
        encoders,
        golden,
        decided,
        remembered,
        counted,
        added,
        reference);
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
    BundleFile.write(this, file);
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
    return BundleFile.read(file);
  }

  /**
   * Whether a file's name is that of an exported graph, which is no bundle.
   *
   * @param file any path
   * @return whether it ends in {@code .onnx}, in any case of letters
   */
  public static boolean isNamedAsGraph(Path file) {
    return isNamedAsGraph(file.toString());
  }

  /**
   * Whether a file's name is that of an exported graph, for a file that is nowhere on this system,
   * or whose name its locale does not know.
   *
   * @param name any name
   * @return whether it ends in {@code .onnx}, in any case of letters
   */
  public static boolean isNamedAsGraph(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".onnx");
  }
}
