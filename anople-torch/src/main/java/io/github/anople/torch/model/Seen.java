package io.github.anople.torch.model;

import io.github.anople.torch.memory.Symmetries;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * A batch of images as a detector looks at them.
 *
 * @param images {@code [images, 3, S, S]}, RGB normalised for the backbone
 * @param further the same images for each encoder beside the backbone, in their order: {@code
 *     [images, 3, S', S']} of the encoder's size, RGB in [0, 1]
 * @param trunk what the trunk says of these images, where somebody has looked already: {@code
 *     [images, g², d]}
 * @param at the place of each image, where they are tiles and the memory tells places apart; none
 *     where all are at the first
 */
public record Seen(
    Tensor images, List<Tensor> further, Optional<Tensor> trunk, List<Integer> at) {

  /**
   * Images that nobody has looked at.
   *
   * @param images {@code [images, 3, S, S]}, normalised
   * @param further the same for each encoder beside the backbone
   */
  public Seen(Tensor images, List<Tensor> further) {
    this(images, further, Optional.empty(), List.of());
  }

  /**
   * The images in another symmetry.
   *
   * @param symmetry of {@link Symmetries}
   * @return tensors of the current scope; these where it is 0
   */
  public Seen turned(int symmetry) {
    return symmetry == 0
        ? this
        : new Seen(
            Symmetries.of(images, symmetry),
            further.stream().map(one -> Symmetries.of(one, symmetry)).toList(),
            Optional.empty(),
            at);
  }

  /**
   * The images as tiles.
   *
   * @param places of each in the memory
   * @return the same tensors
   */
  public Seen at(List<Integer> places) {
    return new Seen(images, further, trunk, places);
  }

  /** The images with what the trunk says of them. */
  Seen with(Tensor rows) {
    return new Seen(images, further, Optional.of(rows), at);
  }

  /**
   * Images for the backbone alone.
   *
   * @param images {@code [images, 3, S, S]}, normalised
   * @return what a detector without further encoders looks at
   */
  public static Seen of(Tensor images) {
    return new Seen(images, List.of());
  }
}
