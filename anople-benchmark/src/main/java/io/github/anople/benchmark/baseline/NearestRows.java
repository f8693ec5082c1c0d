package io.github.anople.benchmark.baseline;

import io.github.anople.torch.engine.Operators;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The rows of a memory that are nearest to others by Euclidean distance ‖q − m‖.
 *
 * <p>Which ones they are is found by a product, ‖q − m‖² = ‖q‖² − 2(⟨q, m⟩ − ½‖m‖²); how far they
 * are by their differences, since a product's rounding would be the distance of near copies.
 *
 * @param distances {@code [queries, count]}, nearest first
 * @param rows {@code [queries, count]}, whole numbers: which rows they are
 */
record NearestRows(Tensor distances, Tensor rows) {

  /**
   * Searches.
   *
   * @param queries {@code [queries, d]}
   * @param memory {@code [rows, d]}
   * @param count how many are wanted; all where there are fewer
   * @return the nearest, of the current scope
   */
  static NearestRows of(Tensor queries, Tensor memory, long count) {
    Tensor halves = memory.square().sum(new long[] {1}, false, null).mul(new Scalar(0.5));
    Tensor closeness = torch.matmul(queries, memory.t()).sub_(halves);
    Tensor found = closeness.topk(Math.min(count, memory.size(0)), 1, true, true).get1();
    Tensor differences = queries.unsqueeze(1).sub(taken(memory, found)); // [queries, count, d]
    return new NearestRows(Operators.lengths(differences).squeeze(2), found);
  }

  /**
   * Rows by numbers that are computed.
   *
   * @param memory {@code [rows, d]}
   * @param numbers {@code [queries, count]}
   * @return {@code [queries, count, d]}
   */
  static Tensor taken(Tensor memory, Tensor numbers) {
    long width = memory.size(1);
    return memory
        .gather(0, numbers.reshape(-1, 1).expand(numbers.numel(), width))
        .view(numbers.size(0), numbers.size(1), width);
  }
}
