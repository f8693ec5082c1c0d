package io.github.anople.lab.pretrain.scene;

import static io.github.anople.lab.pretrain.scene.Tones.high;
import static io.github.anople.lab.pretrain.scene.Tones.scale;

import java.util.List;

/** Materials of fibres and hides: wood, paper, felt, leather and their like. */
final class FibreTextures {

  private static final String SOFT =
      "stained torn hole contaminated burnt discoloured smeared cut worn";
  private static final String HARD =
      "scratched cracked stained chipped dented hole contaminated burnt discoloured worn cut";

  private FibreTextures() {}

  static List<Material> all() {
    return List.of(
        Material.of(
            "wood", "brown beige golden dark grey", 0.3, HARD + " missing", FibreTextures::wood),
        Material.of(
            "paper",
            "white beige yellow pink blue green grey",
            0,
            SOFT + " creased",
            FibreTextures::paper),
        Material.of(
            "cardboard", "brown beige grey", 0, SOFT + " creased dented", FibreTextures::cardboard),
        Material.of("felt", Colours.ANY, 0, SOFT + " creased", FibreTextures::felt),
        Material.of(
            "leather",
            "brown black red beige dark olive navy",
            0.35,
            SOFT + " scratched creased cracked",
            FibreTextures::leather),
        Material.of("cork", "brown beige golden", 0, HARD + " missing", FibreTextures::cork),
        Material.of(
            "grass",
            "green olive yellow",
            0,
            "contaminated burnt discoloured cut missing worn",
            FibreTextures::grass),
        Material.of(
            "fur",
            "brown black white grey beige golden",
            0.1,
            "stained burnt discoloured cut contaminated hole worn",
            FibreTextures::fur));
  }

  private static Texel wood(Dice dice, int base) {
    int seed = dice.seed();
    float period = dice.scale(5, 26);
    float wave = dice.scale(0.3, 3);
    float contrast = dice.in(0.12, 0.42);
    float grain = dice.in(0.04, 0.16);
    float plank = dice.chance(0.35) ? dice.in(40, 110) : 0;
    return (u, v) -> {
      float k = 1;
      float x = u;
      if (plank > 0) {
        int board = Noise.floor(v / plank);
        x += 700 * Noise.unit(board, 3, seed);
        k = 0.8f + 0.4f * Noise.unit(board, 5, seed);
        k *= 1 - 0.6f * Tones.smooth(1.6f, 0.4f, plank * Tones.fold(v / plank));
      }
      float bend = wave * 4 * Noise.clouds(x / 120, v / 30, seed, 2);
      float ring = v / period + bend;
      float f = ring - Noise.floor(ring);
      float late = f * f * (1 - Tones.smooth(0.9f, 1, f));
      float fibre = Noise.value(x / 22, v * 0.9f, seed + 7) - 0.5f;
      float pore = Noise.value(x / 9, v / 1.3f, seed + 8) > 0.86f ? 0.12f : 0;
      float shade = k * (1.08f - contrast * late + 2 * grain * fibre - pore);
      return high(scale(base, shade), 0.5f - 0.2f * late - pore);
    };
  }

  private static Texel paper(Dice dice, int base) {
    int seed = dice.seed();
    float rough = dice.in(0.01, 0.1);
    float line = dice.chance(0.25) ? dice.in(12, 30) : 0;
    int ink = Colours.draw(dice.word("blue", "grey", "red"), dice);
    boolean squared = dice.chance(0.5);
    return (u, v) -> {
      float n = Noise.clouds(u / 3, v / 3, seed, 3) - 0.5f;
      float large = Noise.value(u / 60, v / 60, seed + 1) - 0.5f;
      int c = scale(base, 1 + rough * n * 2 + 0.06f * large);
      if (line > 0) {
        float near = line * Tones.fold(v / line);
        if (squared) {
          near = Math.min(near, line * Tones.fold(u / line));
        }
        c = Tones.mix(c, ink, 0.6f * Tones.smooth(1.1f, 0.3f, near));
      }
      return high(c, 0.5f + rough * 3 * n);
    };
  }

  private static Texel cardboard(Dice dice, int base) {
    int seed = dice.seed();
    float flute = dice.scale(4, 14);
    float depth = dice.chance(0.6) ? dice.in(0.02, 0.3) : 0;
    float speck = dice.in(0.05, 0.2);
    return (u, v) -> {
      float wave = (float) Math.sin(v * 6.2832f / flute + Noise.value(u / 60, v / 60, seed));
      float n = Noise.clouds(u / 6, v / 2, seed + 1, 3) - 0.5f;
      float fleck = Noise.unit(Noise.floor(u / 2), Noise.floor(v / 2), seed) > 0.97f ? speck : 0;
      return high(scale(base, 1 + depth * 0.5f * wave + 0.25f * n - fleck), 0.5f + depth * wave);
    };
  }

