package io.github.anople.core.drift;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.InputException;
import io.github.anople.core.json.StrictJson;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How good pictures looked at calibration, and which scores they had: what later pictures are
 * compared with.
 *
 * @param pictures in the calibration's order, each with its places
 */
public record DriftReference(List<Seen> pictures) {

  /** More would tell little more, and make the detector's file larger. */
  public static final int MOST = 128;

  private static final String NAME = "drift";
  private static final int DIGITS = 5;

  /**
   * A picture as far as drift is concerned.
   *
   * @param score its score, in [0, 1]
   * @param look how it looks
   */
  public record Seen(float score, Look look) {

    /**
     * A picture.
     *
     * @throws IllegalArgumentException if the score is not in [0, 1]
     */
    public Seen {
      if (!(score >= 0 && score <= 1)) {
        throw new IllegalArgumentException("a score is in [0, 1], not " + score);
      }
    }
  }

  /**
   * A reference of at most {@link #MOST} pictures.
   *
   * @throws IllegalArgumentException if there are none or too many, or one lacks its places
   */
  public DriftReference {
    pictures = List.copyOf(pictures);
    if (pictures.isEmpty() || pictures.size() > MOST) {
      throw new IllegalArgumentException(
          pictures.size() + " pictures, not 1 to " + MOST + " of a calibration");
    }
    if (pictures.stream().anyMatch(one -> one.look().places().isEmpty())) {
      throw new IllegalArgumentException("a picture without its places");
    }
  }

  /**
   * A reference of any number of pictures: of many, every second, third … is kept, evenly.
   *
   * @param pictures good pictures of a calibration, at least one
   * @return what later pictures are compared with
   */
  public static DriftReference of(List<Seen> pictures) {
    int kept = Math.min(MOST, pictures.size());
    List<Seen> some = new ArrayList<>();
    for (int i = 0; i < kept; i++) {
      some.add(rounded(pictures.get((int) ((long) i * pictures.size() / kept))));
    }
    return new DriftReference(some);
  }

  /** As a file holds it: a reference is the same before and after it was stored. */
  private static Seen rounded(Seen picture) {
    List<Float> values = new ArrayList<>();
    picture.look().values().forEach(value -> values.add(decimal(value).floatValue()));
    return new Seen(
        decimal(picture.score()).floatValue(), Look.of(values, picture.look().places()));
  }

  private static BigDecimal decimal(float value) {
    return new BigDecimal(Float.toString(value)).setScale(DIGITS, RoundingMode.HALF_EVEN);
  }

  /**
   * As JSON, on one line, fields always in the same order.
   *
   * @return what {@link #fromJson} reads
   */
  public String toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode scores = json.putArray("scores");
    pictures.forEach(one -> scores.add(one.score()));
    for (int i = 0; i < Look.NAMES.size(); i++) {
      ArrayNode values = json.putArray(Look.NAMES.get(i));
      for (Seen one : pictures) {
        values.add(one.look().values().get(i));
      }
    }
    ArrayNode places = json.putArray("places");
    pictures.forEach(one -> places.add(one.look().places().orElseThrow().text()));
    return json.toString();
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param json the text
   * @param where the file that it is from, for messages
   * @return the reference
   * @throws InputException if it is not JSON, or a field is missing, unknown, of another type or
   *     length; the message names the file and the field
   */
  public static DriftReference fromJson(String json, String where) {
    return StrictJson.parse(json, where, NAME, DriftReference::read);
  }

  private static DriftReference read(StrictJson json) {
    List<Double> scores = json.numbers("scores");
    List<List<Double>> columns = new ArrayList<>();
    for (String name : Look.NAMES) {
      columns.add(json.numbers(name));
    }
    List<String> places = json.texts("places");
    if (columns.stream().anyMatch(column -> column.size() != scores.size())
        || places.size() != scores.size()) {
      throw new IllegalArgumentException("does not have the same number of each");
    }
    List<Seen> pictures = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      List<Float> values = new ArrayList<>();
      for (List<Double> column : columns) {
        values.add(column.get(i).floatValue());
      }
      Look look = Look.of(values, Optional.of(Places.parse(places.get(i))));
      pictures.add(new Seen(scores.get(i).floatValue(), look));
    }
    return new DriftReference(pictures);
  }
}
