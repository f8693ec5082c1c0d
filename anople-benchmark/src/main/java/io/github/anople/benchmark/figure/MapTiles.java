package io.github.anople.benchmark.figure;

import io.github.anople.core.image.RgbImage;
import io.github.anople.inspect.data.Label;
import java.util.List;
import java.util.Optional;

/** A picture, its ground truth, and a detector's map in colour and in black and white. */
final class MapTiles {

  static final List<String> OF_PICTURE = List.of("image", "ground truth");
  static final List<String> OF_DETECTOR = List.of("heat map", "binary map");

  /** What the maps' tiles mean, for a caption. */
  static final String WORDS =
      "Heat maps: clear up to the mean of the category's test maps (to their smallest value, where"
          + " the threshold is below the mean), fully coloured from the threshold on. Binary maps: white where the map is at least the"
          + " threshold with the largest F1 of the pixels over that category's test maps, which is"
          + " chosen with their ground truth.";

  private MapTiles() {}

  /** Of a good picture nothing is marked; of a defective one without ground truth nothing shown. */
  static List<Optional<Raster>> ofPicture(Session.Look look) {
    RgbImage shrunk = Raster.shrunk(look.seen().image());
    int height = look.seen().map().height();
    int width = look.seen().map().width();
    Optional<byte[]> marks =
        look.seen()
            .mask()
            .or(() -> isGood(look) ? Optional.of(new byte[height * width]) : Optional.empty());
    return List.of(
        Optional.of(Raster.of(shrunk)),
        marks.map(marked -> Raster.marks(shrunk, marked, height, width)));
  }

  private static boolean isGood(Session.Look look) {
    return look.sample().label() == Label.NORMAL;
  }

  static List<Optional<Raster>> ofDetector(Session.Look look) {
    RgbImage shrunk = Raster.shrunk(look.seen().image());
    return List.of(
        Optional.of(Raster.heat(shrunk, look.seen().map(), look.pass().scale())),
        look.pass()
            .pixels()
            .map(best -> Raster.binary(shrunk, look.seen().map(), best.threshold())));
  }
}
