package io.github.anople.torch.model;

import io.github.anople.torch.decoder.Decoder;
import io.github.anople.torch.encoder.PatchEncoder;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.memory.GridShifts;
import io.github.anople.torch.memory.MemoryBank;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * What is remembered of the shots as an encoder beside the backbone sees them.
 *
 * @param name the encoder's, as settings have it
 * @param encoder sees the patches; stays its owner's
 * @param bank R of this encoder; null while it is filled
 * @param weight how much its distances count in the mean of all memories
 * @param places of the encoder's grid at which an image is looked at
 */
public record EncoderMemory(
    String name, PatchEncoder encoder, MemoryBank bank, double weight, GridShifts places) {

  /**
   * One to be filled.
   *
   * @param name the encoder's
   * @param encoder sees the patches
   * @param weight how much its distances count
   * @param places along each axis of its grid, at which an image is looked at
   * @return without a bank
   */
  public static EncoderMemory empty(String name, PatchEncoder encoder, double weight, int places) {
    int patch = Math.max(1, encoder.imageSize() / encoder.grid());
    return new EncoderMemory(name, encoder, null, weight, new GridShifts(places, patch));
  }

  /**
   * M_mem of this encoder: the mean over the places of its grid.
   *
   * @param images {@code [images, 3, S', S']} of the encoder's size, RGB in [0, 1]
   * @param side S, of the detector's maps
   * @param rows what the encoder says of them, {@code [images, grid², d]} of unit length, where
   *     that is known and the images are looked at in one place; else it is computed
   * @param seen which pixels of the detector's maps count, and the images' places in the memory
   * @return {@code [images, S, S]}, 0 where ignored
   */
  Tensor distance(Tensor images, long side, Optional<Tensor> rows, Seen seen) {
    Optional<Counted> counted = seen.counted();
    UnaryOperator<Tensor> features =
        rows.<UnaryOperator<Tensor>>map(known -> unmoved -> known).orElse(encoder::encode);
    Optional<CountedGrid> grid =
        counted.map(some -> some.at(encoder.imageSize()).grid(places, encoder.grid()));
    Tensor mean =
        meanDistance(
            images,
            places,
            features,
            some -> bank.distances(some, seen.at()),
            encoder.grid(),
            grid);
    if (mean.size(1) == side) {
      return mean;
    }
    Tensor brought = Decoder.enlarge(mean.unsqueeze(1), side).squeeze(1);
    return counted.map(some -> brought.mul(some.pixels())).orElse(brought);
  }

  /**
   * The mean over the places of a grid of the distance to a memory.
   *
   * @param images {@code [images, 3, S', S']}, as the features want them
   * @param places of the grid
   * @param features from images to {@code [images, grid², d]} of unit length
   * @param distances from features to {@code [images, grid²]}
   * @param grid its side
   * @param counted which of its cells count; empty for all
   * @return {@code [images, S', S']}, 0 where ignored
   */
  static Tensor meanDistance(
      Tensor images,
      GridShifts places,
      UnaryOperator<Tensor> features,
      UnaryOperator<Tensor> distances,
      long grid,
      Optional<CountedGrid> counted) {
    Tensor sum = images.new_zeros(images.size(0), images.size(2), images.size(3));
    List<Tensor> copies = places.of(images);
    for (int copy = 0; copy < copies.size(); copy++) {
      int at = copy;
      TensorScope.inference(
          () -> {
            Tensor rows = features.apply(copies.get(at));
            Tensor coarse = distances.apply(rows).view(-1, 1, grid, grid);
            Tensor map =
                counted
                    .map(some -> some.enlarge(coarse, at))
                    .orElseGet(() -> Decoder.enlarge(coarse, images.size(2)))
                    .squeeze(1);
            return sum.add_(places.back(map, at));
          });
    }
    return counted
        .map(some -> sum.mul_(some.whole()))
        .orElseGet(() -> sum.div_(new Scalar((double) copies.size())));
  }
}
