package io.github.anople.torch.synth;

import io.github.anople.core.InputException;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What shows through where a mask is: the stuff that a simulated anomaly is made of. May be asked
 * by several threads at a time.
 */
@FunctionalInterface
public interface AnomalySource {

  /**
   * Draws a picture to blend in.
   *
   * @param image the good picture, planar {@code [3, side, side]} in [0, 1], left as it is
   * @param side its side
   * @param random source of the draws
   * @return planar {@code [3, side, side]} in [0, 1]
   */
  float[] draw(float[] image, int side, RandomGenerator random);

  /**
   * The picture itself with its tiles shuffled and its colours changed: needs nothing but the
   * picture.
   *
   * @return the default source
   */
  static AnomalySource ofItself() {
    return (image, side, random) -> {
      float[] source = TileShuffle.shuffle(image, side, random);
      ColourJitter.apply(source, random);
      return source;
    };
  }

  /**
   * Pictures of textures, as DRAEM takes them.
   *
   * @param <T> what stands for a texture, for example its file
   * @param textures one or more
   * @param reader reads a texture as planar {@code [3, side, side]} in [0, 1], at the canvas's side
   * @return a source that draws one of them each time
   * @throws InputException if there is no texture
   */
  static <T> AnomalySource ofTextures(List<T> textures, Function<T, float[]> reader) {
    List<T> all = List.copyOf(textures);
    if (all.isEmpty()) {
      throw new InputException("textures", "none are given", "name a folder of pictures");
    }
    return (image, side, random) -> {
      float[] texture = reader.apply(all.get(random.nextInt(all.size())));
      if (texture.length != image.length) {
        throw new IllegalArgumentException(
            "a texture of %d values for a picture of %d".formatted(texture.length, image.length));
      }
      return texture;
    };
  }
}
