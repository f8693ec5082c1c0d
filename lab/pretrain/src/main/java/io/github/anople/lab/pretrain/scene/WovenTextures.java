package io.github.anople.lab.pretrain.scene;

import static io.github.anople.lab.pretrain.scene.Tones.fold;
import static io.github.anople.lab.pretrain.scene.Tones.high;
import static io.github.anople.lab.pretrain.scene.Tones.scale;
import static io.github.anople.lab.pretrain.scene.Tones.smooth;

import java.util.List;

/** Materials of threads and wires: fabric, knit, carpet, mesh and grids. */
final class WovenTextures {

  private static final String CLOTH =
      "stained torn hole contaminated burnt discoloured smeared cut worn creased bent";
  private static final String WIRE = "bent broken bridged contaminated missing rusty hole";

  private WovenTextures() {}

  static List<Material> all() {
    return List.of(
        Material.of("fabric", Colours.ANY, 0, CLOTH, WovenTextures::fabric),
        Material.of("knit", Colours.ANY, 0, CLOTH, WovenTextures::knit),
        Material.of("carpet", Colours.ANY, 0, CLOTH, WovenTextures::carpet),
        Material.of("plaid", Colours.ANY, 0, CLOTH, WovenTextures::plaid),
        Material.patterned(
            "wire mesh", "grey silver black gold copper", 0.2, WIRE, WovenTextures::mesh),
        Material.patterned(
            "grid", "white black grey green blue", 0.1, WIRE + " cut", WovenTextures::grid),
        Material.patterned(
            "perforated metal",
            "silver grey black gold",
            0.4,
            "scratched bent dented stained contaminated rusty bridged",
            WovenTextures::perforated),
        Material.of(
            "wicker",
            "brown beige golden dark",
            0.2,
            "broken stained burnt bent cut missing discoloured",
            WovenTextures::wicker));
  }

  private static Texel fabric(Dice dice, int base) {
    int seed = dice.seed();
    float pitch = dice.scale(2.4, 10);
    int twill = dice.in(0, 3);
    int weft =
        dice.chance(0.5)
            ? base
            : Tones.mix(base, Colours.draw(dice.word("white", "black", "blue"), dice), 0.6f);
    float depth = dice.in(0.25, 0.7);
    float uneven = dice.in(0, 0.35);
    return (u, v) -> {
      float x = u / pitch + uneven * Noise.value(v / 30, u / 90, seed);
      float y = v / pitch + uneven * Noise.value(u / 30, v / 90, seed + 1);
      int i = Noise.floor(x);
      int j = Noise.floor(y);
      float s = x - i - 0.5f;
      float t = y - j - 0.5f;
      boolean warp = twill == 0 ? ((i + j) & 1) == 0 : Math.floorMod(i + j, twill + 2) < 2;
      float across = warp ? s : t;
      float along = warp ? t : s;
      float dome = 1 - 4 * across * across * 0.9f - along * along;
      float thread = 0.9f + 0.25f * uneven * Noise.unit(warp ? i : j, warp ? 1 : 2, seed);
      float fibre = 0.2f * (Noise.unit(Noise.floor(u * 1.3f), Noise.floor(v * 1.3f), seed) - 0.5f);
      return high(
          scale(warp ? base : weft, thread * (1 - depth + depth * dome) + depth * 0.3f + fibre),
          0.3f + 0.6f * dome);
    };
  }

  private static Texel knit(Dice dice, int base) {
    int seed = dice.seed();
    float pitch = dice.scale(5, 20);
    float ribs = dice.chance(0.4) ? dice.in(3, 7) : 0;
    int stripe = Colours.draw(dice.pick(Material.words(Colours.ANY)), dice);
    int every = dice.chance(0.35) ? dice.in(3, 9) : 0;
    return (u, v) -> {
      float x = u / pitch;
      int i = Noise.floor(x);
      float s = Math.abs(x - i - 0.5f);
      float y = v / (pitch * 0.75f) + s * 1.5f;
      int j = Noise.floor(y);
      float t = y - j - 0.5f;
      float dome = 1 - 3.2f * t * t - 1.2f * (s - 0.25f) * (s - 0.25f) * 8;
      dome -= 0.5f * smooth(0.08f, 0, s) + 0.6f * smooth(0.42f, 0.5f, s);
      float fuzz = 0.3f * (Noise.value(u / 1.4f, v / 1.4f, seed) - 0.5f);
      float rib = ribs > 0 ? 0.25f * (float) Math.cos(6.2832f * i / ribs) : 0;
      int c = every > 0 && Math.floorMod(j, every) == 0 ? stripe : base;
      return high(scale(c, 0.5f + 0.55f * dome + fuzz + rib), 0.2f + 0.7f * dome);
    };
  }

  private static Texel carpet(Dice dice, int base) {
    int seed = dice.seed();
    float tuft = dice.scale(3, 10);
    int other =
        dice.chance(0.6)
            ? scale(base, dice.in(0.5, 0.8))
            : Colours.draw(dice.word("white", "grey", "beige", "navy"), dice);
    float share = dice.in(0, 0.6);
    float depth = dice.in(0.3, 0.8);
    float order = dice.in(0.2, 1);
    float[] cell = new float[3];
    return (u, v) -> {
      Noise.cells(u / tuft, v / tuft, seed, order, cell);
      float fibre = Noise.value(u / 1.2f, v / 1.2f, seed + 1) - 0.5f;
      int c = cell[2] < share ? other : base;
      float pile = 1 - smooth(0.1f, 0.75f, cell[0]);
      return high(
          scale(c, 1 - depth + depth * pile + 0.35f * fibre + 0.2f * (cell[2] - 0.5f)), pile);
    };
  }

