package io.github.anople.lab.pretrain.scene;

import static io.github.anople.lab.pretrain.scene.Tones.high;
import static io.github.anople.lab.pretrain.scene.Tones.scale;
import static io.github.anople.lab.pretrain.scene.Tones.smooth;

import java.util.List;

/** Materials of grains and minerals, and what is laid of them. */
final class MineralTextures {

  private static final String ROCK =
      "cracked chipped stained hole contaminated discoloured missing scratched worn burnt";

  private MineralTextures() {}

  static List<Material> all() {
    return List.of(
        Material.of("concrete", "grey beige white", 0, ROCK, MineralTextures::concrete),
        Material.of(
            "stone", "grey black pink beige white brown", 0.2, ROCK, MineralTextures::granite),
        Material.of(
            "marble", "white grey beige green black pink", 0.4, ROCK, MineralTextures::marble),
        Material.of(
            "sand",
            "beige golden grey white brown",
            0,
            "contaminated stained discoloured hole",
            MineralTextures::sand),
        Material.of(
            "gravel",
            "grey beige brown white dark",
            0,
            "contaminated stained missing discoloured",
            MineralTextures::gravel),
        Material.of("brick", "red brown orange beige grey", 0, ROCK, MineralTextures::brick),
        Material.of("tile", Colours.ANY, 0.6, ROCK + " broken", MineralTextures::tile),
        Material.of("ceramic", Colours.ANY, 0.8, ROCK, MineralTextures::ceramic),
        Material.of(
            "asphalt",
            "black grey",
            0,
            "cracked hole stained contaminated missing worn",
            MineralTextures::asphalt));
  }

  private static Texel concrete(Dice dice, int base) {
    int seed = dice.seed();
    float rough = dice.in(0.1, 0.5);
    float pores = dice.in(0.0, 0.1);
    float coarse = dice.scale(3, 16);
    return (u, v) -> {
      float n = Noise.clouds(u / coarse, v / coarse, seed, 4) - 0.5f;
      float fine = Noise.unit(Noise.floor(u), Noise.floor(v), seed) - 0.5f;
      float pore = smooth(1 - pores, 1.02f - pores, Noise.value(u / 3.5f, v / 3.5f, seed + 9));
      return high(
          scale(base, 1 + rough * n + 0.1f * fine - 0.4f * pore), 0.6f + 0.4f * n - 0.3f * pore);
    };
  }

  private static Texel granite(Dice dice, int base) {
    int seed = dice.seed();
    float size = dice.scale(2.5, 11);
    int one = Colours.draw(dice.word("black", "dark", "grey"), dice);
    int two = Colours.draw(dice.word("white", "pink", "beige"), dice);
    float few = dice.in(0.1, 0.35);
    float[] cell = new float[3];
    return (u, v) -> {
      float w = 2 * Noise.value(u / 3, v / 3, seed + 4);
      Noise.cells((u + w) / size, (v - w) / size, seed, 1, cell);
      float n = 0.25f * (Noise.clouds(u / 3, v / 3, seed + 1, 2) - 0.5f);
      int c = cell[2] < few ? one : cell[2] > 1 - few ? two : base;
      return high(scale(c, 0.9f + 0.2f * (cell[2] * 9 % 1) + n), 0.5f + n);
    };
  }

  private static Texel marble(Dice dice, int base) {
    int seed = dice.seed();
    int vein =
        Tones.luminance(base) > 110 ? scale(base, dice.in(0.3, 0.7)) : scale(base, dice.in(1.8, 3));
    float size = dice.scale(18, 70);
    float thin = dice.in(0.02, 0.12);
    return (u, v) -> {
      float warp = 1.6f * Noise.clouds(u / size, v / size, seed, 4);
      float a = Noise.clouds(u / size + warp, v / size * 0.6f + warp, seed + 5, 3) - 0.5f;
      float b = Noise.clouds(u / size * 2 - warp, v / size * 2, seed + 6, 2) - 0.5f;
      float line = smooth(thin, 0, Math.abs(a)) + 0.4f * smooth(thin, 0, Math.abs(b));
      return high(Tones.mix(scale(base, 1 + 0.3f * b), vein, line), 0.5f);
    };
  }

  private static Texel sand(Dice dice, int base) {
    int seed = dice.seed();
    float size = dice.scale(1.2, 3.5);
    float ripple = dice.chance(0.4) ? dice.in(14, 50) : 0;
    float contrast = dice.in(0.2, 0.6);
    float[] cell = new float[3];
    return (u, v) -> {
      Noise.cells(u / size, v / size, seed, 1, cell);
      float wave = 0;
      if (ripple > 0) {
        wave =
            (float) Math.sin(6.28f * (v / ripple + 1.5f * Noise.clouds(u / 80, v / 80, seed, 2)));
      }
      float n = cell[2] - 0.5f;
      return high(
          scale(base, 1 + contrast * n + 0.12f * wave), 0.4f + 0.3f * (1 - cell[0]) + 0.2f * wave);
    };
  }

