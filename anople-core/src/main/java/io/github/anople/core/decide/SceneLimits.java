package io.github.anople.core.decide;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.InputException;
import io.github.anople.core.detect.Scene;
import io.github.anople.core.detect.Scene.Measure;
import io.github.anople.core.json.StrictJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How unlike the shots a picture may be before it is not the product: the limits of the scene
 * check. They come from the shots alone at first, and from further good pictures once there are
 * some (section 12 of the method's page).
 *
 * @param values the largest value of each measure that is good enough, in the measures' order
 * @param altered how far altered views of the shots are from them: no limit may be below
 * @param nothing how far the nearest picture that shows nothing is: no limit may be there
 */
public record SceneLimits(List<Float> values, Reach altered, Reach nothing) {

  /**
   * Without further pictures, a good part is this near to the shots, and nothing is not; of the two
   * measures that compare patches.
   */
  private static final double[] SHARE_OF_NOTHING = {0.85, 0.92};

  /** However near to each other the further pictures are, the next may be as far as that. */
  private static final double[] LEAST_OF_NOTHING = {0.6, 0.7};

  /** However far good pictures reach, this far they may not. */
  private static final double MOST_OF_NOTHING = 0.97;

  /** Other parts are farther from each other than views of one. */
  private static final double BEYOND_SHOTS = 1.25;

  /** The next good picture is rarely farther than the farthest of many. */
  private static final double BEYOND_PICTURES = 1.5;

  /** No distance of patches exceeds it: the measure says nothing. */
  private static final float OFF = 1;

  private static final String NAME = "scene";

  /**
   * What is usual of light, sharpness and colour without and with further good pictures, in the
   * measures' order from {@link Measure#DARK} on.
   */
  private enum Usual {
    DARK(Math.log(2.5), 0.5),
    BRIGHT(Math.log(2.5), 0.5),
    FLAT(Math.log(4), 0.9),
    HARSH(Math.log(3), 0.5),
    BLURRED(Math.log(3), 0.6),
    NOISY(Math.log(3), 0.5),
    COLOUR(0.35, 0.15),
    OVEREXPOSED(0.25, 0.1),
    REPETITIVE(Math.log(6), Math.log(2));

    private final double ofShots;
    private final double least;

    Usual(double ofShots, double least) {
      this.ofShots = ofShots;
      this.least = least;
    }
  }

  /**
   * A pair of values of the two measures that compare patches.
   *
   * @param structure of {@link Measure#STRUCTURE}
   * @param worstPlace of {@link Measure#WORST_PLACE}
   */
  public record Reach(float structure, float worstPlace) {

    /** Nothing measured yet, of a largest value. */
    public static final Reach NONE = new Reach(0, 0);

    /**
     * Two values.
     *
     * @param structure of the one
     * @param worstPlace of the other
     * @throws IllegalArgumentException if one is not in [0, 1]
     */
    public Reach {
      if (!Threshold.isScore(structure) || !Threshold.isScore(worstPlace)) {
        throw new IllegalArgumentException(
            "distances are in [0, 1], not " + structure + " and " + worstPlace);
      }
    }

    /**
     * What a picture has.
     *
     * @param scene its measures
     * @return the two, at most 1
     */
    public static Reach of(Scene scene) {
      return new Reach(
          Math.min(1, scene.value(Measure.STRUCTURE)),
          Math.min(1, scene.value(Measure.WORST_PLACE)));
    }

    /**
     * The larger of each.
     *
     * @param other another pair
     * @return a pair
     */
    public Reach max(Reach other) {
      return new Reach(
          Math.max(structure, other.structure), Math.max(worstPlace, other.worstPlace));
    }

    /**
     * The smaller of each.
     *
     * @param other another pair
     * @return a pair
     */
    public Reach min(Reach other) {
      return new Reach(
          Math.min(structure, other.structure), Math.min(worstPlace, other.worstPlace));
    }

    private float at(int measure) {
      return measure == 0 ? structure : worstPlace;
    }
  }

  /**
   * Limits.
   *
   * @param values one for each measure
   * @param altered how far altered views are
   * @param nothing how far nothing is
   * @throws IllegalArgumentException if there are not as many as measures, or one is negative or
   *     not finite
   */
  public SceneLimits {
    values = new Scene(values).values();
    Objects.requireNonNull(altered, "altered");
    Objects.requireNonNull(nothing, "nothing");
  }

  /**
   * Limits from the shots alone. A picture that shows nothing exceeds them, whatever the shots are,
   * unless altered views of the shots themselves are as far off: then their patches tell nothing,
   * and are not asked.
   *
   * @param altered how far altered views of the shots are, at most
   * @param others how far a shot is from the others of its product, at most; {@link Reach#NONE}
   *     where it has no other
   * @param nothing how far pictures that show nothing are, at least
   * @return limits
   */
  public static SceneLimits ofShots(Reach altered, Reach others, Reach nothing) {
    List<Float> values = new ArrayList<>();
    Reach shots = altered.max(others);
    for (int i = 0; i < 2; i++) {
      double wanted = Math.max(SHARE_OF_NOTHING[i] * nothing.at(i), BEYOND_SHOTS * shots.at(i));
      values.add(within(wanted, altered, nothing, i));
    }
    for (Usual usual : Usual.values()) {
      values.add((float) usual.ofShots);
    }
    return new SceneLimits(values, altered, nothing);
  }

  /** At most what nothing allows, or off where altered views are as far as nothing. */
  private static float within(double wanted, Reach altered, Reach nothing, int measure) {
    double most = MOST_OF_NOTHING * nothing.at(measure);
    return altered.at(measure) > most ? OFF : (float) Math.min(wanted, most);
  }

  /**
   * The limits of a check that knows what either knows; both from shots alone, and in any order the
   * same.
   *
   * @param other limits of a check that knows some of the same shots, and others
   * @return for each measure the wider of both, but within what altered views and nothing allow
   */
  public SceneLimits with(SceneLimits other) {
    Reach farthest = altered.max(other.altered);
    Reach nearest = nothing.min(other.nothing);
    List<Float> wider = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      float wanted = Math.max(values.get(i), other.values.get(i));
      wider.add(i < 2 ? within(wanted, farthest, nearest, i) : Float.valueOf(wanted));
    }
    return new SceneLimits(wider, farthest, nearest);
  }

  /**
   * Limits from further good pictures: half as much again as the farthest of them, but within what
   * altered views and nothing allow.
   *
   * @param pictures good pictures; none may be a shot
   * @return other limits
   */
  public SceneLimits from(List<Scene> pictures) {
    List<Float> limits = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      double largest = pictures.stream().mapToDouble(one -> one.value(measure)).max().orElse(0);
      limits.add(limit(Scene.place(measure), largest));
    }
    return new SceneLimits(limits, altered, nothing);
  }

  /** The limit of a measure whose largest value among good pictures is known. */
  private float limit(int measure, double largest) {
    double wanted = BEYOND_PICTURES * largest;
    if (measure >= 2) {
      return (float) Math.max(wanted, Usual.values()[measure - 2].least);
    }
    double least = Math.max(altered.at(measure), LEAST_OF_NOTHING[measure] * nothing.at(measure));
    return within(Math.max(wanted, least), altered, nothing, measure);
  }

  /**
   * Which of some good pictures are unlike the others: those that would exceed the limits that the
   * others alone give. At most one can by each measure, and any that is as far off as nothing.
   *
   * @param pictures good pictures
   * @return faults by place in the list, of those that have any
   */
  public Map<Integer, List<SceneFault>> unlikeTheOthers(List<Scene> pictures) {
    float[] first = new float[Scene.SIZE];
    float[] second = new float[Scene.SIZE];
    for (Scene picture : pictures) {
      for (int i = 0; i < Scene.SIZE; i++) {
        float value = picture.values().get(i);
        second[i] = Math.max(second[i], Math.min(first[i], value));
        first[i] = Math.max(first[i], value);
      }
    }
    Map<Integer, List<SceneFault>> unlike = new LinkedHashMap<>();
    for (int picture = 0; picture < pictures.size(); picture++) {
      List<Float> limits = new ArrayList<>();
      for (int i = 0; i < Scene.SIZE; i++) {
        // Of equals either is the largest of the others.
        boolean largest = pictures.get(picture).values().get(i) == first[i];
        limits.add(limit(i, largest ? second[i] : first[i]));
      }
      List<SceneFault> faults = faults(pictures.get(picture), limits);
      if (!faults.isEmpty()) {
        unlike.put(picture, faults);
      }
    }
    return unlike;
  }

  /**
   * What of a picture exceeds these limits.
   *
   * @param scene what was measured of it
   * @return the most exceeded first; none where it may be the product
   */
  public List<SceneFault> faults(Scene scene) {
    return faults(scene, values);
  }

  private static List<SceneFault> faults(Scene scene, List<Float> limits) {
    List<SceneFault> faults = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      float value = scene.value(measure);
      float limit = limits.get(Scene.place(measure));
      if (value > limit) {
        faults.add(new SceneFault(measure, value, limit));
      }
    }
    faults.sort(Comparator.comparingDouble(SceneFault::excess).reversed());
    return List.copyOf(faults);
  }

  /**
   * As JSON, on one line, fields always in the same order.
   *
   * @return what {@link #fromJson} reads
   */
  public String toJson() {
    return toTree().toString();
  }

  ObjectNode toTree() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode limits = json.putObject("limits");
    for (Measure measure : Measure.values()) {
      limits.put(measure.id(), values.get(Scene.place(measure)));
    }
    put(json.putObject("altered"), altered);
    put(json.putObject("nothing"), nothing);
    return json;
  }

  private static void put(ObjectNode json, Reach reach) {
    json.put(Measure.STRUCTURE.id(), reach.structure());
    json.put(Measure.WORST_PLACE.id(), reach.worstPlace());
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param json the text
   * @param where the file that it is from, for messages
   * @return the limits
   * @throws InputException if it is not JSON, or a field is missing, unknown, of another type or
   *     out of range; the message names the file and the field
   */
  public static SceneLimits fromJson(String json, String where) {
    return StrictJson.parse(json, where, NAME, SceneLimits::read);
  }

  static SceneLimits read(StrictJson json) {
    return new SceneLimits(
        json.object("limits", SceneLimits::limits),
        json.object("altered", SceneLimits::reach),
        json.object("nothing", SceneLimits::reach));
  }

  private static List<Float> limits(StrictJson json) {
    List<Float> limits = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      limits.add((float) json.number(measure.id()));
    }
    return limits;
  }

  private static Reach reach(StrictJson json) {
    return new Reach(
        (float) json.number(Measure.STRUCTURE.id()), (float) json.number(Measure.WORST_PLACE.id()));
  }
}
