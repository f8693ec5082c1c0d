package io.github.anople.torch.memory;

import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Keeps few patches that stand for all: the greedy k-centre selection of PatchCore (Roth et al.,
 * "Towards Total Recall in Industrial Anomaly Detection", CVPR 2022, algorithm 1). From a row that
 * is drawn, it takes again and again the row that is farthest from all taken. No row is then
 * farther from its nearest kept one than twice the best that as many rows could do (Gonzalez 1985).
 *
 * <p>Rows are compared by their Euclidean distance, which orders those of unit length as 1 − cosine
 * does and is exactly 0 for a copy. PatchCore's random projection is left out: k · n · d_v
 * differences are a second for thousands of rows. An extension of the method, off in the paper's
 * settings.
 *
 * @param size how much to keep: a share up to 1, or a number of rows above 1
 */
public record Coreset(double size) {

  /** cdist's mode for differences instead of products, whose rounding would tell copies apart. */
  private static final long BY_DIFFERENCES = 2;

  public Coreset {
    if (!isSize(size)) {
      throw new IllegalArgumentException(size + " is neither a share up to 1 nor a number of rows");
    }
  }

  /**
   * Whether a number says how much to keep.
   *
   * @param size any number
   * @return true for a share above 0 up to 1, and for a whole number
   */
  public static boolean isSize(double size) {
    return size > 0 && (size <= 1 || (size == Math.rint(size) && size <= Integer.MAX_VALUE));
  }

  /**
   * Whether every row is kept, whatever their number.
   *
   * @return true for the share 1
   */
  public boolean isWhole() {
    return size == 1;
  }

  /**
   * How many rows are kept of the shots.
   *
   * @param all rows to select from
   * @return at least 1 and at most all; all where a number of rows is larger
   */
  public long rows(long all) {
    return size <= 1 ? share(all) : Math.min((long) size, all);
  }

  /**
   * How many rows are kept of a further picture. A number of rows is that of all shots, and a
   * further picture may give as many as one of them did.
   *
   * @param all rows to select from
   * @param shots how many shots there were
   * @return at least 1 and at most all
   */
  public long further(long all, int shots) {
    return size <= 1 ? share(all) : Math.min((long) Math.ceil(size / shots), all);
  }

  private long share(long all) {
    return Math.max(1, Math.round(size * all));
  }

  /**
   * Selects rows.
   *
   * @param rows {@code [n, d_v]}
   * @param count rows to keep, 1 to n
   * @param random draws the first
   * @return {@code [count, d_v]}, in their former order; {@code rows} itself if all are kept
   */
  public static Tensor select(Tensor rows, long count, RandomGenerator random) {
    if (count == rows.size(0)) {
      return rows;
    }
    return inOrder(rows, farthestFirst(rows, count, random.nextLong(rows.size(0))));
  }

  /**
   * Selects rows beside others that stay: the farthest from these first.
   *
   * @param rows {@code [n, d_v]}
   * @param count rows to keep, 1 to n
   * @param nearest {@code [n]}, of each row the Euclidean distance to the nearest that stays;
   *     changed
   * @return {@code [count, d_v]}, in their former order; {@code rows} itself if all are kept
   */
  public static Tensor selectBeside(Tensor rows, long count, Tensor nearest) {
    if (count == rows.size(0)) {
      return rows;
    }
    long[] places = new long[Math.toIntExact(count)];
    places[0] = nearest.argmax().item_long();
    return inOrder(rows, farthestFirst(rows, nearest, places));
  }

  private static Tensor inOrder(Tensor rows, long[] places) {
    Arrays.sort(places);
    return rows.index_select(0, Tensors.beside(rows, places, places.length));
  }

  /**
   * Selects rows from a given one on.
   *
   * @param points {@code [n, d]}: the rows to select from, or projections of them, whose distances
   *     are nearly theirs (Johnson and Lindenstrauss 1984) and sooner computed
   * @param count how many, 1 to n
   * @param first the place of the first
   * @return the places in the order of selection; among equally far ones the first
   */
  public static long[] farthestFirst(Tensor points, long count, long first) {
    Tensor rows = points.to(ScalarType.Float);
    long[] places = new long[Math.toIntExact(count)];
    places[0] = first;
    return farthestFirst(rows, unseen(rows), places);
  }

  /** Fills the places after the first. */
  private static long[] farthestFirst(Tensor rows, Tensor nearest, long[] places) {
    for (int i = 1; i < places.length; i++) {
      long taken = places[i - 1];
      places[i] = TensorScope.call(() -> farthest(rows, nearest, taken));
    }
    return places;
  }

  /** Of each row, the distance to the nearest taken one, before one is taken. */
  private static Tensor unseen(Tensor rows) {
    return rows.new_full(new long[] {rows.size(0)}, new Scalar(Float.MAX_VALUE));
  }

  private static void take(Tensor rows, Tensor nearest, long taken) {
    Tensor distances =
        torch.cdist(rows.narrow(0, taken, 1), rows, 2, new LongOptional(BY_DIFFERENCES)).squeeze(0);
    torch.minimum_out(nearest, nearest, distances);
  }

  private static long farthest(Tensor rows, Tensor nearest, long taken) {
    take(rows, nearest, taken);
    nearest.narrow(0, taken, 1).fill_(new Scalar(-1.0)); // behind its copies, which are at 0
    return nearest.argmax().item_long();
  }

  /**
   * What a selection leaves out: the largest distance of a row to its nearest selected one, after
   * each of them. It falls quickly at first, and tells how many rows are enough.
   *
   * @param points {@code [n, d]}, as for {@link #farthestFirst}
   * @param places of the rows selected, in order
   * @return as many Euclidean distances, falling
   */
  public static float[] radii(Tensor points, long... places) {
    Tensor rows = points.to(ScalarType.Float);
    Tensor nearest = unseen(rows);
    float[] radii = new float[places.length];
    for (int i = 0; i < places.length; i++) {
      long taken = places[i];
      radii[i] =
          TensorScope.call(
              () -> {
                take(rows, nearest, taken);
                return nearest.max().item_float();
              });
    }
    return radii;
  }
}
