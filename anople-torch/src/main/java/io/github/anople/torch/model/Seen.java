package io.github.anople.torch.model;

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
 * @param counted which pixels count; empty for all. What does not has been painted over
 * @param at the place of each image, where they are tiles and the memory tells places apart; none
 *     where all are at the first
 */
public record Seen(
    Tensor images,
    List<Tensor> further,
    Optional<Tensor> trunk,
    Optional<Counted> counted,
    List<Integer> at) {

  /**
   * Images of no place.
   *
   * @param images {@code [images, 3, S, S]}, normalised
   * @param further the same for each encoder beside the backbone
   * @param trunk what the trunk says of them
   * @param counted which pixels count
   */
  public Seen(
      Tensor images, List<Tensor> further, Optional<Tensor> trunk, Optional<Counted> counted) {
    this(images, further, trunk, counted, List.of());
  }

  /**
   * Images that nobody has looked at.
   *
   * @param images {@code [images, 3, S, S]}, normalised
   * @param further the same for each encoder beside the backbone
   */
  public Seen(Tensor images, List<Tensor> further) {
    this(images, further, Optional.empty(), Optional.empty());
  }

  /** The same images, of which the trunk has said something. */
  Seen known(Optional<Tensor> rows) {
    return new Seen(images, further, rows, counted, at);
  }

  /**
   * The images as tiles.
   *
   * @param places of each in the memory
   * @return the same tensors
   */
  public Seen at(List<Integer> places) {
    return new Seen(images, further, trunk, counted, places);
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
