package io.github.anople.torch.memory;

import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.util.Optional;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Which rows of a memory can be the nearest at all: an exact answer from a part of the work.
 *
 * <p>A few axes hold nearly all that patches differ by. With the part q₁ of a query along them and
 * the rest q₂, ⟨q, r⟩ = ⟨q₁, r₁⟩ + ⟨q₂, r₂⟩ ≤ ⟨q₁, r₁⟩ + ‖q₂‖‖r₂‖ (Cauchy-Schwarz), which is one
 * product of the coordinates along the axes with the rest's length beside them. Rows whose bound is
 * below a similarity that some row has are not looked at. Any axes give the right answer; good ones
 * leave few rows.
 *
 * @param axes {@code [d_v, axes]}, orthonormal columns
 * @param coordinates of each row along the axes, then its rest's length, {@code [rows, axes + 1]}
 */
record Shortlist(Tensor axes, Tensor coordinates) {

  /** Fewer rows are compared sooner than chosen from. */
  private static final long FEWEST_ROWS = 4096;

  private static final long MOST_AXES = 128;
  private static final long WIDTH_AN_AXIS = 4;

  /** Above this mean square of the rests nearly every row would be left. */
  private static final double LARGEST_REST = 0.1;

  /** For rounding: of the bound, and of axes that are nearly orthonormal. */
  private static final double SLACK = 1e-5;

  /** Above this share of rows left, all of them are as quick to compare. */
  private static final double LARGEST_SHARE = 0.5;

  /**
   * Axes for rows, where they are worth it: many rows, alike, on a processor (a card would wait for
   * the number of rows that are left).
   *
   * @param rows {@code [rows, d_v]} of unit length
   * @param owner keeps what is made
   */
  static Optional<Shortlist> of(Tensor rows, OwnedTensors owner) {
    if (rows.size(0) < FEWEST_ROWS || !rows.is_cpu()) {
      return Optional.empty();
    }
    Tensor some = spread(rows, FEWEST_ROWS);
    Tensor axes = axes(some, Math.min(MOST_AXES, rows.size(1) / WIDTH_AN_AXIS));
    Tensor rest = coordinates(some, axes).select(1, axes.size(1));
    if (rest.square().mean().item_double() > LARGEST_REST) {
      return Optional.empty();
    }
    Tensor all = rows.new_empty(rows.size(0), axes.size(1) + 1);
    for (long from = 0; from < rows.size(0); from += FEWEST_ROWS) { // never a second memory
      long size = Math.min(FEWEST_ROWS, rows.size(0) - from);
      Tensor part = rows.narrow(0, from, size);
      Tensor place = all.narrow(0, from, size);
      TensorScope.inference(() -> place.copy_(coordinates(part, axes)));
    }
    return Optional.of(new Shortlist(owner.keep(axes), owner.keep(all)));
  }

  /** Some of the rows, evenly from all of them. */
  private static Tensor spread(Tensor rows, long count) {
    long[] places = LongStream.range(0, count).map(i -> i * rows.size(0) / count).toArray();
    return rows.index_select(0, Tensors.beside(rows, places, count));
  }

  /** The space of a few rows, turned once towards where all of them are (a power iteration). */
  private static Tensor axes(Tensor rows, long count) {
    Tensor start = orthonormal(spread(rows, count).t()); // [d_v, axes]
    return orthonormal(torch.matmul(rows.t(), torch.matmul(rows, start)));
  }

  private static Tensor orthonormal(Tensor columns) {
    return torch.linalg_qr(columns).get0().contiguous();
  }

  private static Tensor coordinates(Tensor rows, Tensor axes) {
    Tensor along = torch.matmul(rows, axes);
    Tensor rest =
        rows.sub(torch.matmul(along, axes.t()))
            .norm(new ScalarOptional(new Scalar(2.0)), new long[] {1}, true);
    return Tensors.concat(1, along, rest);
  }

  /**
   * Similarity to the most similar row.
   *
   * @param queries {@code [queries, d_v]} of unit length
   * @param rows the rows that this was made of
   * @param tile rows at a time
   * @return {@code [queries]}
   */
  Tensor largest(Tensor queries, Tensor rows, long tile) {
    Tensor seen = coordinates(queries, axes);
    Tensor best = queries.new_full(new long[] {queries.size(0)}, new Scalar(-1.0));
    for (long from = 0; from < rows.size(0); from += tile) {
      long size = Math.min(tile, rows.size(0) - from);
      Tensor part = rows.narrow(0, from, size);
      Tensor bounds = torch.matmul(seen, coordinates.narrow(0, from, size).t());
      Tensor guessed = part.index_select(0, argmax(bounds));
      torch.maximum_out(best, best, guessed.mul(queries).sum(new long[] {1}, false, null));
      Tensor left = left(bounds, best);
      Tensor looked = left.size(0) > LARGEST_SHARE * size ? part : part.index_select(0, left);
      torch.maximum_out(best, best, torch.matmul(queries, looked.t()).amax(new long[] {1}, false));
    }
    return best;
  }

  private static Tensor argmax(Tensor bounds) {
    return bounds.max(1).get1();
  }

  /** The rows that may be more similar to some query than what is known; spoils the bounds. */
  private static Tensor left(Tensor bounds, Tensor best) {
    return bounds
        .sub_(best.unsqueeze(1))
        .amax(new long[] {0}, false)
        .ge(new Scalar(-SLACK))
        .nonzero()
        .squeeze(1);
  }
}
