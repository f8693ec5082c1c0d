package io.github.anople.torch.train;

import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.SceneMemory;
import io.github.anople.core.decide.SceneLimits;
import io.github.anople.core.decide.SceneLimits.Reach;
import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.detect.Scene;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.FilledRegion;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.encoder.TrunkSettings;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.memory.ShotViews;
import io.github.anople.torch.memory.Symmetries;
import io.github.anople.torch.model.DetectorModels;
import io.github.anople.torch.model.Images;
import io.github.anople.torch.scene.SceneLook;
import io.github.anople.torch.scene.SceneSight;
import io.github.anople.torch.synth.Draws;
import io.github.anople.torch.synth.MildAugmentation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Fills what the scene check remembers of shots, and finds its limits: how far altered views of the
 * shots are from them, how far the shots are from each other, and how far pictures are that show
 * nothing.
 *
 * @param models what the detector is made of
 */
record SceneFiller(DetectorModels models) {

  /** Altered views of each shot: enough for their largest to be near what more would give. */
  private static final int ALTERED = 16;

  private static final int GREY = 128;
  private static final int LEVELS = 256;
  private static final int CHANNELS = 3;

  /**
   * A shot as the check remembers it.
   *
   * @param patches of its views, {@code [views * n, d]}
   * @param statistics {@code [K']}
   */
  private record Remembered(float[] patches, float[] statistics) {}

  /**
   * What the check remembers.
   *
   * @param bundle the detector, with the trunk
   * @param shots good images
   * @param seen their patches, of which it takes the views that the memory keeps; empty without
   *     memory
   * @param before what it remembered before; empty at first
   * @param beforeEach runs before each shot, and may end the work by throwing
   */
  SceneMemory of(
      DetectorBundle bundle,
      List<Shot> shots,
      List<ShotPatches> seen,
      Optional<SceneMemory> before,
      Runnable beforeEach) {
    try (SceneSight sight = models.sceneSight(bundle)) {
      List<Remembered> all = new ArrayList<>();
      for (int i = 0; i < shots.size(); i++) {
        beforeEach.run();
        all.add(remembered(sight, bundle.region(), shots.get(i), symmetries(seen, i)));
      }
      SceneMemory joined = joined(all, before, Reach.NONE, Reach.NONE, Reach.NONE);
      Reach altered = before.map(old -> old.limits().altered()).orElse(Reach.NONE);
      for (int i = 0; i < shots.size(); i++) {
        beforeEach.run();
        altered = altered.max(largest(measured(bundle, joined, altered(shots.get(i), i))));
      }
      Reach others = Reach.NONE;
      for (int i = 0; i < shots.size(); i++) {
        others = others.max(fromOthers(bundle, shots, all, before, i));
      }
      List<Scene> nothing = measured(bundle, joined, nothing());
      return joined(all, before, altered, others, smallest(nothing));
    }
  }

  /**
   * What a further picture gives the check. It depends on what the check remembered of the shots
   * and on the picture alone, so that the picture can be taken out again.
   *
   * @param bundle the detector, with the trunk
   * @param shot the picture
   * @param seen its patches
   * @param trained what the check remembers of the shots that were trained on
   * @return its views and statistics, and the limits of a check that knows the shots and it
   */
  SceneMemory further(DetectorBundle bundle, Shot shot, ShotPatches seen, SceneMemory trained) {
    SceneMemory both = of(bundle, List.of(shot), List.of(seen), Optional.of(trained), () -> {});
    return new SceneMemory(
        beyond(both.patches(), trained.patches()),
        beyond(both.statistics(), trained.statistics()),
        both.limits());
  }

  /** What a table has behind another that it begins with. */
  private static FloatTensor beyond(FloatTensor table, FloatTensor beginning) {
    List<Long> shape = new ArrayList<>(table.shape());
    shape.set(0, shape.get(0) - beginning.shape().get(0));
    return new FloatTensor(
        shape,
        Arrays.copyOfRange(table.values(), beginning.values().length, table.values().length));
  }

  /** The views that the memory keeps of a shot; the shot as it is where they depend on one. */
  private List<Integer> symmetries(List<ShotPatches> seen, int shot) {
    ShotViews views = models.config().memory().views();
    if (!seen.isEmpty()) {
      return seen.get(shot).symmetries();
    }
    return views == ShotViews.AUTO ? List.of(0) : views.symmetries();
  }

  private Remembered remembered(
      SceneSight sight, Optional<FilledRegion> region, Shot shot, List<Integer> symmetries) {
    return TensorScope.inference(
        () -> {
          Tensor image = plain(shot.whole().image(), region);
          SceneSight.Seen whole = sight.of(image);
          Tensor[] views =
              symmetries.stream()
                  .map(
                      symmetry ->
                          symmetry == 0
                              ? whole.patches()
                              : sight.of(turned(image, region, symmetry)).patches())
                  .toArray(Tensor[]::new);
          // As the file holds them: a detector decides the same before and after it is written.
          Tensor rounded = Tensors.concat(1, views).to(ScalarType.Half);
          return new Remembered(Tensors.floats(rounded), Tensors.floats(whole.statistics()));
        });
  }

