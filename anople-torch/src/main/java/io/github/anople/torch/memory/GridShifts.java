package io.github.anople.torch.memory;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Copies of a picture, moved by parts of a patch, so that its patches are seen at more places of
 * the grid than one: by the memory, when it is filled, and by detection. A new part never lies on
 * the grid exactly as the shot did: with one shot a thin line that falls into the middle of a patch
 * instead of its edge is far from every row.
 *
 * <p>An extension of the method, off in the paper's settings. Overlapping patches are usual where
 * patches are hand-made; an encoder's grid has none, so the picture moves instead.
 *
 * @param perAxis copies along each axis, at least 1: k · patch / perAxis for k from −⌊(perAxis −
 *     1)/2⌋ on, rounded, 0 among them
 * @param patch pixels
 */
public record GridShifts(int perAxis, int patch) {

  public GridShifts {
    if (perAxis < 1 || patch < 1) {
      throw new IllegalArgumentException("shifts and patch must be 1 or more");
    }
  }

  /**
   * The moved copies. What moves in from outside repeats the border, as a larger picture of the
   * same background would show.
   *
   * @param images {@code [images, 3, S, S]}
   * @return perAxis² tensors of that shape, row by row
   */
  public List<Tensor> of(Tensor images) {
    if (perAxis == 1) {
      return List.of(images);
    }
    long side = images.size(2);
    Tensor larger = torch.replication_pad2d(images, patch, patch, patch, patch);
    List<Tensor> copies = new ArrayList<>();
    for (int down : pixels()) {
      for (int right : pixels()) {
        copies.add(
            larger.narrow(2, patch + down, side).narrow(3, patch + right, side).contiguous());
      }
    }
    return copies;
  }

  /**
   * Moves what was computed of a copy back to where it lies in the picture. Where the copy did not
   * see the picture, its border is repeated.
   *
   * @param maps {@code [images, S, S]} of a copy
   * @param copy its index in what {@link #of} returns
   * @return the same shape
   */
  public Tensor back(Tensor maps, int copy) {
    if (perAxis == 1) {
      return maps;
    }
    long side = maps.size(1);
    int[] pixels = pixels();
    return torch
        .replication_pad2d(maps, patch, patch, patch, patch)
        .narrow(1, patch - pixels[copy / perAxis], side)
        .narrow(2, patch - pixels[copy % perAxis], side);
  }

  /**
   * How many copies there are.
   *
   * @return the square of {@link #perAxis}
   */
  public int copies() {
    return perAxis * perAxis;
  }

  /**
   * The place of the picture itself among its copies.
   *
   * @return an index into what {@link #of} returns
   */
  public int unmoved() {
    return (perAxis - 1) / 2 * (perAxis + 1);
  }

  /**
   * How far a copy sees to the right of, or below, the picture, along one axis.
   *
   * @return {@link #perAxis} distances in pixels, ascending
   */
  public int[] pixels() {
    int[] pixels = new int[perAxis];
    for (int k = 0; k < perAxis; k++) {
      pixels[k] = Math.round((k - (perAxis - 1) / 2) * (float) patch / perAxis);
    }
    return pixels;
  }
}
