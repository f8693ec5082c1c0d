package io.github.anople.torch.train;

import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.memory.ImageScore;
import io.github.anople.torch.memory.ShotViews;
import io.github.anople.torch.model.MemoryLook;
import io.github.anople.torch.model.Seen;
import io.github.anople.torch.synth.Draws;
import io.github.anople.torch.synth.MildAugmentation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/**
 * Which turns of a shot are good parts too: those that are hardly farther from the shots, as they
 * are, than gently altered views of the shot itself. A part that has an up and a down differs from
 * itself upside down by more than another picture of it does.
 *
 * @param look remembers the shots as they are, and nothing else
 * @param config the image score's rule, and the seed
 */
record GoodViews(MemoryLook look, TrainingConfig config) {

  /** Enough for their largest to be near what a larger number would give. */
  private static final int ALTERED = 16;

  /** Of a shot's tiles. */
  private static final int MOST_TILES = 4;

  /**
   * How much farther a turned shot may be: parts differ by more than views of one part do. Over
   * four real data sets the tenth of the good pictures that is farthest begins at .9 to 1.5 times
   * the farthest altered view of a shot, on most at 1.1 to 1.25.
   */
  private static final double ALLOWANCE = 1.25;

  /**
   * The symmetries of a shot that may join the memory, besides the shot as it is.
   *
   * @param index the shot's, of which its draws follow
   * @return numbers of {@link io.github.anople.torch.memory.Symmetries} above 0
   */
  List<Integer> of(Shot shot, int index) {
    List<Part> parts = parts(shot);
    int views = ALTERED / parts.size();
    double limit = 0;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      int first = i * views;
      for (RgbImage altered :
          MildAugmentation.draw(
              part.fine(), views, view -> Draws.of(config.seed(), "views", index, first + view))) {
        limit = Math.max(limit, distance(() -> look.seen(List.of(altered)).at(part.at())));
      }
    }
    List<Integer> good = new ArrayList<>();
    for (int symmetry : ShotViews.AUTO.symmetries()) {
      if (symmetry > 0 && turned(parts, symmetry) <= ALLOWANCE * limit) {
        good.add(symmetry);
      }
    }
    return good;
  }

  /** What is looked at: the shot, or one of its tiles, and its place in the memory. */
  private record Part(RgbImage fine, PreparedImage image, List<Integer> at) {}

  /** Of a shot in tiles some from all over it: together they take as long as a shot. */
  private static List<Part> parts(Shot shot) {
    if (shot.tiles().isEmpty()) {
      return List.of(new Part(shot.fine(), shot.whole(), List.of(0)));
    }
    ShotTiles tiles = shot.tiles().get();
    List<Integer> counted = tiles.counted();
    int count = Math.min(MOST_TILES, counted.size());
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int tile = counted.get((int) ((2L * i + 1) * counted.size() / (2L * count)));
      parts.add(new Part(tiles.fine(tile), tiles.prepared(tile), List.of(tiles.place(tile))));
    }
    return parts;
  }

  private double turned(List<Part> parts, int symmetry) {
    double farthest = 0;
    for (Part part : parts) {
      farthest =
          Math.max(
              farthest,
              distance(
                  () -> look.turned(look.prepared(List.of(part.image())), symmetry).at(part.at())));
    }
    return farthest;
  }

  private double distance(Supplier<Seen> image) {
    return TensorScope.inference(
        () -> {
          Seen seen = image.get();
          Tensor map = look.distance(seen);
          ImageScore rule = config.detection().imageScore();
          return (double)
              seen.counted()
                  .map(some -> rule.of(map, some.pixels()))
                  .orElseGet(() -> rule.of(map))
                  .item_float();
        });
  }
}
