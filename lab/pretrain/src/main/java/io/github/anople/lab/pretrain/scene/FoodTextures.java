package io.github.anople.lab.pretrain.scene;

import static io.github.anople.lab.pretrain.scene.Tones.high;
import static io.github.anople.lab.pretrain.scene.Tones.scale;
import static io.github.anople.lab.pretrain.scene.Tones.smooth;

import java.util.List;

/** What is eaten: crumb, crust, chocolate, skins and seeds. */
final class FoodTextures {

  private static final String BAKED =
      "broken burnt cracked hole mouldy stained contaminated missing chipped discoloured";
  private static final String FRESH =
      "mouldy stained cut scratched hole discoloured contaminated dented burnt";

  private FoodTextures() {}

  static List<Material> all() {
    return List.of(
        Material.of(
            "bread", "beige golden brown white", 0, BAKED + " cut torn", FoodTextures::bread),
        Material.of("cookie dough", "golden brown beige dark", 0.1, BAKED, FoodTextures::cookie),
        Material.of("waffle", "golden brown beige", 0.1, BAKED, FoodTextures::waffle),
        Material.of(
            "chocolate",
            "brown dark white",
            0.6,
            "broken cracked scratched chipped contaminated missing discoloured",
            FoodTextures::chocolate),
        Material.of("fruit skin", "red green yellow orange purple", 0.7, FRESH, FoodTextures::skin),
        Material.of("orange peel", "orange yellow green", 0.4, FRESH, FoodTextures::peel),
        Material.of("cheese", "yellow orange white", 0.3, FRESH + " cracked", FoodTextures::cheese),
        Material.of(
            "seeds",
            "beige brown black white golden",
            0.1,
            "contaminated mouldy burnt discoloured missing broken",
            FoodTextures::seeds));
  }

  private static Texel bread(Dice dice, int base) {
    int seed = dice.seed();
    float size = dice.scale(4, 18);
    float open = dice.in(0.3, 0.7);
    float[] cell = new float[3];
    return (u, v) -> {
      float w = 0.6f * Noise.value(u / size, v / size, seed + 3);
      Noise.cells(u / size + w, v / size * 1.3f - w, seed, 1, cell);
      float hole = smooth(0.55f, 0.2f, cell[0]) * smooth(1 - open, 1.15f - open, cell[2]);
      float n = Noise.clouds(u / 3, v / 3, seed + 1, 3) - 0.5f;
      return high(scale(base, 1.1f - 0.35f * hole + 0.3f * n), 0.7f - 0.5f * hole + 0.3f * n);
    };
  }

  private static Texel cookie(Dice dice, int base) {
    int seed = dice.seed();
    float lump = dice.scale(8, 26);
    float crackle = dice.in(0, 0.7);
    int chip = Colours.draw(dice.word("dark", "dark", "brown", "white"), dice);
    float chips = dice.chance(0.6) ? dice.in(0.08, 0.3) : 0;
    float spacing = dice.scale(12, 30);
    int toast = Tones.mix(base, Colours.draw("dark", dice), 0.45f);
    float[] cell = new float[3];
    return (u, v) -> {
      float n = Noise.clouds(u / lump, v / lump, seed, 4) - 0.5f;
      float fine = Noise.clouds(u / 2, v / 2, seed + 1, 2) - 0.5f;
      float line = Math.abs(Noise.clouds(u / lump, v / lump, seed + 2, 3) - 0.5f);
      float crack = crackle * smooth(0.03f, 0, line);
      int c = Tones.mix(base, toast, smooth(-0.1f, 0.3f, n));
      c = scale(c, 1 + 0.35f * n + 0.3f * fine - 0.5f * crack);
      float h = 0.5f + 0.6f * n + 0.25f * fine - 0.4f * crack;
      if (chips > 0) {
        float w = 0.3f * Noise.value(u / 4, v / 4, seed + 5);
        Noise.cells(u / spacing + w, v / spacing - w, seed + 4, 0.9f, cell);
        float on = cell[2] < chips * 2 ? smooth(0.3f, 0.24f, cell[0]) : 0;
        c = Tones.mix(c, scale(chip, 0.9f + 0.8f * fine), on);
        h += 0.3f * on * (1 - cell[0]);
      }
      return high(c, h);
    };
  }