  private static Texel felt(Dice dice, int base) {
    int seed = dice.seed();
    float size = dice.scale(1.5, 5);
    float contrast = dice.in(0.15, 0.6);
    int other = Tones.mix(base, Colours.draw(dice.word("white", "grey", "black"), dice), 0.5f);
    float melange = dice.chance(0.4) ? dice.in(0.3, 0.8) : 0;
    return (u, v) -> {
      float bend = 9 * Noise.value(u / 14, v / 14, seed);
      float one = Noise.value((u + bend) / (size * 4), (v - bend) / (size * 0.7f), seed + 1);
      float two = Noise.value((u - v + bend) / size, (u + v) / (size * 4), seed + 2);
      float n = one + two - 1;
      int c = Tones.mix(base, other, melange * Tones.smooth(0.5f, 0.8f, two));
      return high(scale(c, 1 + contrast * n), 0.5f + 0.3f * n);
    };
  }

  private static Texel leather(Dice dice, int base) {
    int seed = dice.seed();
    float size = dice.scale(4, 15);
    float stretch = dice.scale(0.6, 1.6);
    float depth = dice.in(0.15, 0.6);
    float[] cell = new float[3];
    return (u, v) -> {
      float large = Noise.value(u / 50, v / 50, seed + 2);
      float wobble = 1.2f * Noise.value(u / 5, v / 5, seed + 3);
      Noise.cells((u + wobble * 3) / size, v / (size * stretch) + wobble * 0.4f, seed, 0.9f, cell);
      float groove = 1 - Tones.smooth(0.02f, 0.3f, cell[1] - cell[0]);
      float fine = Noise.value(u / 1.5f, v / 1.5f, seed + 1) - 0.5f;
      float shade = 1.05f - depth * groove + 0.14f * fine + 0.25f * (large - 0.5f);
      return high(scale(base, shade), 0.7f - 0.5f * groove + 0.1f * fine);
    };
  }

  private static Texel cork(Dice dice, int base) {
    int seed = dice.seed();
    float size = dice.scale(5, 18);
    int dark = scale(base, 0.45f);
    float[] cell = new float[3];
    return (u, v) -> {
      float wobble = Noise.value(u / 6, v / 6, seed + 3);
      Noise.cells(u / size + wobble * 0.5f, v / size, seed, 1, cell);
      float edge = 1 - Tones.smooth(0, 0.14f, cell[1] - cell[0]);
      float n = Noise.clouds(u / 4, v / 4, seed + 1, 2) - 0.5f;
      float pit = cell[2] > 0.88f ? 0.6f : 0;
      int c = Tones.mix(scale(base, 0.8f + 0.4f * cell[2] + 0.4f * n), dark, 0.6f * edge + pit);
      return high(c, 0.6f - 0.3f * edge - 0.4f * pit + 0.3f * n);
    };
  }

  private static Texel grass(Dice dice, int base) {
    int seed = dice.seed();
    float width = dice.scale(3, 10);
    int dry = Colours.draw("beige", dice);
    float dryness = dice.in(0, 0.35);
    return (u, v) -> {
      int best = scale(base, 0.25f);
      float top = 0;
      for (int layer = 0; layer < 3; layer++) {
        float lean = (layer - 1) * 0.5f + 0.6f * (Noise.value(u / 40, v / 40, seed + layer) - 0.5f);
        float x = u / width + 12 * lean;
        int blade = Noise.floor(x);
        float along = v / (width * 9) + 5 * Noise.unit(blade, layer, seed);
        int piece = Noise.floor(along);
        float tip = along - piece;
        float half = 0.5f * (1 - tip * 0.8f);
        float off = Math.abs(x - blade - 0.5f);
        float rank = Noise.unit(blade, piece, seed + 9 + layer);
        if (off < half && rank > top) {
          top = rank;
          int c = Tones.mix(base, dry, rank * 7 % 1 < dryness ? 0.7f : 0.1f);
          best = scale(c, 0.45f + 0.7f * rank - 0.5f * off);
        }
      }
      return high(best, top);
    };
  }

  private static Texel fur(Dice dice, int base) {
    int seed = dice.seed();
    float flow = dice.in(20, 70);
    float thick = dice.scale(0.8, 2.2);
    int tip = scale(base, dice.in(1.2, 1.7));
    return (u, v) -> {
      float bend = flow * Noise.clouds(u / 90, v / 90, seed, 2);
      float hair = Noise.value((u + bend) / thick, (v + 0.4f * bend) / (thick * 12), seed + 1);
      float lock = Noise.value((u + bend) / (thick * 6), (v + bend) / (thick * 30), seed + 2);
      float n = 0.6f * hair + 0.4f * lock;
      return high(
          Tones.mix(scale(base, 0.35f + 0.9f * n), tip, Tones.smooth(0.6f, 0.95f, hair)), n);
    };
  }
}
