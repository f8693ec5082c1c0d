package io.github.anople.core.bundle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.SceneLimits;
import io.github.anople.core.drift.DriftReference;
import io.github.anople.core.json.StrictJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Good pictures that a detector's memory was given after its training, in one go: what they are,
 * and what takes them out again.
 *
 * @param version numbers the detector's versions; 0 is the detector as it was trained
 * @param signature when, and by whom
 * @param product the class that they show
 * @param pictures at least one, in the order of their rows
 * @param before what held before
 */
public record Addition(
    int version, Signature signature, String product, List<Picture> pictures, State before) {

  private static final int LONGEST_NAME = 200;
  private static final int MOST_VERSIONS = 1_000_000;

  /**
   * When something was added, and by whom.
   *
   * @param time when, in whole seconds
   * @param by a person's or a program's name; empty where it is nobody's business
   */
  public record Signature(Instant time, Optional<String> by) {

    /** Without a name, at the beginning of 1970: for what is not kept. */
    public static final Signature NONE = new Signature(Instant.EPOCH, Optional.empty());

    /**
     * A signature.
     *
     * @param time when; what is below a second is dropped
     * @param by a name; empty or blank for none
     */
    public Signature {
      time = Instant.ofEpochSecond(time.getEpochSecond());
      by = by.map(name -> oneLine(name.strip())).filter(name -> !name.isEmpty());
    }

    private static String oneLine(String name) {
      String line = name.replaceAll("\\p{Cntrl}", "?");
      return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME);
    }
  }

  /**
   * What was added of a picture.
   *
   * @param name its file's name, without folder
   * @param sha256 of its file, 64 lower-case hexadecimal digits
   * @param rows how many rows it gave each memory, by the memory's name
   * @param views how many of its views the scene check remembers; 0 without one
   * @param scene limits of a scene check that knows the trained shots and this picture
   */
  public record Picture(
      String name, String sha256, Map<String, Long> rows, long views, Optional<SceneLimits> scene) {

    /**
     * A picture.
     *
     * @throws IllegalArgumentException if the name is blank, the hash has another form, or numbers
     *     are impossible
     */
    public Picture {
      rows = new LinkedHashMap<>(rows);
      Objects.requireNonNull(scene, "scene");
      require(!name.isBlank(), "a picture's name is blank");
      require(Sha256.isHex(sha256), "a picture's SHA-256 is none");
      require(
          !rows.isEmpty() && rows.values().stream().allMatch(count -> count > 0),
          "a picture without rows");
      require(views >= 0 && views > 0 == scene.isPresent(), "a picture with " + views + " views");
    }
  }

  /**
   * What held of a detector at a version, besides its memory.
   *
   * @param calibration its thresholds; empty where it had none, or where nobody knows
   * @param goldenScore its golden image's score; empty where nobody knows
   * @param drift how the pictures of the calibration looked; empty where nobody asked or knows
   */
  public record State(
      Optional<Calibration> calibration,
      OptionalDouble goldenScore,
      Optional<DriftReference> drift) {

    /** Of a version that never was: pictures before it were taken out. */
    public static final State UNKNOWN =
        new State(Optional.empty(), OptionalDouble.empty(), Optional.empty());

    static State of(DetectorBundle bundle) {
      return new State(
          bundle.calibration(),
          bundle
              .goldenImage()
              .map(golden -> OptionalDouble.of(golden.score()))
              .orElse(OptionalDouble.empty()),
          bundle.drift());
    }
  }

  /**
   * An addition.
   *
   * @throws IllegalArgumentException if the version is below 1, the class is blank, or there is no
   *     picture
   */
  public Addition {
    Objects.requireNonNull(signature, "signature");
    Objects.requireNonNull(before, "before");
    pictures = List.copyOf(pictures);
    require(version >= 1 && version <= MOST_VERSIONS, "a version of " + version);
    require(!product.isBlank(), "a blank class");
    require(!pictures.isEmpty(), "an addition without pictures");
  }

  /**
   * How many rows it gave the memories.
   *
   * @return rows of all memories together
   */
  public long memoryRows() {
    return pictures.stream()
        .flatMap(picture -> picture.rows().values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  Addition with(List<Picture> rest, State held) {
    return new Addition(version, signature, product, rest, held);
  }

  /** What the provenance calls a picture of it. */
  Provenance.Shot shot(Picture picture) {
    return new Provenance.Shot(product + "/" + picture.name(), picture.sha256());
  }

  void write(ObjectNode json) {
    json.put("version", version);
    json.put("time", signature.time().toString());
    signature.by().ifPresent(name -> json.put("by", name));
    json.put("class", product);
    ArrayNode all = json.putArray("pictures");
    for (Picture picture : pictures) {
      ObjectNode one = all.addObject();
      one.put("name", picture.name()).put("sha256", picture.sha256());
      ArrayNode rows = one.putArray("rows");
      picture
          .rows()
          .forEach((memory, count) -> rows.addObject().put("memory", memory).put("rows", count));
      picture
          .scene()
          .ifPresent(
              limits -> {
                one.put("views", picture.views());
                one.set("scene", Additions.tree(limits.toJson()));
              });
    }
    ObjectNode state = json.putObject("before");
    before
        .calibration()
        .ifPresent(known -> state.set("calibration", Additions.tree(known.toJson())));
    before.goldenScore().ifPresent(score -> state.put("golden_score", score));
    before.drift().ifPresent(known -> state.set("drift", Additions.tree(known.toJson())));
  }

  static Addition read(StrictJson json, String where) {
    return new Addition(
        json.count("version"),
        new Signature(
            time(json.text("time")),
            json.has("by") ? Optional.of(json.text("by")) : Optional.empty()),
        json.text("class"),
        json.objects("pictures", one -> picture(one, where)),
        json.object("before", one -> state(one, where)));
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("is of no time: " + InputException.quoted(text), e);
    }
  }

  private static Picture picture(StrictJson json, String where) {
    Map<String, Long> rows = new LinkedHashMap<>();
    json.objects("rows", one -> Map.entry(one.text("memory"), one.integer("rows")))
        .forEach(one -> rows.put(one.getKey(), one.getValue()));
    boolean scene = json.has("scene");
    return new Picture(
        json.text("name"),
        json.text("sha256"),
        rows,
        scene ? json.integer("views") : 0,
        scene ? Optional.of(SceneLimits.fromJson(json.json("scene"), where)) : Optional.empty());
  }

  private static State state(StrictJson json, String where) {
    return new State(
        json.has("calibration")
            ? Optional.of(Calibration.fromJson(json.json("calibration"), where))
            : Optional.empty(),
        json.has("golden_score")
            ? OptionalDouble.of(json.number("golden_score"))
            : OptionalDouble.empty(),
        json.has("drift")
            ? Optional.of(DriftReference.fromJson(json.json("drift"), where))
            : Optional.empty());
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("has " + what + ", which is impossible");
    }
  }
}
