package io.github.anople.app.export;

import io.github.anople.core.region.FilledRegion;
import io.github.anople.core.tensorfile.FloatTensor;
import java.util.List;

/** Takes what is ignored out of pictures and maps: the twin of {@code torch.model.CountedGrid}. */
final class CountedMaps {

  private static final int BANDS = 3;

  private CountedMaps() {}

  /**
   * Multiplies what was found in each copy by what counts there.
   *
   * @param maps {@code [copies · images, channels, h, w]}, all first copies first
   * @param each {@code [copies, h, w]}
   */
  static String times(GraphScope room, String part, String maps, long channels, FloatTensor each) {
    long copies = each.shape().get(0);
    long height = each.shape().get(1);
    long width = each.shape().get(2);
    String factor = room.floats(part + "_factor", Weights.reshaped(each, copies, 1, height, width));
    if (copies == 1) {
      return room.node("Mul", part, List.of(maps, factor));
    }
    String apart =
        room.node(
            "Reshape",
            part + "_apart",
            List.of(maps, room.integers(part + "_copies", copies, -1, height, width)));
    String product = room.node("Mul", part + "_product", List.of(apart, factor));
    return room.node(
        "Reshape",
        part,
        List.of(product, room.integers(part + "_images", -1, channels, height, width)));
  }

  /**
   * Multiplies maps of whole pictures.
   *
   * @param maps {@code [images, h, w]}
   * @param each {@code [1, h, w]}
   */
  static String times(GraphScope room, String part, String maps, FloatTensor each) {
    return room.node("Mul", part, List.of(maps, room.floats(part + "_factor", each)));
  }

  /**
   * Paints over what is ignored, for whoever gives pictures that were not painted over before they
   * were resized.
   *
   * @param numbers {@code [images, 3, side, side]}, 0 to 255
   */
  static String painted(GraphScope room, String numbers, int side, FilledRegion region) {
    boolean[] counted = region.region().counted(side, side);
    float[] kept = new float[counted.length];
    float[] colour = new float[BANDS * counted.length];
    for (int i = 0; i < counted.length; i++) {
      kept[i] = counted[i] ? 1 : 0;
      for (int band = 0; band < BANDS; band++) {
        colour[band * counted.length + i] = counted[i] ? 0 : region.colour().get(band);
      }
    }
    long size = side;
    String left =
        room.node(
            "Mul",
            "counted",
            List.of(
                numbers,
                room.floats("counted_factor", new FloatTensor(List.of(1L, 1L, size, size), kept))));
    return room.node(
        "Add",
        "painted",
        List.of(
            left,
            room.floats("colour", new FloatTensor(List.of(1L, (long) BANDS, size, size), colour))));
  }
}
