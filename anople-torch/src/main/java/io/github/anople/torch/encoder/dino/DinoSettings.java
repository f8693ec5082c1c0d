package io.github.anople.torch.encoder.dino;

import io.github.anople.core.InputException;
import java.util.HashSet;
import java.util.List;

/**
 * How a DINOv2 is looked through.
 *
 * @param imageSize S, side of the square images in pixels, a multiple of the patch
 * @param layers 1-based numbers of the blocks whose patch rows are used; empty for the last one
 * @param norm whether the last layer normalisation is applied to them, whatever the block
 * @param joined whether several layers are joined (each of unit length, one behind the other);
 *     otherwise they are averaged
 */
public record DinoSettings(int imageSize, List<Integer> layers, boolean norm, boolean joined) {

  /** The last block through the last normalisation, at 448 pixels: AnomalyDINO's smaller size. */
  public static final DinoSettings STANDARD = new DinoSettings(448, List.of(), true, false);

  /** 292 patches of 14 a side: an attention of 7·10⁹ numbers a head, more than anyone can want. */
  private static final int LARGEST = 4096;

  /**
   * Copies the layers.
   *
   * @param imageSize pixels
   * @param layers 1-based
   * @param norm whether to normalise
   * @param joined whether to join
   * @throws InputException if the size is out of its range, or a layer is named twice
   */
  public DinoSettings {
    layers = List.copyOf(layers);
    if (imageSize < 1 || imageSize > LARGEST) {
      throw new InputException(
          "image size", imageSize + " is out of range", "give 1 to " + LARGEST + " pixels");
    }
    if (new HashSet<>(layers).size() < layers.size()) {
      throw new InputException("layers " + layers, "one is named twice", "name each layer once");
    }
  }

  /**
   * The blocks to use of a model.
   *
   * @param config its architecture
   * @return at least one 1-based number
   * @throws InputException if the model has no such block
   */
  List<Integer> layersOf(DinoConfig config) {
    for (int layer : layers) {
      if (layer < 1 || layer > config.layers()) {
        throw new InputException(
            "layer " + layer,
            "this DINOv2 has " + config.layers() + " blocks",
            "choose from 1 to " + config.layers());
      }
    }
    return layers.isEmpty() ? List.of(config.layers()) : layers;
  }

  /**
   * The grid of a model's patches on an image.
   *
   * @param config the model's architecture
   * @return patches along a side
   * @throws InputException if the size is not a multiple of the patch
   */
  int gridOf(DinoConfig config) {
    int patch = config.patch();
    if (imageSize % patch != 0) {
      int below = imageSize / patch * patch;
      String remedy = below == 0 ? "use " + patch : "use " + below + " or " + (below + patch);
      throw new InputException(
          "image size " + imageSize, "is not a multiple of the patch, " + patch, remedy);
    }
    return imageSize / patch;
  }
}
