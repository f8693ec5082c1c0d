package io.github.anople.torch.train;

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
    double limit = 0;
    for (RgbImage altered :
        MildAugmentation.draw(
            shot.fine(), ALTERED, view -> Draws.of(config.seed(), "views", index, view))) {
      limit = Math.max(limit, distance(() -> look.seen(List.of(altered))));
    }
    List<Integer> good = new ArrayList<>();
    for (int symmetry : ShotViews.AUTO.symmetries()) {
      if (symmetry > 0
          && distance(() -> look.turned(look.prepared(List.of(shot.whole())), symmetry))
              <= ALLOWANCE * limit) {
        good.add(symmetry);
      }
    }
    return good;
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