  private static Texel waffle(Dice dice, int base) {
    int seed = dice.seed();
    float pitch = dice.scale(10, 40);
    float ridge = dice.in(0.1, 0.25);
    int toast = scale(base, 0.6f);
    return (u, v) -> {
      float near = Math.min(Tones.fold(u / pitch), Tones.fold(v / pitch));
      float top = smooth(ridge + 0.08f, ridge - 0.05f, near);
      float n = Noise.clouds(u / 4, v / 4, seed, 3) - 0.5f;
      float brown = Noise.clouds(u / 40, v / 40, seed + 1, 2);
      int c = Tones.mix(base, toast, (1 - top) * 0.5f + smooth(0.5f, 0.8f, brown) * 0.6f);
      return high(scale(c, 1 + 0.35f * n), 0.2f + 0.5f * top + 0.3f * n);
    };
  }

  private static Texel chocolate(Dice dice, int base) {
    int seed = dice.seed();
    float pitch = dice.scale(28, 90);
    float aspect = dice.in(0.6, 1.8);
    boolean bar = dice.chance(0.6);
    return (u, v) -> {
      float n = Noise.clouds(u / 18, v / 18, seed, 3) - 0.5f;
      float edge =
          bar ? Math.min(Tones.fold(u / pitch), Tones.fold(v / (pitch * aspect)) * aspect) : 0.4f;
      float top = smooth(0, 0.14f, edge);
      return high(scale(base, 0.7f + 0.35f * top + 0.15f * n), 0.2f + 0.5f * top + 0.1f * n);
    };
  }

  private static Texel skin(Dice dice, int base) {
    int seed = dice.seed();
    int blush = Colours.draw(dice.word("red", "yellow", "green", "orange"), dice);
    int dot = scale(base, 1.5f);
    float size = dice.scale(5, 12);
    float amount = dice.in(0, 0.7);
    float streak = dice.scale(1, 8);
    float[] cell = new float[3];
    return (u, v) -> {
      float n = Noise.clouds(u / 12, v / (12 * streak), seed, 4);
      int c = Tones.mix(base, blush, amount * smooth(0.45f, 0.75f, n));
      Noise.cells(u / size, v / size, seed + 1, 1, cell);
      c = Tones.mix(c, dot, cell[2] > 0.5f ? 0.6f * smooth(0.2f, 0.08f, cell[0]) : 0);
      return high(scale(c, 0.9f + 0.2f * n), 0.5f);
    };
  }

  private static Texel peel(Dice dice, int base) {
    int seed = dice.seed();
    float size = dice.scale(3.5, 10);
    float[] cell = new float[3];
    return (u, v) -> {
      Noise.cells(u / size, v / size, seed, 0.8f, cell);
      float pit = smooth(0.4f, 0.05f, cell[0]);
      float n = Noise.clouds(u / 25, v / 25, seed + 1, 2) - 0.5f;
      return high(scale(base, 1.02f - 0.16f * pit + 0.2f * n), 0.7f - 0.5f * pit);
    };
  }

  private static Texel cheese(Dice dice, int base) {
    int seed = dice.seed();
    float size = dice.scale(18, 50);
    float[] cell = new float[3];
    return (u, v) -> {
      Noise.cells(u / size, v / size, seed, 0.9f, cell);
      float r = 0.1f + 0.3f * (cell[2] * 7 % 1);
      float hole = cell[2] > 0.45f ? smooth(r, r - 0.06f, cell[0]) : 0;
      float n = Noise.clouds(u / 6, v / 6, seed + 1, 3) - 0.5f;
      return high(
          scale(base, 1.05f - 0.32f * hole + 0.12f * n), 0.75f - 0.6f * hole * (1 - cell[0]));
    };
  }

  private static Texel seeds(Dice dice, int base) {
    int seed = dice.seed();
    float size = dice.scale(5, 20);
    float stretch = dice.in(1, 2.2);
    float[] cell = new float[3];
    return (u, v) -> {
      float turn = Noise.value(u / 60, v / 60, seed + 5) * size * 3;
      Noise.cells(u / size, (v + turn) / (size * stretch), seed, 0.95f, cell);
      float gap = smooth(0.02f, 0.2f, cell[1] - cell[0]);
      float body = 1 - 0.9f * cell[0];
      float n = 0.15f * (Noise.value(u / 2, v / 2, seed + 1) - 0.5f);
      int c = scale(base, 0.75f + 0.5f * cell[2] + n);
      return high(scale(c, (0.15f + 0.85f * gap) * (0.6f + 0.5f * body)), gap * body);
    };
  }
}
