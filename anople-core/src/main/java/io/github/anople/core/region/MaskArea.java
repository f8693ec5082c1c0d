package io.github.anople.core.region;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.json.StrictJson;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A mask of any size, stretched over the picture: a place belongs to the area if the mask's pixel
 * in which it lies is marked. Immutable.
 */
public final class MaskArea implements Area {

  /** More than any border that a person draws, and far less than noise has. */
  private static final int MOST_RUNS = 1_000_000;

  private static final long MOST_PIXELS = 1 << 28;

  private static final String WIDTH = "width";
  private static final String HEIGHT = "height";
  private static final String RUNS = "runs";

  private final int width;
  private final int height;
  private final BitSet marked;

  private MaskArea(int width, int height, BitSet marked) {
    this.width = width;
    this.height = height;
    this.marked = marked;
    if (runs() > MOST_RUNS) {
      throw new IllegalArgumentException(
          "the mask has a border of more than %d pieces: it is noise, or was saved with losses"
              .formatted(MOST_RUNS));
    }
  }

  /**
   * A mask.
   *
   * @param width columns
   * @param height rows
   * @param marked {@code [height, width]}, row-major
   * @return the area
   * @throws IllegalArgumentException if the array has another length, or the mask is noise
   */
  public static MaskArea of(int width, int height, boolean[] marked) {
    if (width < 1 || height < 1 || (long) width * height != marked.length) {
      throw new IllegalArgumentException(
          marked.length + " pixels do not make a mask of " + width + " x " + height);
    }
    BitSet bits = new BitSet(marked.length);
    for (int i = 0; i < marked.length; i++) {
      bits.set(i, marked[i]);
    }
    return new MaskArea(width, height, bits);
  }

  private int runs() {
    int runs = 0;
    for (int at = marked.nextSetBit(0); at >= 0 && runs <= MOST_RUNS; runs++) {
      at = marked.nextSetBit(marked.nextClearBit(at));
    }
    return 2 * runs;
  }

  @Override
  public void mark(Row row, boolean[] inside) {
    int begin = place(row.y(), height) * width;
    int end = begin + width;
    int at = marked.nextSetBit(begin);
    while (at >= 0 && at < end) {
      int next = Math.min(end, marked.nextClearBit(at));
      int from = row.firstFrom((at - begin) / (double) width, inside.length);
      int to = row.firstFrom((next - begin) / (double) width, inside.length);
      Arrays.fill(inside, from, to, true);
      at = marked.nextSetBit(next);
    }
  }

  /** In which of so many pixels along an axis a place lies, decided as polygons decide it. */
  private static int place(double x, int count) {
    int at = (int) Math.max(0, Math.min(x * count, count - 1));
    if (at + 1 < count && (at + 1) / (double) count <= x) {
      return at + 1;
    }
    return at > 0 && at / (double) count > x ? at - 1 : at;
  }

  JsonNode toTree() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put(WIDTH, width).put(HEIGHT, height);
    ArrayNode runs = tree.putArray(RUNS);
    int size = width * height;
    boolean inside = false;
    for (int at = 0; at < size; inside = !inside) {
      int next = inside ? marked.nextClearBit(at) : marked.nextSetBit(at);
      int end = next < 0 ? size : Math.min(size, next);
      runs.add(end - at);
      at = end;
    }
    return tree;
  }

  /** Reads what {@link #toTree} wrote. */
  static MaskArea read(StrictJson json) {
    int width = json.count(WIDTH);
    int height = json.count(HEIGHT);
    List<Long> runs = json.integers(RUNS);
    if (width < 1 || height < 1 || (long) width * height > MOST_PIXELS) {
      throw new IllegalArgumentException("a mask of " + width + " x " + height + " is none");
    }
    BitSet marked = new BitSet();
    long at = 0;
    boolean inside = false;
    for (long run : runs) {
      if (run < 0 || at + run > (long) width * height) {
        throw new IllegalArgumentException("its runs do not fit its " + width + " x " + height);
      }
      marked.set((int) at, (int) (at + run), inside);
      at += run;
      inside = !inside;
    }
    if (at != (long) width * height) {
      throw new IllegalArgumentException("its runs do not fill its " + width + " x " + height);
    }
    return new MaskArea(width, height, marked);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MaskArea mask
        && mask.width == width
        && mask.height == height
        && mask.marked.equals(marked);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + marked.hashCode();
  }

  @Override
  public String toString() {
    return "MaskArea[" + width + " x " + height + ", " + marked.cardinality() + " marked]";
  }
}