  private static Texel plaid(Dice dice, int base) {
    int seed = dice.seed();
    int one = Colours.draw(dice.pick(Material.words(Colours.ANY)), dice);
    int two = Colours.draw(dice.pick(Material.words(Colours.ANY)), dice);
    float period = dice.scale(24, 110);
    float width = dice.in(0.1, 0.3);
    float pitch = dice.scale(2.2, 5);
    return (u, v) -> {
      float p = fold(u / period);
      float q = fold(v / period);
      int across = p < width ? one : Math.abs(p - 0.4f) < 0.03f ? two : base;
      int down = q < width ? one : Math.abs(q - 0.4f) < 0.03f ? two : base;
      boolean warp = Math.floorMod(Noise.floor(u / pitch) + Noise.floor(v / pitch), 4) < 2;
      float ridge = fold((u + v) / pitch / 2);
      float n = 0.25f * (Noise.value(u / 2, v / 2, seed) - 0.5f);
      return high(
          scale(Tones.mix(across, down, warp ? 0.75f : 0.25f), 0.85f + 0.4f * ridge + n), ridge);
    };
  }

  private static Texel mesh(Dice dice, int base) {
    int seed = dice.seed();
    float pitch = dice.scale(9, 36);
    float half = pitch * dice.in(0.08, 0.2);
    int behind = Colours.draw(dice.word("black", "black", "dark", "white", "grey"), dice);
    boolean diamond = dice.chance(0.3);
    return (u, v) -> {
      float x = diamond ? (u + v) * 0.7f : u;
      float y = diamond ? (u - v) * 0.7f : v;
      int i = Math.round(x / pitch);
      int j = Math.round(y / pitch);
      boolean over = ((i + j) & 1) == 0;
      float dx = Math.abs(x - i * pitch) / half;
      float dy = Math.abs(y - j * pitch) / half;
      float near = over ? (dx < 1 ? dx : dy) : (dy < 1 ? dy : dx);
      if (near >= 1) {
        float n = 0.2f * (Noise.value(u / 9, v / 9, seed) - 0.5f);
        float shadow = Math.min(dx, dy) < 1.7f ? 0.75f : 1;
        return high(scale(behind, shadow + n), 0.1f);
      }
      float round = (float) Math.sqrt(1 - near * near);
      float twist = 0.15f * (float) Math.sin((x + y) * 1.4f);
      return high(scale(base, 0.45f + 0.75f * round + twist), 0.3f + 0.5f * round);
    };
  }

  private static Texel grid(Dice dice, int base) {
    int seed = dice.seed();
    float pitch = dice.scale(10, 44);
    float bar = dice.in(0.1, 0.24);
    int behind = Colours.draw(dice.word("black", "white", "grey", "beige", "blue"), dice);
    int contrast =
        Tones.distance(base, behind) < 150
            ? scale(behind, Tones.luminance(behind) > 100 ? 0.4f : 2.6f)
            : behind;
    float stretch = dice.scale(0.6, 1.6);
    int brick = dice.in(0, 2);
    return (u, v) -> {
      float y = v / (pitch * stretch);
      float x = u / pitch + (brick == 1 && (Noise.floor(y) & 1) == 0 ? 0.5f : 0);
      float near = Math.min(fold(x), fold(y));
      float n = 0.1f * (Noise.clouds(u / 5, v / 5, seed, 2) - 0.5f);
      float on = smooth(bar + 0.7f / pitch, bar - 0.7f / pitch, near);
      float shade = 1 + n + 0.2f * (bar - near);
      float under = 0.85f + 0.15f * smooth(bar, bar * 2, near) + n;
      return high(Tones.mix(scale(contrast, under), scale(base, shade), on), 0.2f + 0.6f * on);
    };
  }

  private static Texel perforated(Dice dice, int base) {
    int seed = dice.seed();
    float pitch = dice.scale(9, 30);
    float radius = dice.in(0.2, 0.38);
    boolean staggered = dice.chance(0.6);
    int behind = scale(base, dice.in(0.05, 0.3));
    float brush = dice.in(0, 0.15);
    return (u, v) -> {
      float y = v / pitch;
      int j = Noise.floor(y);
      float x = u / pitch + (staggered && (j & 1) == 0 ? 0.5f : 0);
      float s = x - Noise.floor(x) - 0.5f;
      float t = y - j - 0.5f;
      float r = (float) Math.sqrt(s * s + t * t);
      float n = brush * (Noise.value(u / 30, v, seed) - 0.5f);
      float open = smooth(radius + 0.6f / pitch, radius - 0.6f / pitch, r);
      float rim = 0.3f * smooth(0.12f, 0, Math.abs(r - radius - 0.05f)) * (s + t) / (r + 0.01f);
      return high(Tones.mix(scale(base, 1 + 2 * n + rim), behind, open), 0.8f - 0.6f * open);
    };
  }

  private static Texel wicker(Dice dice, int base) {
    int seed = dice.seed();
    float pitch = dice.scale(8, 22);
    float length = dice.in(2, 4);
    return (u, v) -> {
      float y = v / pitch;
      int j = Noise.floor(y);
      float t = y - j - 0.5f;
      float x = u / (pitch * length) + (j & 1) * 0.5f;
      float bow = (float) Math.cos((x - Noise.floor(x) - 0.5f) * 6.2832f);
      float dome = 1 - 3.2f * t * t;
      float n = Noise.value(u / 14, v * 1.2f, seed) - 0.5f;
      float own = 0.3f * (Noise.unit(Noise.floor(x), j, seed) - 0.5f);
      return high(
          scale(base, 0.3f + 0.45f * dome + 0.3f * bow + 0.3f * n + own),
          0.4f * dome + 0.25f * bow + 0.3f);
    };
  }
}
