package io.github.anople.core.decide;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.InputException;
import io.github.anople.core.json.StrictJson;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A detector's thresholds, how they came about, and what they promise. A value: it can be stored
 * with a detector, replaced, or overruled.
 *
 * @param kind how the thresholds came about
 * @param imageThreshold the largest score of a picture that is still good enough, in [0, 1]
 * @param pixelThreshold the same for each value of a map, in (0, 1]
 * @param normalLevel the value that most of a usual good picture's map stays below, in [0,
 *     pixelThreshold]: what should look calm
 * @param targetFalseAlarm the share of good pictures that was to be NOT OK at most, in [1e-6, 0.5]
 * @param images the good pictures that the thresholds are from: further ones for {@link
 *     Kind#CONFORMAL}, else the shots; at least 1
 * @param promised the share of good pictures that are NOT OK at most, on average; of {@link
 *     Kind#CONFORMAL} alone, and never below 1 / (images + 1), which is all that so many pictures
 *     can promise
 * @param scene limits of the scene check; empty for those of the shots alone, or none
 * @param uncertain the lower of two thresholds of pictures; empty where there is one, and nothing
 *     is UNCERTAIN
 */
public record Calibration(
    Kind kind,
    float imageThreshold,
    float pixelThreshold,
    float normalLevel,
    double targetFalseAlarm,
    int images,
    Optional<Double> promised,
    Optional<SceneLimits> scene,
    Optional<Uncertain> uncertain) {

  /** What is aimed at unless somebody asks for another share. */
  public static final double USUAL_FALSE_ALARM = 0.01;

  /** Below it, detection takes all numbers for the same: a map may be 0 everywhere. */
  static final double SMALLEST_THRESHOLD = 1e-6;

  private static final double SMALLEST_TARGET = 1e-6;
  private static final double LARGEST_TARGET = 0.5;
  private static final String NAME = "calibration";

  /** How thresholds come about. */
  public enum Kind {
    /** From further good pictures, with a promise. */
    CONFORMAL,
    /** From altered views of the shots and simulated defects, without one. */
    ESTIMATE,
    /** Somebody chose them. */
    MANUAL;

    /**
     * The name in files.
     *
     * @return lower case
     */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static Kind of(String id) {
      for (Kind kind : values()) {
        if (kind.id().equals(id)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("is not a known kind: " + InputException.quoted(id));
    }
  }

  /**
   * A calibration.
   *
   * @param kind how the thresholds came about
   * @param imageThreshold the largest score that is good enough
   * @param pixelThreshold the same for each value of a map
   * @param normalLevel the value that most of a usual good picture's map stays below
   * @param targetFalseAlarm what was aimed at
   * @param images the good pictures that the thresholds are from
   * @param promised what they promise
   * @param scene limits of the scene check
   * @param uncertain the lower of two thresholds of pictures
   * @throws IllegalArgumentException if a number is out of its range, more is promised than so many
   *     pictures can, or the lower threshold is the higher
   */
  public Calibration {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(scene, "scene");
    Objects.requireNonNull(uncertain, "uncertain");
    require(Threshold.isScore(imageThreshold), "an image threshold of " + imageThreshold);
    require(
        Threshold.isScore(pixelThreshold) && pixelThreshold > 0,
        "a pixel threshold of " + pixelThreshold);
    require(normalLevel >= 0 && normalLevel <= pixelThreshold, "a normal level of " + normalLevel);
    requireTarget(targetFalseAlarm);
    require(images >= 1, images + " pictures");
    require(
        promised.isPresent() == (kind == Kind.CONFORMAL),
        promised.isPresent()
            ? "a promise without being conformal"
            : "no promise despite being conformal");
    promised.ifPresent(
        share ->
            require(
                share <= 1 && share >= Conformal.best(images),
                "a promise of " + share + " from " + images + " pictures"));
    uncertain.ifPresent(lower -> lower.requireBelow(imageThreshold, targetFalseAlarm, promised));
    uncertain.ifPresent(
        lower ->
            require(
                lower.target().isEmpty() == (kind == Kind.MANUAL),
                lower.target().isEmpty()
                    ? "an uncertain threshold by hand alone"
                    : "a target of uncertain pictures by hand"));
  }

  /**
   * A calibration with one threshold of pictures.
   *
   * @param kind how the thresholds came about
   * @param imageThreshold the largest score that is good enough
   * @param pixelThreshold the same for each value of a map
   * @param normalLevel the value that most of a usual good picture's map stays below
   * @param targetFalseAlarm what was aimed at
   * @param images the good pictures that the thresholds are from
   * @param promised what they promise
   * @param scene limits of the scene check
   * @throws IllegalArgumentException if a number is out of its range, or more is promised than so
   *     many pictures can
   */
  public Calibration(
      Kind kind,
      float imageThreshold,
      float pixelThreshold,
      float normalLevel,
      double targetFalseAlarm,
      int images,
      Optional<Double> promised,
      Optional<SceneLimits> scene) {
    this(
        kind,
        imageThreshold,
        pixelThreshold,
        normalLevel,
        targetFalseAlarm,
        images,
        promised,
        scene,
        Optional.empty());
  }

  /**
   * A calibration without limits of its own for the scene check.
   *
   * @param kind how the thresholds came about
   * @param imageThreshold the largest score that is good enough
   * @param pixelThreshold the same for each value of a map
   * @param normalLevel the value that most of a usual good picture's map stays below
   * @param targetFalseAlarm what was aimed at
   * @param images the good pictures that the thresholds are from
   * @param promised what they promise
   * @throws IllegalArgumentException if a number is out of its range, or more is promised than so
   *     many pictures can
   */
  public Calibration(
      Kind kind,
      float imageThreshold,
      float pixelThreshold,
      float normalLevel,
      double targetFalseAlarm,
      int images,
      Optional<Double> promised) {
    this(
        kind,
        imageThreshold,
        pixelThreshold,
        normalLevel,
        targetFalseAlarm,
        images,
        promised,
        Optional.empty());
  }

  static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("has " + what + ", which is impossible");
    }
  }

  /**
   * Refuses a share of false alarms that nobody can aim at.
   *
   * @param target a share of good pictures
   * @throws InputException unless it is from 1e-6 to 0.5
   */
  public static void checkTarget(double target) {
    if (!isTarget(target)) {
      throw new InputException(
          "target of false alarms",
          target + " is out of range",
          "choose a share from %s to %s, such as %s"
              .formatted(SMALLEST_TARGET, LARGEST_TARGET, USUAL_FALSE_ALARM));
    }
  }

  static void requireTarget(double target) {
    require(isTarget(target), "a target of " + target + " false alarms");
  }

  private static boolean isTarget(double target) {
    return target >= SMALLEST_TARGET && target <= LARGEST_TARGET;
  }

  /**
   * The threshold of pictures, as verdicts need it.
   *
   * @return image threshold and origin, the limits of the scene check, and the lower threshold
   */
  public Threshold threshold() {
    return new Threshold(imageThreshold, kind, scene, uncertain.map(Uncertain::threshold));
  }

  /**
   * The same with limits of the scene check.
   *
   * @param limits what they are to be
   * @return a new calibration
   */
  public Calibration withScene(Optional<SceneLimits> limits) {
    return with(limits, uncertain);
  }

  /**
   * The same with a lower threshold, or without one.
   *
   * @param lower what is to be UNCERTAIN; empty for nothing
   * @return a new calibration
   * @throws IllegalArgumentException if it does not go with this calibration's numbers
   */
  public Calibration withUncertain(Optional<Uncertain> lower) {
    return with(scene, lower);
  }

  private Calibration with(Optional<SceneLimits> limits, Optional<Uncertain> lower) {
    return new Calibration(
        kind,
        imageThreshold,
        pixelThreshold,
        normalLevel,
        targetFalseAlarm,
        images,
        promised,
        limits,
        lower);
  }

  /**
   * The same with an image threshold that somebody chose: nothing is promised then, and nothing is
   * UNCERTAIN.
   *
   * @param chosen the largest score that is good enough
   * @return a new calibration of kind {@link Kind#MANUAL}
   * @throws InputException if it is not in [0, 1]
   */
  public Calibration withImageThreshold(float chosen) {
    return with(Threshold.manual(chosen));
  }

  /**
   * The same with thresholds of pictures that somebody chose: nothing is promised then.
   *
   * @param chosen of {@link Threshold#manual}; its scene check is not looked at
   * @return a new calibration of kind {@link Kind#MANUAL}
   */
  public Calibration with(Threshold chosen) {
    return new Calibration(
        Kind.MANUAL,
        chosen.value(),
        pixelThreshold,
        normalLevel,
        targetFalseAlarm,
        images,
        Optional.empty(),
        scene,
        chosen.uncertain().map(lower -> new Uncertain(lower, Optional.empty(), Optional.empty())));
  }

  /**
   * What is promised and what is not, for people.
   *
   * @return plain sentences, without line breaks
   */
  public String statement() {
    return Statements.of(this);
  }

  /**
   * As JSON, on one line, fields always in the same order.
   *
   * @return what {@link #fromJson} reads
   */
  public String toJson() {
    return toTree().toString();
  }

  private ObjectNode toTree() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", kind.id());
    json.put("image_threshold", imageThreshold);
    json.put("pixel_threshold", pixelThreshold);
    json.put("normal_level", normalLevel);
    json.put("target_false_alarm", targetFalseAlarm);
    json.put("images", images);
    promised.ifPresent(share -> json.put("promised_false_alarm", share));
    scene.ifPresent(limits -> json.set("scene", limits.toTree()));
    uncertain.ifPresent(lower -> lower.putInto(json));
    return json;
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param json the text
   * @param where the file that it is from, for messages
   * @return the calibration
   * @throws InputException if it is not JSON, a field is missing, unknown, of another type or out
   *     of range, or it promises what it cannot; the message names the file and the field
   */
  public static Calibration fromJson(String json, String where) {
    return StrictJson.parse(json, where, NAME, Calibration::read);
  }

  private static Calibration read(StrictJson json) {
    return new Calibration(
        Kind.of(json.text("kind")),
        (float) json.number("image_threshold"),
        (float) json.number("pixel_threshold"),
        (float) json.number("normal_level"),
        json.number("target_false_alarm"),
        json.count("images"),
        json.has("promised_false_alarm")
            ? Optional.of(json.number("promised_false_alarm"))
            : Optional.empty(),
        json.has("scene") ? Optional.of(json.object("scene", SceneLimits::read)) : Optional.empty(),
        Uncertain.read(json));
  }
}
