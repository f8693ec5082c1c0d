package io.github.anople.benchmark.baseline;

import org.bytedeco.pytorch.Tensor;

/**
 * Good images to compare with, as SPADE does (Cohen and Hoshen, "Sub-Image Anomaly Detection with
 * Deep Pyramid Correspondences", 2020, equations 2 and 3): first the K whose feature of the whole
 * is nearest to the picture's, then for each place the κ nearest places of those K, wherever they
 * are.
 *
 * <p>Both scores are means of distances; whether of plain or of squared ones differs between the
 * paper, as it is remembered, and its best-known reimplementation.
 *
 * @param images features of whole images, {@code [k, c]}
 * @param places features of their places, {@code [k, h, w, d]}
 */
record PyramidGallery(Tensor images, Tensor places) {

  /**
   * The nearest images.
   *
   * @param queries features of whole images, {@code [queries, c]}
   * @param count K; all where there are fewer
   * @return distances and numbers, {@code [queries, K]}, nearest first
   */
  NearestRows nearest(Tensor queries, long count) {
    return NearestRows.of(queries, images, count);
  }

  /**
   * Distances of places to those of some of the images.
   *
   * @param queries {@code [queries, h, w, d]}
   * @param near which images each may look at, {@code [queries, K]}
   * @param count κ
   * @return {@code [queries, h, w, κ]}, nearest first
   */
  Tensor distances(Tensor queries, Tensor near, long count) {
    Tensor whole = places.flatten(1, 3); // [k, h · w · d]
    Tensor all = null;
    for (long query = 0; query < queries.size(0); query++) { // each has a gallery of its own
      Tensor gallery = NearestRows.taken(whole, near.narrow(0, query, 1)); // [1, K, h · w · d]
      Tensor rows = queries.select(0, query).flatten(0, 1);
      Tensor found = NearestRows.of(rows, gallery.reshape(-1, queries.size(3)), count).distances();
      if (all == null) {
        all = found.new_empty(queries.size(0), found.size(0), found.size(1));
      }
      all.select(0, query).copy_(found);
    }
    return all.view(queries.size(0), queries.size(1), queries.size(2), -1);
  }

  /**
   * The mean of distances, or of their squares.
   *
   * @param distances {@code [..., count]}
   * @param squared whether the squares are averaged
   * @return {@code [...]}
   */
  static Tensor mean(Tensor distances, boolean squared) {
    return (squared ? distances.square() : distances).mean(-1);
  }
}
