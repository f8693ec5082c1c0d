package io.github.anople.torch.memory;

import io.github.anople.torch.engine.Operators;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** R, the normal patches, and the distance of other patches to the nearest of them (eq. 12). */
public final class MemoryBank {

  /** Rows compared at a time: bounds the table of similarities, whatever the memory's size. */
  private static final long TILE = 16_384;

  /**
   * The nearest normal patch of each patch.
   *
   * @param distances {@code [images, n]}, 0 (seen before) to 1 (opposite)
   * @param rows {@code [images, n]}, whole numbers: which row of the memory it is
   */
  public record Nearest(Tensor distances, Tensor rows) {}

  private final Tensor rows;
  private final Optional<Shortlist> shortlist;

  /** The memories of several places; none where all of it is one. */
  private final List<MemoryBank> places;

  /**
   * A memory.
   *
   * @param rows R, {@code [patches, d_v]}, each of unit length
   * @param owner keeps the rows, and what makes a large memory quick to search
   */
  public MemoryBank(Tensor rows, OwnedTensors owner) {
    this(rows, 1, owner);
  }

  /**
   * A memory that tells places apart: a patch is compared with the rows of its own.
   *
   * @param rows R, {@code [patches, d_v]}, each of unit length, a row of each place in turn
   * @param places how many there are, at least 1
   * @param owner keeps the rows, and what makes a large memory quick to search
   */
  public MemoryBank(Tensor rows, int places, OwnedTensors owner) {
    this.rows = owner.keep(rows);
    Tensor turns = rows.view(-1, places, rows.size(1));
    this.places =
        places == 1
            ? List.of()
            : IntStream.range(0, places)
                .mapToObj(place -> new MemoryBank(turns.select(1, place).contiguous(), owner))
                .toList();
    this.shortlist =
        places == 1
            ? TensorScope.inference(() -> Shortlist.of(this.rows, owner))
            : Optional.empty();
  }

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
    return distance(largest(features));
  }

  /**
   * The same of images of several places.
   *
   * @param features F, {@code [images, n, d_v]} of unit length
   * @param at the place of each image; none where all are at the first
   * @return {@code [images, n]}
   */
  public Tensor distances(Tensor features, List<Integer> at) {
    if (places.isEmpty()) {
      return distances(features);
    }
    Tensor all = features.new_empty(new long[] {features.size(0), features.size(1)});
    for (int image = 0; image < features.size(0); image++) {
      MemoryBank bank = places.get(at.isEmpty() ? 0 : at.get(image));
      Tensor queries = features.narrow(0, image, 1);
      Tensor here = all.narrow(0, image, 1);
      TensorScope.inference(() -> here.copy_(bank.distances(queries)));
    }
    return all;
  }

  private static Tensor distance(Tensor similarity) {
    return similarity.neg().add(new Scalar(1.0)).mul(new Scalar(0.5));
  }

  /**
   * Distance to the nearest normal patch, and which one that is. Every row is compared, in a memory
   * of any size: {@link #distances} alone is quicker on a large one.
   *
   * @param features F, {@code [images, n, d_v]} of unit length
   * @return both, of the current scope
   */
  public Nearest nearest(Tensor features) {
    Tensor queries = features.flatten(0, 1);
    Tensor largest = null;
    Tensor place = null;
    for (long from = 0; from < rows.size(0); from += TILE) {
      Tensor part = rows.narrow(0, from, Math.min(TILE, rows.size(0) - from));
      T_TensorTensor_T found = torch.matmul(queries, part.t()).max(1);
      Tensor here = found.get1().add(new Scalar(from));
      place = place == null ? here : Operators.choose(found.get0().gt(largest), here, place);
      largest = largest == null ? found.get0() : torch.maximum(largest, found.get0());
    }
    return new Nearest(
        distance(largest).view(features.size(0), features.size(1)),
        place.view(features.size(0), features.size(1)));
  }

  private Tensor largest(Tensor features) {
    if (shortlist.isEmpty()) {
      return largestOfAll(features.flatten(0, 1)).view(features.size(0), features.size(1));
    }
    Tensor all = features.new_empty(new long[] {features.size(0), features.size(1)});
    for (long image = 0; image < features.size(0); image++) { // other pictures look elsewhere
      Tensor queries = features.select(0, image);
      Tensor place = all.select(0, image);
      TensorScope.inference(() -> place.copy_(shortlist.get().largest(queries, rows, TILE)));
    }
    return all;
  }

  private Tensor largestOfAll(Tensor queries) {
    long size = rows.size(0);
    Tensor similarities =
        queries.new_empty(queries.size(0), Math.min(TILE, size)); // reused by every tile
    Tensor largest = null;
    for (long from = 0; from < size; from += TILE) {
      Tensor part = rows.narrow(0, from, Math.min(TILE, size - from));
      Tensor table = similarities.narrow(1, 0, part.size(0));
      Tensor best = torch.matmul_out(table, queries, part.t()).max(1).get0();
      largest = largest == null ? best : torch.maximum(largest, best);
    }
    return largest;
  }
}
