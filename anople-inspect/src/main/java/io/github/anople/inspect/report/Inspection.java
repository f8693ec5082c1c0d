package io.github.anople.inspect.report;

import io.github.anople.core.decide.Defects;
import io.github.anople.core.decide.Verdict;
import io.github.anople.core.detect.ImageFeature;
import io.github.anople.core.detect.Scene;
import io.github.anople.core.drift.Look;
import io.github.anople.core.image.PictureNote;
import io.github.anople.inspect.data.ImageFiles;
import io.github.anople.inspect.data.Sample;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One image that was scored: a row of a table, an image of a report.
 *
 * <p>A run may have many thousands of them in memory, so an inspection holds neither the image nor
 * its map. Whoever needs these gets them while the image is scored; what was written and drawn of
 * them then is among the artifacts.
 *
 * @param sample the image, and what is known of it
 * @param score how anomalous the detector finds it, in (0, 1)
 * @param verdict what was decided, where there was a threshold
 * @param feature where the detector sees the image among its texts, if it tells and the run asks: a
 *     test does, a prediction does not
 * @param truth what is known of its pixels; {@link PixelTruth#UNKNOWN} where nobody asked
 * @param artifacts what was written and drawn of it
 * @param scene how unlike the shots it is, where the detector tells
 * @param notes what a person should know of its file: what was repaired or left out
 * @param defects where its map is above the pixel threshold, where there was one
 * @param look how it looks, without its places, of a run that compares that with the calibration
 * @param part the part that it shows a view of, where somebody said how to tell
 */
public record Inspection(
    Sample sample,
    float score,
    Optional<Verdict> verdict,
    Optional<ImageFeature> feature,
    PixelTruth truth,
    Artifacts artifacts,
    Optional<Scene> scene,
    List<PictureNote> notes,
    Optional<Defects> defects,
    Optional<Look> look,
    Optional<String> part) {

  /**
   * An inspection.
   *
   * @throws IllegalArgumentException if the score is not a finite number
   */
  public Inspection {
    Objects.requireNonNull(part, "part");
    Objects.requireNonNull(sample, "sample");
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(feature, "feature");
    Objects.requireNonNull(truth, "truth");
    Objects.requireNonNull(artifacts, "artifacts");
    Objects.requireNonNull(scene, "scene");
    Objects.requireNonNull(look, "look");
    notes = List.copyOf(notes);
    Objects.requireNonNull(defects, "defects");
    if (!Float.isFinite(score)) {
      throw new IllegalArgumentException("the score of " + sample.image() + " is " + score);
    }
  }

  /**
   * An inspection of an image of whose file there is nothing to say.
   *
   * @param sample the image, and what is known of it
   * @param score how anomalous the detector finds it, in (0, 1)
   * @param verdict what was decided, where there was a threshold
   * @param feature where the detector sees the image among its texts
   * @param truth what is known of its pixels
   * @param artifacts what was written and drawn of it
   * @param scene how unlike the shots it is
   * @throws IllegalArgumentException if the score is not a finite number
   */
  public Inspection(
      Sample sample,
      float score,
      Optional<Verdict> verdict,
      Optional<ImageFeature> feature,
      PixelTruth truth,
      Artifacts artifacts,
      Optional<Scene> scene) {
    this(
        sample,
        score,
        verdict,
        feature,
        truth,
        artifacts,
        scene,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * An inspection of which nothing was written or drawn, by a run that asks for neither features
   * nor pixels.
   *
   * @param sample the image, and what is known of it
   * @param score how anomalous the detector finds it, in (0, 1)
   * @param verdict what was decided, where there was a threshold
   * @throws IllegalArgumentException if the score is not a finite number
   */
  public Inspection(Sample sample, float score, Optional<Verdict> verdict) {
    this(sample, score, verdict, Optional.empty(), PixelTruth.UNKNOWN, Artifacts.NONE);
  }

  /**
   * An inspection of a detector that does not tell how unlike the shots an image is.
   *
   * @param sample the image, and what is known of it
   * @param score how anomalous the detector finds it, in (0, 1)
   * @param verdict what was decided, where there was a threshold
   * @param feature where the detector sees the image among its texts
   * @param truth what is known of its pixels
   * @param artifacts what was written and drawn of it
   * @throws IllegalArgumentException if the score is not a finite number
   */
  public Inspection(
      Sample sample,
      float score,
      Optional<Verdict> verdict,
      Optional<ImageFeature> feature,
      PixelTruth truth,
      Artifacts artifacts) {
    this(sample, score, verdict, feature, truth, artifacts, Optional.empty());
  }

  /**
   * The image's path as a reader of a table should find it.
   *
   * @return its text with {@code /} between names
   */
  public String path() {
    return ImageFiles.slashed(sample.image());
  }

  /**
   * The words of its notes.
   *
   * @return clauses that continue the file's name
   */
  public List<String> remarks() {
    return notes.stream().map(PictureNote::words).toList();
  }

  /**
   * The same with what was made of it.
   *
   * @param made what was written and drawn
   * @return a new inspection
   */
  public Inspection with(Artifacts made) {
    return new Inspection(
        sample, score, verdict, feature, truth, made, scene, notes, defects, look, part);
  }

  /**
   * The same with what its reader has to say of its file.
   *
   * @param said what was repaired or left out
   * @return a new inspection
   */
  public Inspection withNotes(List<PictureNote> said) {
    return new Inspection(
        sample, score, verdict, feature, truth, artifacts, scene, said, defects, look, part);
  }

  /**
   * The same with its defects.
   *
   * @param found where its map is above the pixel threshold; empty without one
   * @return a new inspection
   */
  public Inspection withDefects(Optional<Defects> found) {
    return new Inspection(
        sample, score, verdict, feature, truth, artifacts, scene, notes, found, look, part);
  }

  /**
   * The same with the part that it shows.
   *
   * @param name the part's name
   * @return a new inspection
   */
  public Inspection withPart(Optional<String> name) {
    return new Inspection(
        sample, score, verdict, feature, truth, artifacts, scene, notes, defects, look, name);
  }

  /**
   * The same with how it looks.
   *
   * @param seen the look; its places are left out, since a run may have many thousands of pictures
   * @return a new inspection
   */
  public Inspection withLook(Optional<Look> seen) {
    Optional<Look> whole = seen.map(Look::whole);
    return new Inspection(
        sample, score, verdict, feature, truth, artifacts, scene, notes, defects, whole, part);
  }

  /**
   * The notes as a table has them.
   *
   * @return their words with {@code ; } between them; empty where there is nothing to say
   */
  public String noteWords() {
    return notes.stream().map(PictureNote::words).collect(Collectors.joining("; "));
  }
}
