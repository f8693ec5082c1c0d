package io.github.anople.server.exchange;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.json.StrictJson;
import io.github.anople.core.region.Region;
import io.github.anople.server.store.DetectorVersion.Origin;
import io.github.anople.server.store.GoodPicture.Purpose;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What {@code product.json} of a product's file says.
 *
 * @param name the product's name where it comes from
 * @param shows what its pictures show
 * @param region which part of its pictures counts, as JSON
 * @param pictures its good pictures, in the order in which they came
 * @param detectors the versions of its detector, from 1
 * @param active the version that inspects
 */
record ProductFile(
    String name,
    String shows,
    Optional<String> region,
    List<Good> pictures,
    List<Version> detectors,
    Optional<Integer> active) {

  /** The first entry of the file, which says what the others are. */
  static final String ENTRY = "product.json";

  /** What this is, for whoever opens the file. */
  static final String FORMAT = "anople-product";

  /** Raised when an older version could not read what is written. */
  static final int FORMAT_VERSION = 1;

  private static final String REMEDY = "export the product again, or import it by a newer version";
  private static final int MOST_PICTURES = 20_000;
  private static final int MOST_DETECTORS = 1_000;
  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_REMARKS = 4_000;
  private static final int LONGEST_JSON = 20_000;

  ProductFile {
    pictures = List.copyOf(pictures);
    detectors = List.copyOf(detectors);
  }

  /**
   * A good picture.
   *
   * @param sha256 its content
   * @param name what its file was called
   * @param purpose what it is for
   * @param remarks what looks odd about it
   */
  record Good(String sha256, String name, Purpose purpose, String remarks) {

    private static Good read(StrictJson json) {
      return new Good(
          hash(json, "sha256"),
          line(json.text("name"), LONGEST_NAME),
          ProductFile.purpose(json),
          line(json.text("remarks"), LONGEST_REMARKS));
    }
  }

  /**
   * A version of the detector.
   *
   * @param provisional whether it was made without training
   * @param calibration its thresholds as JSON
   * @param anople content of its {@code .anople}
   * @param onnx content of its {@code .onnx}
   * @param origin how it came about
   * @param sameScoresAs the earlier version whose scores it has; empty for scores of its own
   * @param pictures by content, what each picture was for that it was made from
   */
  record Version(
      boolean provisional,
      Optional<String> calibration,
      String anople,
      String onnx,
      Origin origin,
      Optional<Integer> sameScoresAs,
      SortedMap<String, Purpose> pictures) {

    private static Version read(StrictJson json) {
      SortedMap<String, Purpose> pictures = new TreeMap<>();
      for (Map.Entry<String, Purpose> one : json.objects("pictures", Version::use)) {
        if (pictures.put(one.getKey(), one.getValue()) != null) {
          throw new IllegalArgumentException("names picture " + one.getKey() + " twice");
        }
      }
      return new Version(
          json.flag("provisional"),
          json.has("calibration")
              ? Optional.of(calibration(json.json("calibration")))
              : Optional.empty(),
          hash(json, "anople"),
          hash(json, "onnx"),
          origin(json.text("origin")),
          json.has("same_scores_as") ? Optional.of(json.count("same_scores_as")) : Optional.empty(),
          pictures);
    }

    private static Map.Entry<String, Purpose> use(StrictJson json) {
      return Map.entry(hash(json, "sha256"), ProductFile.purpose(json));
    }

    private static Origin origin(String id) {
      return Stream.of(Origin.values())
          .filter(one -> one.id().equals(id))
          .findFirst()
          .orElseThrow(
              () -> new IllegalArgumentException(InputException.quoted(id) + " is no origin"));
    }

    private static String calibration(String json) {
      Calibration.fromJson(json, ENTRY);
      return bounded(json, "the calibration");
    }
  }

  /**
   * Reads it; nothing of it is trusted.
   *
   * @param text the entry
   * @return what it says
   * @throws InputException if it is no such file, or one of a later format
   */
  static ProductFile read(String text) {
    return StrictJson.parse(text, ENTRY, "product", REMEDY, ProductFile::read);
  }

  private static ProductFile read(StrictJson json) {
    if (!json.text("format").equals(FORMAT) || json.count("format_version") != FORMAT_VERSION) {
      throw new InputException(
          ENTRY,
          "is of format %s, version %d; this server reads %s, version %d"
              .formatted(
                  InputException.quoted(json.text("format")),
                  json.count("format_version"),
                  FORMAT,
                  FORMAT_VERSION),
          REMEDY);
    }
    List<Good> pictures = json.objects("pictures", Good::read);
    List<Version> detectors = json.objects("detectors", Version::read);
    Optional<Integer> active =
        json.has("active") ? Optional.of(json.count("active")) : Optional.empty();
    requireWhole(pictures, detectors, active);
    return new ProductFile(
        json.text("name"), json.text("shows"), region(json), pictures, detectors, active);
  }

  private static void requireWhole(
      List<Good> pictures, List<Version> detectors, Optional<Integer> active) {
    if (pictures.size() > MOST_PICTURES || detectors.size() > MOST_DETECTORS) {
      throw new IllegalArgumentException(
          "has more than %d pictures or %d detectors".formatted(MOST_PICTURES, MOST_DETECTORS));
    }
    Set<String> seen = new HashSet<>();
    for (Good picture : pictures) {
      if (!seen.add(picture.sha256)) {
        throw new IllegalArgumentException("names picture " + picture.sha256 + " twice");
      }
    }
    for (int i = 0; i < detectors.size(); i++) {
      int earlier = i;
      if (detectors.get(i).sameScoresAs.filter(one -> one < 1 || one > earlier).isPresent()) {
        throw new IllegalArgumentException("has a version with the scores of none before it");
      }
    }
    if (active.filter(version -> version < 1 || version > detectors.size()).isPresent()) {
      throw new IllegalArgumentException("has no version " + active.get() + ", which inspects");
    }
  }

  private static Optional<String> region(StrictJson json) {
    if (!json.has("region")) {
      return Optional.empty();
    }
    String region = json.json("region");
    Region.fromJson(region, ENTRY);
    return Optional.of(bounded(region, "the region"));
  }

  private static String bounded(String json, String what) {
    if (json.length() > LONGEST_JSON) {
      throw new IllegalArgumentException(what + " is longer than " + LONGEST_JSON + " characters");
    }
    return json;
  }

  private static String hash(StrictJson json, String field) {
    String text = json.text(field);
    if (!Sha256.isHex(text)) {
      throw new IllegalArgumentException(field + " is no SHA-256");
    }
    return text;
  }

  private static Purpose purpose(StrictJson json) {
    String id = json.text("purpose");
    for (Purpose purpose : Purpose.values()) {
      if (purpose.id().equals(id)) {
        return purpose;
      }
    }
    throw new IllegalArgumentException(InputException.quoted(id) + " is no purpose");
  }

  private static String line(String text, int longest) {
    if (text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a name or remark is longer than " + longest + " characters, or not in one line");
    }
    return text;
  }

  /** The contents of all pictures: of the good ones, and of those that detectors were made from. */
  SortedSet<String> pictureContents() {
    SortedSet<String> contents = new TreeSet<>();
    pictures.forEach(picture -> contents.add(picture.sha256));
    detectors.forEach(version -> contents.addAll(version.pictures.keySet()));
    return contents;
  }

  /** The contents of all detectors' files. */
  SortedSet<String> detectorContents() {
    SortedSet<String> contents = new TreeSet<>();
    detectors.forEach(version -> contents.addAll(List.of(version.anople, version.onnx)));
    return contents;
  }

  /** The entry of a content. */
  static String entry(String sha256) {
    return "content/" + sha256;
  }
}