  private static Texel gravel(Dice dice, int base) {
    int seed = dice.seed();
    float size = dice.scale(7, 32);
    int other = Colours.draw(dice.word("grey", "white", "brown", "beige", "dark"), dice);
    float[] cell = new float[3];
    return (u, v) -> {
      float w = 0.25f * Noise.value(u / 5, v / 5, seed + 4);
      Noise.cells(u / size + w, v / size - w, seed, 1, cell);
      float gap = smooth(0.02f, 0.22f, cell[1] - cell[0]);
      float n = 0.35f * (Noise.clouds(u / 3, v / 3, seed + 1, 2) - 0.5f);
      int c = scale(Tones.mix(base, other, cell[2] * 5 % 1), 0.65f + 0.55f * cell[2] + n);
      return high(scale(c, 0.2f + 0.8f * gap), gap * (1 - 0.8f * cell[0]));
    };
  }

  private static Texel brick(Dice dice, int base) {
    int seed = dice.seed();
    float height = dice.scale(14, 44);
    float aspect = dice.in(1.9, 3.2);
    int mortar = Colours.draw(dice.word("grey", "white", "beige"), dice);
    float joint = dice.in(0.05, 0.14);
    float differ = dice.in(0.1, 0.5);
    return (u, v) -> {
      float wob = 0.06f * Noise.value(u / 5, v / 5, seed + 2);
      float y = v / height + wob;
      int j = Noise.floor(y);
      float x = u / (height * aspect) + (j & 1) * 0.5f + wob * 0.4f;
      int i = Noise.floor(x);
      float edge = Math.min(Math.min(y - j, 1 - y + j), aspect * Math.min(x - i, 1 - x + i));
      float n = Noise.clouds(u / 4, v / 4, seed, 3) - 0.5f;
      float face = smooth(joint * 0.6f, joint, edge);
      int c = scale(base, 1 + differ * (Noise.unit(i, j, seed) - 0.5f) + 0.4f * n);
      return high(
          Tones.mix(scale(mortar, 0.85f + 0.4f * n), c, face), 0.2f + 0.5f * face + 0.3f * n);
    };
  }

  private static Texel tile(Dice dice, int base) {
    int seed = dice.seed();
    float pitch = dice.scale(16, 90);
    float joint = dice.in(0.8, 3);
    int grout = Colours.draw(dice.word("grey", "white", "black", "beige"), dice);
    int second =
        dice.chance(0.35) ? Colours.draw(dice.pick(Material.words(Colours.ANY)), dice) : base;
    float mottle = dice.in(0, 0.3);
    boolean half = dice.chance(0.25);
    return (u, v) -> {
      float y = v / pitch;
      int j = Noise.floor(y);
      float x = u / pitch + (half ? (j & 1) * 0.5f : 0);
      int i = Noise.floor(x);
      float edge = pitch * Math.min(Math.min(y - j, 1 - y + j), Math.min(x - i, 1 - x + i));
      float n = Noise.clouds(u / 12, v / 12, seed, 3) - 0.5f;
      int c = ((i + j) & 1) == 0 ? base : second;
      float own = 0.1f * (Noise.unit(i, j, seed) - 0.5f);
      float face = smooth(joint * 0.5f, joint * 0.5f + 1, edge);
      int top = scale(c, 1 + own + mottle * n);
      return high(
          Tones.mix(scale(grout, 1 + 0.5f * n), top, face),
          0.3f + 0.4f * smooth(0, joint + 2, edge));
    };
  }

  private static Texel ceramic(Dice dice, int base) {
    int seed = dice.seed();
    float speck = dice.chance(0.5) ? dice.in(0.02, 0.2) : 0;
    int dot = scale(base, dice.in(0.2, 0.6));
    float size = dice.scale(2, 6);
    float[] cell = new float[3];
    return (u, v) -> {
      float n = Noise.clouds(u / 45, v / 45, seed, 2) - 0.5f;
      int c = scale(base, 1 + 0.15f * n);
      if (speck > 0) {
        Noise.cells(u / size / 2, v / size / 2, seed + 3, 1, cell);
        c = Tones.mix(c, dot, cell[2] < speck ? smooth(0.4f * cell[2] / speck, 0, cell[0]) : 0);
      }
      return high(c, 0.5f + 0.2f * n);
    };
  }

  private static Texel asphalt(Dice dice, int base) {
    int seed = dice.seed();
    float size = dice.scale(2.5, 8);
    float[] cell = new float[3];
    return (u, v) -> {
      Noise.cells(u / size, v / size, seed, 1, cell);
      float stone = smooth(0.5f, 0.25f, cell[0]) * smooth(0.3f, 0.6f, cell[2]);
      float n = 0.3f * (Noise.unit(Noise.floor(u), Noise.floor(v), seed) - 0.5f);
      return high(scale(base, 0.8f + stone * cell[2] * 1.1f + n), 0.3f + 0.6f * stone);
    };
  }
}
