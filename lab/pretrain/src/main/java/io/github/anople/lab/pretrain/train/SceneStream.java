package io.github.anople.lab.pretrain.train;

import io.github.anople.core.image.RgbImage;
import io.github.anople.lab.pretrain.scene.Region;
import io.github.anople.lab.pretrain.scene.Scene;
import io.github.anople.lab.pretrain.scene.SceneGenerator;
import io.github.anople.torch.synth.Draws;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * Batches of scenes. Drawing a scene costs about as much as learning from it, so scenes stay in a
 * pool and are seen several times, turned, mirrored and lit differently.
 *
 * <p>Each batch draws a few new scenes, which take the places of the oldest, and takes the rest
 * from the pool. Everything follows from the seed and the step: a stream that starts in the middle
 * draws its pool anew and goes on as if it had never stopped.
 */
final class SceneStream {

  /** What the method asks in the end (its Table 4), and how people else say that a thing is bad. */
  private static final List<String> BAD =
      List.of("abnormal", "damaged", "defective", "anomalous", "broken", "faulty", "bad", "flawed");

  private static final List<String> GOOD =
      List.of("", "", "", "perfect ", "flawless ", "normal ", "intact ", "good ", "undamaged ");

  /** Where the series of scenes begins that stand beside whole ones. */
  private static final long OTHERS = 1L << 40;

  private final SceneGenerator generator;
  private final PretrainConfig config;
  private final Held[] pool;
  private long drawn;

  private record Held(Scene scene, ScenePatches patches) {}

  /**
   * A stream.
   *
   * @param step the first batch that will be asked for
   */
  SceneStream(PretrainConfig config, long step) {
    this.config = config;
    this.generator = new SceneGenerator(config.seed(), MiniArchitecture.SIDE);
    this.pool = new Held[config.pool()];
    this.drawn = Math.max(0, step * config.fresh() - pool.length);
  }

  /**
   * Draws scenes up to a number; before that many exist, the pool is what there is. A scene follows
   * from its number alone, so all processors draw, and each scene then takes its place in turn.
   */
  private void fill(long until) {
    List<Held> fresh =
        LongStream.range(drawn, until).parallel().mapToObj(this::draw).toList(); // in order
    for (Held held : fresh) {
      pool[(int) (drawn++ % pool.length)] = held;
    }
  }

  private Held draw(long number) {
    Scene scene = config.twins() ? ofPair(number) : generator.draw(number);
    return new Held(scene, ScenePatches.of(scene, MiniArchitecture.PATCH));
  }

  /**
   * Scenes in pairs, an even number and the odd one after it: a damaged scene's twin is the same
   * scene whole. A whole scene's is another one, for a picture must not be in a batch twice.
   */
  private Scene ofPair(long number) {
    Scene scene = generator.draw(number / 2);
    if (number % 2 == 0) {
      return scene;
    }
    boolean damaged = scene.regions().stream().anyMatch(region -> !region.condition().isWhole());
    return damaged ? generator.drawWhole(number / 2) : generator.draw(OTHERS + number);
  }

  /**
   * The batch of a step; steps must be asked for in order.
   *
   * @param step counted from 0
   */
  SceneBatch next(long step) {
    fill(Math.max((step + 1) * config.fresh(), config.batch()));
    int held = (int) Math.min(drawn, pool.length);
    RandomGenerator random = Draws.of(config.seed(), "batch", step, 0);
    Builder batch = new Builder(random, config.batch());
    int together = config.twins() ? 2 : 1;
    for (int i = 0; i < config.batch(); i += together) {
      long newest = drawn - together - i;
      int at =
          i < config.fresh()
              ? (int) (newest % pool.length)
              : together * random.nextInt(held / together);
      for (int twin = 0; twin < together; twin++) {
        batch.add(pool[at + twin]);
      }
    }
    return batch.build();
  }

  /** One batch in the making. */
  private static final class Builder {
    private static final int SIDE = MiniArchitecture.SIDE;
    private static final int GRID = SIDE / MiniArchitecture.PATCH;

    private final RandomGenerator random;
    private final float[] pixels;
    private final List<Runnable> paintings = new ArrayList<>(); // all is drawn by lot before them
    private final List<String> captions = new ArrayList<>();
    private final boolean[] imageDamaged;
    private final Map<String, Integer> phrases = new LinkedHashMap<>();
    private final long[] patchPhrase;
    private final byte[] patchDamaged;
    private final List<String> wholeNames = new ArrayList<>();
    private final List<String> damagedNames = new ArrayList<>();

