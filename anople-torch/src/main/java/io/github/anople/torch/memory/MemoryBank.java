package io.github.anople.torch.memory;

import io.github.anople.torch.engine.Tensors;
import java.util.Collection;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * R, the normal patches, and the distance of other patches to the nearest of them (eq. 12).
 *
 * @param rows R, {@code [patches, d_v]}, each of unit length
 */
public record MemoryBank(Tensor rows) {

  /** Rows compared at a time: bounds the table of similarities, whatever the memory's size. */
  private static final long TILE = 16_384;

  /**
   * The feature of each patch: the mean over layers, then of unit length.
   *
   * @param layers patch rows after each memory layer, {@code [images, n, d_v]} each
   * @return F, {@code [images, n, d_v]}
   */
  public static Tensor features(Collection<Tensor> layers) {
    Tensor stacked = torch.stack(new TensorVector(layers.toArray(Tensor[]::new)), 0);
    return Tensors.normalize(stacked.mean(0));
  }

  /**
   * Distance to the nearest normal patch, min over r of ½(1 − ⟨F, r⟩).
   *
   * @param features F, {@code [images, n, d_v]} of unit length
   * @return {@code [images, n]}, 0 (seen before) to 1 (opposite)
   */
  public Tensor distances(Tensor features) {
    Tensor queries = features.flatten(0, 1); // [images · n, d_v]
    long size = rows.size(0);
    Tensor similarities =
        queries.new_empty(queries.size(0), Math.min(TILE, size)); // reused by every tile
    Tensor nearest = null;
    for (long from = 0; from < size; from += TILE) {
      Tensor part = rows.narrow(0, from, Math.min(TILE, size - from));
      Tensor table = similarities.narrow(1, 0, part.size(0));
      Tensor best = torch.matmul_out(table, queries, part.t()).max(1).get0();
      nearest = nearest == null ? best : torch.maximum(nearest, best);
    }
    return nearest
        .neg()
        .add(new Scalar(1.0))
        .mul(new Scalar(0.5))
        .view(features.size(0), features.size(1));
  }
}