  /** The region is the camera's, and does not turn with the part. */
  private static Tensor turned(Tensor image, Optional<FilledRegion> region, int symmetry) {
    Tensor turned = Symmetries.of(image, symmetry);
    return region.map(some -> Images.painted(some, turned)).orElse(turned);
  }

  private Tensor plain(RgbImage image, Optional<FilledRegion> region) {
    RgbImage seen =
        region.isPresent() ? InputSizes.one(side()).prepare(image, region).image() : image;
    return Images.plain(device(), List.of(seen), side());
  }

  private int side() {
    return models.backbone().clip().config().vision().imageSize();
  }

  private ComputeDevice device() {
    return models.backbone().clip().device();
  }

  private SceneMemory joined(
      List<Remembered> shots,
      Optional<SceneMemory> before,
      Reach altered,
      Reach others,
      Reach nothing) {
    List<float[]> patches = new ArrayList<>();
    List<float[]> statistics = new ArrayList<>();
    before.ifPresent(
        old -> {
          patches.add(old.patches().values());
          statistics.add(old.statistics().values());
        });
    for (Remembered shot : shots) {
      patches.add(shot.patches());
      statistics.add(shot.statistics());
    }
    float[] rows = joined(patches);
    float[] wholes = joined(statistics);
    TrunkSettings seen = SceneSight.patches(side());
    long places = (long) seen.grid() * seen.grid();
    long width = seen.width();
    long size = SceneSight.STATISTICS;
    return new SceneMemory(
        new FloatTensor(List.of(rows.length / (places * width), places, width), rows),
        new FloatTensor(List.of(wholes.length / size, size), wholes),
        SceneLimits.ofShots(altered, others, nothing));
  }

  private static float[] joined(List<float[]> parts) {
    float[] whole = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    return whole;
  }

  /** What a check that remembers some shots says of images, one by one. */
  private List<Scene> measured(DetectorBundle bundle, SceneMemory memory, List<RgbImage> images) {
    try (SceneLook look =
        new SceneLook(models.sceneSight(bundle), memory.patches(), memory.statistics(), device())) {
      List<Scene> scenes = new ArrayList<>();
      for (RgbImage image : images) {
        scenes.add(
            Scene.of(
                TensorScope.inference(
                    () -> Tensors.floats(look.measure(plain(image, bundle.region())))),
                0));
      }
      return scenes;
    }
  }

  private static Reach largest(List<Scene> scenes) {
    return scenes.stream().map(Reach::of).reduce(Reach.NONE, Reach::max);
  }

  private static Reach smallest(List<Scene> scenes) {
    return scenes.stream().map(Reach::of).reduce(new Reach(1, 1), Reach::min);
  }

  private List<RgbImage> altered(Shot shot, int index) {
    return MildAugmentation.draw(
        shot.fine(), ALTERED, view -> Draws.of(models.config().seed(), "scene", index, view));
  }

  /** How far a shot is from the others, where there is another of its product. */
  private Reach fromOthers(
      DetectorBundle bundle,
      List<Shot> shots,
      List<Remembered> all,
      Optional<SceneMemory> before,
      int index) {
    Shot shot = shots.get(index);
    List<Remembered> rest = new ArrayList<>();
    boolean alike = before.isPresent();
    for (int i = 0; i < shots.size(); i++) {
      if (!shots.get(i).origin().sha256().equals(shot.origin().sha256())) {
        rest.add(all.get(i));
        alike |= shots.get(i).product().equals(shot.product());
      }
    }
    if (!alike) {
      return Reach.NONE;
    }
    SceneMemory others = joined(rest, before, Reach.NONE, Reach.NONE, Reach.NONE);
    return largest(measured(bundle, others, List.of(shot.whole().image())));
  }

  /** Black, white, grey and noise. */
  private List<RgbImage> nothing() {
    int side = side();
    byte[] noise = new byte[CHANNELS * side * side];
    RandomGenerator random = Draws.of(models.config().seed(), "nothing", 0, 0);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) random.nextInt(LEVELS);
    }
    return List.of(
        flat(side, 0), flat(side, LEVELS - 1), flat(side, GREY), RgbImage.of(side, side, noise));
  }

  private static RgbImage flat(int side, int level) {
    byte[] samples = new byte[CHANNELS * side * side];
    Arrays.fill(samples, (byte) level);
    return RgbImage.of(side, side, samples);
  }
}
