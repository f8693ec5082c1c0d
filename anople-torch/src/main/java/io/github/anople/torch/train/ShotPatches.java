package io.github.anople.torch.train;

import io.github.anople.core.tensorfile.FloatTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All patches of a shot, as each of the memory's encoders sees them, before some are selected.
 *
 * @param copies by encoder, what was seen of the shot: in each of its views and places of the grid
 */
public record ShotPatches(Map<String, List<Copy>> copies) {

  /**
   * A copy of a shot.
   *
   * @param rows {@code [patches, d]}, of unit length
   * @param symmetry in which the shot was seen
   * @param moved whether it was moved against the grid
   * @param place of the tile that it shows, in a memory that tells places apart; else 0
   */
  public record Copy(FloatTensor rows, int symmetry, boolean moved, int place) {

    /**
     * A copy of a shot as it is.
     *
     * @param rows {@code [patches, d]}, of unit length
     * @param moved whether it was moved against the grid
     */
    public Copy(FloatTensor rows, boolean moved) {
      this(rows, 0, moved, 0);
    }
  }

  /** Keeps the order of the encoders. */
  public ShotPatches {
    copies = new LinkedHashMap<>(copies);
  }

  /**
   * The same without the copies that were moved.
   *
   * @return what the grid sees of the shot by itself
   */
  public ShotPatches unmoved() {
    Map<String, List<Copy>> rest = new LinkedHashMap<>();
    copies.forEach(
        (encoder, all) -> rest.put(encoder, all.stream().filter(copy -> !copy.moved()).toList()));
    return new ShotPatches(rest);
  }

  /** The symmetries in which the shot was seen. */
  List<Integer> symmetries() {
    return copies.values().stream().flatMap(List::stream).map(Copy::symmetry).distinct().toList();
  }

  /** The same with further copies of the shot, by the same encoders. */
  ShotPatches and(ShotPatches more) {
    Map<String, List<Copy>> both = new LinkedHashMap<>();
    copies.forEach(
        (encoder, own) -> {
          List<Copy> all = new ArrayList<>(own);
          all.addAll(more.copies.getOrDefault(encoder, List.of()));
          both.put(encoder, all);
        });
    return new ShotPatches(both);
  }

  /**
   * One table an encoder.
   *
   * @param shots patches of some shots, by the same encoders
   * @return {@code [patches, d]} by encoder, shot after shot; where there are places, a row of each
   *     in turn
   */
  static Map<String, FloatTensor> joined(List<ShotPatches> shots) {
    Map<String, List<Copy>> parts = new LinkedHashMap<>();
    for (ShotPatches shot : shots) {
      shot.copies.forEach(
          (encoder, all) -> parts.computeIfAbsent(encoder, e -> new ArrayList<>()).addAll(all));
    }
    Map<String, FloatTensor> tables = new LinkedHashMap<>();
    parts.forEach(
        (encoder, all) -> {
          Map<Integer, List<FloatTensor>> places = new TreeMap<>();
          all.forEach(
              copy ->
                  places
                      .computeIfAbsent(copy.place(), place -> new ArrayList<>())
                      .add(copy.rows()));
          tables.put(
              encoder, inTurn(places.values().stream().map(ShotPatches::joinedRows).toList()));
        });
    return tables;
  }

  /** Tables of several places, each with as many rows, as one: a row of each in turn. */
  static FloatTensor inTurn(List<FloatTensor> places) {
    if (places.size() == 1) {
      return places.get(0);
    }
    int rows = Math.toIntExact(places.get(0).shape().get(0));
    int width = Math.toIntExact(places.get(0).shape().get(1));
    float[] values = new float[places.size() * rows * width];
    for (int place = 0; place < places.size(); place++) {
      float[] own = places.get(place).values();
      for (int row = 0; row < rows; row++) {
        int at = (row * places.size() + place) * width;
        System.arraycopy(own, row * width, values, at, width);
      }
    }
    return new FloatTensor(List.of((long) rows * places.size(), (long) width), values);
  }

  /** The rows of one of several places. */
  static FloatTensor ofPlace(FloatTensor table, int place, int places) {
    if (places == 1) {
      return table;
    }
    int rows = Math.toIntExact(table.shape().get(0)) / places;
    int width = Math.toIntExact(table.shape().get(1));
    float[] values = new float[rows * width];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(table.values(), (row * places + place) * width, values, row * width, width);
    }
    return new FloatTensor(List.of((long) rows, (long) width), values);
  }

  /** Tables of one width below each other. */
  static FloatTensor joinedRows(List<FloatTensor> tables) {
    if (tables.size() == 1) {
      return tables.get(0);
    }
    float[] values = new float[tables.stream().mapToInt(table -> table.values().length).sum()];
    int at = 0;
    for (FloatTensor table : tables) {
      System.arraycopy(table.values(), 0, values, at, table.values().length);
      at += table.values().length;
    }
    long width = tables.get(0).shape().get(1);
    return new FloatTensor(List.of(values.length / width, width), values);
  }
}