    Builder(RandomGenerator random, int images) {
      this.random = random;
      this.pixels = new float[images * 3 * SIDE * SIDE];
      this.imageDamaged = new boolean[images];
      this.patchPhrase = new long[images * GRID * GRID];
      this.patchDamaged = new byte[images * GRID * GRID];
    }

    void add(Held held) {
      int image = captions.size();
      Scene scene = held.scene();
      Turn turn = new Turn(random.nextInt(8));
      float[][] tones = tones();
      paintings.add(() -> paint(scene.image(), turn, tones, image * 3 * SIDE * SIDE));
      captions.add(scene.captions().get(random.nextInt(scene.captions().size())));
      for (int cell = 0; cell < GRID * GRID; cell++) {
        int from = turn.source(cell, GRID);
        int at = image * GRID * GRID + cell;
        Region region = scene.regions().get(held.patches().region()[from]);
        byte damaged = held.patches().damaged()[from];
        boolean bad = damaged == 1 && !region.condition().isWhole();
        String phrase = bad ? region.damagePhrase() : region.phrase();
        patchPhrase[at] = phrases.computeIfAbsent(phrase, p -> phrases.size());
        patchDamaged[at] = damaged;
        imageDamaged[image] |= damaged == 1;
      }
      name(scene);
    }

    /** A thing of the scene, preferably the damaged one, as good and as bad. */
    private void name(Scene scene) {
      List<Region> bad =
          scene.regions().stream().filter(region -> !region.condition().isWhole()).toList();
      List<Region> choice = bad.isEmpty() ? scene.regions() : bad;
      Region region = choice.get(random.nextInt(choice.size()));
      String noun = region.object().isEmpty() ? region.material() : region.object();
      String name = random.nextInt(3) == 0 ? region.phrase() : noun;
      if (random.nextInt(6) == 0) {
        name = "object";
      }
      String state =
          !region.condition().isWhole() && random.nextInt(3) == 0
              ? region.condition().word()
              : BAD.get(random.nextInt(BAD.size()));
      String article = random.nextInt(3) == 0 ? "a photo of a " : "";
      wholeNames.add(article + GOOD.get(random.nextInt(GOOD.size())) + name);
      damagedNames.add(article + state + " " + name);
    }

    /** Turned or mirrored, with another gain and gamma for each channel now and then. */
    private void paint(RgbImage image, Turn turn, float[][] tones, int offset) {
      byte[] rgb = image.pixels();
      for (int at = 0; at < SIDE * SIDE; at++) {
        int from = 3 * turn.source(at, SIDE);
        for (int channel = 0; channel < 3; channel++) {
          pixels[offset + channel * SIDE * SIDE + at] = tones[channel][rgb[from + channel] & 0xff];
        }
      }
    }

    private float[][] tones() {
      boolean changed = random.nextInt(4) != 0;
      double gain = changed ? Draws.uniform(random, 0.7, 1.2) : 1;
      double gamma = changed ? Draws.uniform(random, 0.75, 1.35) : 1;
      float[][] tones = new float[3][256];
      for (int channel = 0; channel < 3; channel++) {
        double cast = changed ? gain * Draws.uniform(random, 0.92, 1.08) : 1;
        for (int level = 0; level < 256; level++) {
          double value = cast * Math.pow(level / 255.0, gamma);
          tones[channel][level] = (float) Math.min(1, value);
        }
      }
      return tones;
    }

    SceneBatch build() {
      paintings.parallelStream().forEach(Runnable::run);
      return new SceneBatch(
          pixels,
          captions,
          imageDamaged,
          List.copyOf(phrases.keySet()),
          patchPhrase,
          patchDamaged,
          wholeNames,
          damagedNames);
    }
  }

  /**
   * One of the eight ways to lay a square.
   *
   * @param way bit 0 mirrors left and right, bit 1 up and down, bit 2 swaps rows and columns
   */
  private record Turn(int way) {

    /** Where the value at a place comes from. */
    int source(int at, int side) {
      int y = at / side;
      int x = at % side;
      int row = (way & 4) == 0 ? y : x;
      int column = (way & 4) == 0 ? x : y;
      row = (way & 2) == 0 ? row : side - 1 - row;
      column = (way & 1) == 0 ? column : side - 1 - column;
      return row * side + column;
    }
  }
}
