package io.github.anople.inspect.metric;

import io.github.anople.core.detect.Components;
import io.github.anople.core.detect.ScoreMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The pixels of some maps, for example of one kind of defect, map by map. It keeps four bytes a
 * normal pixel and eight an anomalous one, and nothing of the maps' form. For one thread.
 *
 * <p>Normal pixels are kept in sorted runs, each the result of one radix sort; an anomalous pixel
 * with its score and its region's size, which is all that {@link Aupro} asks of a region.
 */
public final class PixelScores {

  /** Pixels that are sorted at a time: 32 MiB, and as much again meanwhile. */
  private static final int RUN = 1 << 23;

  private final List<int[]> runs = new ArrayList<>();
  private final List<int[]> unsorted = new ArrayList<>();
  private final List<long[]> anomalous = new ArrayList<>();
  private int unsortedPixels;
  private long normalPixels;
  private long anomalousPixels;
  private long regions;

  /** No pixels yet. */
  public PixelScores() {}

  /**
   * Adds a map of an image without defects.
   *
   * @param map its scores
   */
  public void add(ScoreMap map) {
    float[] values = map.toArray();
    int[] keys = new int[values.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = Keys.of(values[i]);
    }
    addNormal(keys);
  }

  /**
   * Adds a map with its mask.
   *
   * @param map the scores
   * @param mask [height, width] row-major, not zero where there is a defect; may be all zero
   * @throws IllegalArgumentException if the mask has another size
   */
  public void add(ScoreMap map, byte[] mask) {
    float[] values = map.toArray();
    if (mask.length != values.length) {
      throw new IllegalArgumentException(
          "a mask of " + mask.length + " pixels for a map of " + values.length);
    }
    Components found = Components.of(mask, map.width());
    int marked = 0;
    for (byte pixel : mask) {
      marked += pixel == 0 ? 0 : 1;
    }
    int[] normal = new int[values.length - marked];
    long[] defect = new long[marked];
    for (int i = 0, n = 0, a = 0; i < values.length; i++) {
      int key = Keys.of(values[i]);
      if (mask[i] == 0) {
        normal[n++] = key;
      } else {
        defect[a++] = (long) key << Integer.SIZE | found.size(found.at(i));
      }
    }
    addNormal(normal);
    anomalous.add(defect);
    anomalousPixels += marked;
    regions += found.count();
  }

  /**
   * Adds a part of a map with its mask; its regions are those of the part.
   *
   * @param map the scores
   * @param mask [height, width] row-major, not zero where there is a defect; may be all zero
   * @param counted [height, width] row-major, which pixels count
   * @throws IllegalArgumentException if one has another size
   */
  public void add(ScoreMap map, byte[] mask, boolean[] counted) {
    float[] values = map.toArray();
    if (mask.length != values.length || counted.length != values.length) {
      throw new IllegalArgumentException(
          "%d marks and %d pixels that may count for a map of %d"
              .formatted(mask.length, counted.length, values.length));
    }
    byte[] cut = mask.clone();
    int normal = 0;
    int marked = 0;
    for (int i = 0; i < cut.length; i++) {
      cut[i] = counted[i] ? cut[i] : 0;
      marked += cut[i] == 0 ? 0 : 1;
      normal += counted[i] && cut[i] == 0 ? 1 : 0;
    }
    Components found = Components.of(cut, map.width());
    int[] good = new int[normal];
    long[] defect = new long[marked];
    for (int i = 0, n = 0, a = 0; i < values.length; i++) {
      int key = Keys.of(values[i]);
      if (cut[i] != 0) {
        defect[a++] = (long) key << Integer.SIZE | found.size(found.at(i));
      } else if (counted[i]) {
        good[n++] = key;
      }
    }
    addNormal(good);
    anomalous.add(defect);
    anomalousPixels += marked;
    regions += found.count();
  }

  private void addNormal(int[] keys) {
    if (unsortedPixels + (long) keys.length > RUN) {
      sort();
    }
    unsorted.add(keys);
    unsortedPixels += keys.length;
    normalPixels += keys.length;
  }

  private void sort() {
    int[] run = new int[unsortedPixels];
    int at = 0;
    for (int[] keys : unsorted) {
      System.arraycopy(keys, 0, run, at, keys.length);
      at += keys.length;
    }
    unsorted.clear();
    unsortedPixels = 0;
    runs.add(Keys.sort(run));
  }

  /** The normal pixels' {@link Keys}, in runs, each smallest first. */
  List<int[]> normalRuns() {
    if (unsortedPixels > 0) {
      sort();
    }
    return Collections.unmodifiableList(runs);
  }

  /** The anomalous pixels in no order: the {@link Keys key} above, the region's size below. */
  List<long[]> anomalous() {
    return Collections.unmodifiableList(anomalous);
  }

  /**
   * How well what a threshold marks lies on what the masks mark: intersection over union.
   *
   * @param threshold marks a pixel whose score is at least that
   * @return in [0, 1]; 1 where neither marks a pixel
   */
  public double overlap(double threshold) {
    long falseAlarms = 0;
    for (int[] run : normalRuns()) {
      for (int key : run) {
        falseAlarms += Keys.value(key) >= threshold ? 1 : 0;
      }
    }
    long hits = 0;
    for (long[] defect : anomalous) {
      for (long pixel : defect) {
        hits += Keys.value((int) (pixel >> Integer.SIZE)) >= threshold ? 1 : 0;
      }
    }
    long union = falseAlarms + anomalousPixels;
    return union == 0 ? 1 : (double) hits / union;
  }

  /**
   * How many pixels are not marked.
   *
   * @return those of all maps
   */
  public long normalPixels() {
    return normalPixels;
  }

  /**
   * How many pixels are marked.
   *
   * @return those of all masks
   */
  public long anomalousPixels() {
    return anomalousPixels;
  }

  /**
   * How many 8-connected regions there are.
   *
   * @return those of all masks
   */
  public long regions() {
    return regions;
  }
}
