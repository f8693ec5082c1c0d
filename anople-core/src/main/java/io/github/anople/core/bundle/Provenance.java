package io.github.anople.core.bundle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What a detector was made from, and with what: enough to make it again. It holds no time, no user
 * and no folder, so that the same making gives the same bytes.
 *
 * @param anopleVersion the version of this program
 * @param backbone the frozen CLIP that it was trained on, and is to be used with
 * @param dataset the data set's name
 * @param classNames what the images show, as prompted, in training order
 * @param shots the normal images that it learned from, in training order
 * @param seed the seed of every draw
 * @param precision the numbers trained with, for example {@code fp32}
 * @param platform where it was trained
 * @param encoders what its memory sees with beside the backbone and is to be used with, by name and
 *     content; without those that the detector carries with it
 * @param bitDepth how many of 16 bits the shots' samples were said to use; empty where nobody said,
 *     and then nobody should of other images
 */
public record Provenance(
    String anopleVersion,
    Backbone backbone,
    String dataset,
    List<String> classNames,
    List<Shot> shots,
    long seed,
    String precision,
    Platform platform,
    List<Backbone> encoders,
    OptionalInt bitDepth) {

  private static final String NAME = "provenance";

  /**
   * A provenance.
   *
   * @throws IllegalArgumentException if a text is blank, or there is no class or no shot
   */
  public Provenance {
    requireText(anopleVersion, "the version");
    Objects.requireNonNull(backbone, "backbone");
    requireText(dataset, "the data set");
    classNames = List.copyOf(classNames);
    classNames.forEach(name -> requireText(name, "a class name"));
    shots = List.copyOf(shots);
    if (classNames.isEmpty() || shots.isEmpty()) {
      throw new IllegalArgumentException("a detector has at least one class and one shot");
    }
    requireText(precision, "the precision");
    Objects.requireNonNull(platform, "platform");
    encoders = List.copyOf(encoders);
    Objects.requireNonNull(bitDepth, "bitDepth");
  }

  /**
   * A provenance of shots whose files tell their own bit depth.
   *
   * @param anopleVersion the version of this program
   * @param backbone the frozen CLIP
   * @param dataset the data set's name
   * @param classNames what the images show
   * @param shots the normal images
   * @param seed the seed of every draw
   * @param precision the numbers trained with
   * @param platform where it was trained
   * @param encoders what its memory sees with beside the backbone
   * @throws IllegalArgumentException if a text is blank, or there is no class or no shot
   */
  public Provenance(
      String anopleVersion,
      Backbone backbone,
      String dataset,
      List<String> classNames,
      List<Shot> shots,
      long seed,
      String precision,
      Platform platform,
      List<Backbone> encoders) {
    this(
        anopleVersion,
        backbone,
        dataset,
        classNames,
        shots,
        seed,
        precision,
        platform,
        encoders,
        OptionalInt.empty());
  }

  /**
   * A provenance without encoders beside the backbone.
   *
   * @param anopleVersion the version of this program
   * @param backbone the frozen CLIP
   * @param dataset the data set's name
   * @param classNames what the images show
   * @param shots the normal images
   * @param seed the seed of every draw
   * @param precision the numbers trained with
   * @param platform where it was trained
   * @throws IllegalArgumentException if a text is blank, or there is no class or no shot
   */
  public Provenance(
      String anopleVersion,
      Backbone backbone,
      String dataset,
      List<String> classNames,
      List<Shot> shots,
      long seed,
      String precision,
      Platform platform) {
    this(anopleVersion, backbone, dataset, classNames, shots, seed, precision, platform, List.of());
  }

  /**
   * A backbone, or another encoder, by name and content.
   *
   * @param name for example {@code ViT-B-16-plus-240}
   * @param sha256 the SHA-256 of its weights' file, 64 lower-case hexadecimal digits
   */
  public record Backbone(String name, String sha256) {

    /**
     * A backbone.
     *
     * @throws IllegalArgumentException if the name is blank or the hash has another form
     */
    public Backbone {
      requireText(name, "the backbone's name");
      requireSha256(sha256, name);
    }
  }

  /**
   * A shot, by name and content.
   *
   * @param name its path within the data set, with {@code /} between names
   * @param sha256 the SHA-256 of its file, 64 lower-case hexadecimal digits
   */
  public record Shot(String name, String sha256) {

    /**
     * A shot.
     *
     * @throws IllegalArgumentException if the name is blank or the hash has another form
     */
    public Shot {
      requireText(name, "a shot's name");
      requireSha256(sha256, name);
    }
  }

  /**
   * The machine's software. Results agree to the bit on one platform only.
   *
   * @param java the Java runtime's version
   * @param os the operating system and processor, for example {@code Linux amd64}
   * @param libtorch libtorch's version
   */
  public record Platform(String java, String os, String libtorch) {

    /**
     * A platform.
     *
     * @throws IllegalArgumentException if a text is blank
     */
    public Platform {
      requireText(java, "the Java version");
      requireText(os, "the operating system");
      requireText(libtorch, "libtorch's version");
    }

    /**
     * The platform that this code runs on.
     *
     * @param libtorch libtorch's version, which this room does not know
     * @return Java's and the operating system's names from the system properties
     */
    public static Platform current(String libtorch) {
      return new Platform(
          System.getProperty("java.version"),
          System.getProperty("os.name") + " " + System.getProperty("os.arch"),
          libtorch);
    }
  }

  /**
   * The same with further shots.
   *
   * @param more shots that the detector learned from besides
   * @return a new provenance
   */
  public Provenance withShots(List<Shot> more) {
    List<Shot> all = new ArrayList<>(shots);
    all.addAll(more);
    return of(all);
  }

  /**
   * The same without its last shots.
   *
   * @param count fewer than there are
   * @return a new provenance
   */
  Provenance withoutLast(int count) {
    return of(shots.subList(0, shots.size() - count));
  }

  private Provenance of(List<Shot> all) {
    return new Provenance(
        anopleVersion,
        backbone,
        dataset,
        classNames,
        all,
        seed,
        precision,
        platform,
        encoders,
        bitDepth);
  }

  /**
   * How images are to be read that the detector is to score: as its shots were.
   *
   * @return the usual limits, with the bit depth of the shots
   */
  public ImageReader.Options reading() {
    return ImageReader.Options.defaults().withBitDepth(bitDepth);
  }

  /**
   * As JSON, on one line, fields always in the same order.
   *
   * @return what {@link #fromJson} reads
   */
  public String toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("anople_version", anopleVersion);
    json.putObject("backbone").put("name", backbone.name()).put("sha256", backbone.sha256());
    if (!encoders.isEmpty()) {
      ArrayNode further = json.putArray("encoders");
      for (Backbone encoder : encoders) {
        further.addObject().put("name", encoder.name()).put("sha256", encoder.sha256());
      }
    }
    json.put("dataset", dataset);
    ArrayNode classes = json.putArray("class_names");
    classNames.forEach(classes::add);
    ArrayNode images = json.putArray("shots");
    for (Shot shot : shots) {
      images.addObject().put("name", shot.name()).put("sha256", shot.sha256());
    }
    json.put("seed", seed);
    json.put("precision", precision);
    bitDepth.ifPresent(bits -> json.put("bit_depth", bits));
    json.putObject("platform")
        .put("java", platform.java())
        .put("os", platform.os())
        .put("libtorch", platform.libtorch());
    return json.toString();
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param json the text
   * @param where the file that it is from, for messages
   * @return the provenance
   * @throws InputException if it is not JSON, or a field is missing, unknown, twice there or of
   *     another type; the message names the file and the field
   */
  public static Provenance fromJson(String json, String where) {
    return StrictJson.parse(json, where, NAME, Provenance::read);
  }

  private static Provenance read(StrictJson json) {
    return new Provenance(
        json.text("anople_version"),
        json.object("backbone", Provenance::backbone),
        json.text("dataset"),
        json.texts("class_names"),
        json.objects("shots", one -> new Shot(one.text("name"), one.text("sha256"))),
        json.integer("seed"),
        json.text("precision"),
        json.object(
            "platform",
            one -> new Platform(one.text("java"), one.text("os"), one.text("libtorch"))),
        json.has("encoders") ? json.objects("encoders", Provenance::backbone) : List.of(),
        json.has("bit_depth")
            ? OptionalInt.of(bits(json.integer("bit_depth")))
            : OptionalInt.empty());
  }

  private static int bits(long depth) {
    if (depth < Byte.SIZE || depth > Short.SIZE) {
      throw new IllegalArgumentException("a bit depth of " + depth + ", which is not 8 to 16");
    }
    return (int) depth;
  }

  private static Backbone backbone(StrictJson json) {
    return new Backbone(json.text("name"), json.text("sha256"));
  }

  private static void requireText(String text, String what) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(what + " is blank");
    }
  }

  private static void requireSha256(String text, String of) {
    if (!Sha256.isHex(text)) {
      // Not the whole text: from a file it may be of any length.
      String shown = text.length() > 80 ? text.substring(0, 80) + "..." : text;
      throw new IllegalArgumentException(
          "'" + shown + "' is not a SHA-256 (64 lower-case hexadecimal digits) of " + of);
    }
  }
}
