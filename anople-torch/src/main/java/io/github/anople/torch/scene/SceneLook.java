package io.github.anople.torch.scene;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Measures how unlike the shots whole pictures are, in the order of {@code
 * core.detect.Scene.Measure}.
 *
 * <p>Patches are compared the other way round than in a memory: for each patch j of a view of a
 * shot, d_j is the distance ½(1 − cos) to the nearest patch of the picture, as the trunk sees both.
 * A view's structure is the mean of its d_j, its worst place the mean of the tenth of them that are
 * largest; a picture has those of the view that is nearest, each for itself. Light is compared with
 * the range of the shots', colour with the nearest of them ({@link Light}); what repeats itself,
 * with the shot that does so most ({@link Repetition}).
 *
 * <p>Safe to share between threads.
 */
public final class SceneLook implements AutoCloseable {

  private static final int TENTH = 10;

  private final OwnedTensors owner = new OwnedTensors();
  private final SceneSight sight;
  private final FloatTensor patches;
  private final FloatTensor statistics;
  private final Tensor rows; // [views * n, d]
  private final Tensor shots; // [shots, K']
  private final Tensor least; // [K'], of the shots
  private final Tensor most;

  /**
   * A look at what was remembered.
   *
   * @param sight sees the pictures; closed with this
   * @param patches of each view of the shots, {@code [views, n, d]}, rows of unit length
   * @param statistics of each shot, {@code [shots, }{@link SceneSight#STATISTICS}{@code ]}
   * @param device where it computes
   */
  public SceneLook(
      SceneSight sight, FloatTensor patches, FloatTensor statistics, ComputeDevice device) {
    this.sight = sight;
    this.patches = patches;
    this.statistics = statistics;
    Tensor[] placed =
        TensorScope.inference(
            () -> {
              long width = patches.shape().get(2);
              Tensor views = Tensors.of(patches.values(), patches.values().length / width, width);
              Tensor known =
                  Tensors.of(statistics.values(), statistics.shape().get(0), SceneSight.STATISTICS);
              return new Tensor[] {
                owner.keep(device.place(views)),
                owner.keep(device.place(known)),
                owner.keep(device.place(known.amin(new long[] {0}, false))),
                owner.keep(device.place(known.amax(new long[] {0}, false)))
              };
            });
    this.rows = placed[0];
    this.shots = placed[1];
    this.least = placed[2];
    this.most = placed[3];
  }

  /**
   * How many of a view's patches make up its worst place.
   *
   * @param places n, of a view
   * @return a tenth of them, at least one
   */
  public static long worst(long places) {
    return Math.max(1, places / TENTH);
  }

  /**
   * What sees the pictures.
   *
   * @return stays this look's
   */
  public SceneSight sight() {
    return sight;
  }

  /**
   * What is remembered of the shots' patches.
   *
   * @return {@code [views, n, d]}
   */
  public FloatTensor patches() {
    return patches;
  }

  /**
   * What is remembered of the shots as wholes.
   *
   * @return {@code [shots, }{@link SceneSight#STATISTICS}{@code ]}
   */
  public FloatTensor statistics() {
    return statistics;
  }

  /**
   * Measures pictures.
   *
   * @param images {@code [images, 3, S, S]}, RGB in [0, 1]
   * @return {@code [images, K]}, each at least 0 but for rounding, of the current scope
   */
  public Tensor measure(Tensor images) {
    return measure(sight.of(images));
  }

  /**
   * Measures pictures that were seen already.
   *
   * @param seen what {@link #sight} saw of them
   * @return as {@link #measure(Tensor)}
   */
  public Tensor measure(SceneSight.Seen seen) {
    Tensor found = seen.statistics();
    Tensor below = least.sub(found);
    Tensor above = found.sub(most);
    Tensor levels = // [images, 3, 2]
        Tensors.concat(
            2,
            below.narrow(1, 0, Light.COLOUR).unsqueeze(2),
            above.narrow(1, 0, Light.COLOUR).unsqueeze(2));
    Tensor colours = // [images, shots, 2]
        found.narrow(1, Light.COLOUR, 2).unsqueeze(1).sub(shots.narrow(1, Light.COLOUR, 2)).abs();
    return Tensors.concat(
        1,
        structure(seen.patches()),
        beyond(levels.flatten(1, 2)),
        colours.amax(new long[] {2}, false).amin(new long[] {1}, true),
        beyond(above.narrow(1, Light.OVEREXPOSED, 1)),
        beyond(below.narrow(1, SceneSight.REPETITION, 1)));
  }

  private static Tensor beyond(Tensor differences) {
    return differences.clamp_min(new Scalar(0.0));
  }

  /**
   * The two measures of patches, picture by picture: a table of similarities is as large as all
   * views' patches times the picture's.
   *
   * @param seen {@code [images, n, d]}
   * @return {@code [images, 2]}
   */
  private Tensor structure(Tensor seen) {
    Tensor both = seen.new_empty(new long[] {seen.size(0), 2});
    for (long image = 0; image < seen.size(0); image++) {
      Tensor picture = seen.select(0, image);
      Tensor place = both.select(0, image);
      TensorScope.inference(() -> place.copy_(distances(picture)));
    }
    return both;
  }

  private Tensor distances(Tensor picture) {
    Tensor nearest = torch.matmul(rows, picture.t()).amax(new long[] {1}, false);
    Tensor distances = // [views, n]
        nearest
            .neg()
            .add(new Scalar(1.0))
            .mul(new Scalar(0.5))
            .clamp_min(new Scalar(0.0))
            .view(-1, picture.size(0));
    Tensor worst = distances.topk(worst(picture.size(0)), 1, true, false).get0();
    return Tensors.concat(
        0,
        distances.mean(new long[] {1}, false, null).amin(new long[] {0}, true),
        worst.mean(new long[] {1}, false, null).amin(new long[] {0}, true));
  }

  /** Frees what was remembered, and what sees. */
  @Override
  public void close() {
    owner.close();
    sight.close();
  }
}
