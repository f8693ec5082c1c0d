package io.github.anople.lab.pretrain.scene;

import static io.github.anople.lab.pretrain.scene.Tones.high;
import static io.github.anople.lab.pretrain.scene.Tones.scale;
import static io.github.anople.lab.pretrain.scene.Tones.smooth;

import java.util.List;

/** Metals, plastics, glass and other even surfaces. */
final class SmoothTextures {

  private static final String METALLIC =
      "scratched dented rusty stained contaminated worn discoloured smeared cut hole";
  private static final String SHINY =
      "scratched cracked stained chipped contaminated burnt discoloured smeared cut hole broken";

  private SmoothTextures() {}

  static List<Material> all() {
    return List.of(
        Material.of(
            "metal",
            "silver grey gold copper black",
            0.8,
            METALLIC + " bent",
            SmoothTextures::brushed),
        Material.of(
            "painted metal", Colours.ANY, 0.7, METALLIC + " chipped", SmoothTextures::painted),
        Material.of(
            "rust",
            "brown orange dark",
            0,
            "hole scratched cracked contaminated chipped",
            SmoothTextures::rust),
        Material.of(
            "foil",
            "silver gold copper pink blue",
            0.6,
            "torn hole stained contaminated creased scratched",
            SmoothTextures::foil),
        Material.of("plastic", Colours.ANY, 0.6, SHINY + " bent worn", SmoothTextures::plastic),
        Material.of(
            "glass", "grey green blue turquoise white brown", 1, SHINY, SmoothTextures::glass),
        Material.of(
            "rubber",
            "black grey red blue green",
            0.15,
            "cracked cut torn stained worn contaminated discoloured burnt",
            SmoothTextures::rubber),
        Material.of(
            "foam",
            "yellow white grey black pink blue",
            0,
            "torn hole stained burnt cut dented contaminated missing",
            SmoothTextures::foam),
        Material.of(
            "wax",
            "white red beige green yellow purple",
            0.5,
            "scratched cracked stained dented burnt contaminated chipped",
            SmoothTextures::wax));
  }

  private static Texel brushed(Dice dice, int base) {
    int seed = dice.seed();
    float contrast = dice.in(0.05, 0.5);
    float length = dice.scale(15, 120);
    float thick = dice.scale(0.7, 2.5);
    boolean turned = dice.chance(0.2);
    float sheen = dice.in(0, 0.4);
    return (u, v) -> {
      float x = u;
      float y = v;
      if (turned) {
        float du = u % 240 - 120;
        float dv = v % 240 - 120;
        y = (float) Math.sqrt(du * du + dv * dv);
        x = y * (float) Math.atan2(dv, du);
      }
      float n = Noise.value(x / length, y / thick, seed) - 0.5f;
      n += 0.5f * (Noise.value(x / (length * 0.4f), y / (thick * 3), seed + 1) - 0.5f);
      float band = sheen * (Noise.value(v / 50, u / 400, seed + 2) - 0.5f);
      return high(scale(base, 1 + contrast * n + band), 0.5f + 0.2f * n);
    };
  }

  private static Texel painted(Dice dice, int base) {
    int seed = dice.seed();
    float peel = dice.scale(4, 14);
    float depth = dice.in(0, 0.5);
    float flake = dice.chance(0.3) ? dice.in(0.1, 0.4) : 0;
    return (u, v) -> {
      float n = Noise.clouds(u / peel, v / peel, seed, 2) - 0.5f;
      float glitter = flake * (Noise.unit(Noise.floor(u), Noise.floor(v), seed) - 0.5f);
      return high(scale(base, 1 + 0.08f * n + glitter), 0.5f + depth * n);
    };
  }

  private static Texel rust(Dice dice, int base) {
    int seed = dice.seed();
    int deep = scale(base, 0.4f);
    int bright = Colours.draw("orange", dice);
    float size = dice.scale(8, 40);
    return (u, v) -> {
      float large = Noise.clouds(u / size, v / size, seed, 5);
      float fine = Noise.clouds(u / 3, v / 3, seed + 1, 2);
      int c = Tones.mix(base, deep, smooth(0.45f, 0.65f, large));
      c = Tones.mix(c, bright, 0.8f * smooth(0.55f, 0.8f, fine) * smooth(0.6f, 0.4f, large));
      return high(scale(c, 0.7f + 0.6f * fine), 0.3f + 0.5f * fine);
    };
  }

  private static Texel foil(Dice dice, int base) {
    int seed = dice.seed();
    float size = dice.scale(14, 60);
    float sharp = dice.in(0.5, 1.5);
    float[] cell = new float[3];
    return (u, v) -> {
      float w = 0.5f * Noise.value(u / size, v / size, seed + 2);
      Noise.cells(u / size + w, v / size + w, seed, 1, cell);
      float one = cell[1] - cell[0];
      float tone = cell[2];
      Noise.cells(u / size * 2 - w, v / size * 2, seed + 1, 1, cell);
      float facet = 0.6f * tone + 0.4f * cell[2] - 0.5f + 0.5f * (cell[0] - 0.4f);
      float crease = smooth(0.06f, 0, one) * 0.5f;
      return high(scale(base, 1 + sharp * 0.6f * facet + crease), 0.5f + 0.5f * facet);
    };
  }

  private static Texel plastic(Dice dice, int base) {
    int seed = dice.seed();
    float grain = dice.chance(0.6) ? dice.in(0.02, 0.25) : 0;
    float size = dice.scale(1.5, 6);
    float rib = dice.chance(0.2) ? dice.in(6, 24) : 0;
    return (u, v) -> {
      float n = grain > 0 ? Noise.value(u / size, v / size, seed) - 0.5f : 0;
      float large = 0.06f * (Noise.value(u / 70, v / 70, seed + 1) - 0.5f);
      float ridge = rib > 0 ? smooth(0.12f, 0.2f, Tones.fold(v / rib)) : 0.5f;
      return high(
          scale(base, 1 + grain * n + large + 0.15f * (ridge - 0.5f)),
          0.25f + 0.5f * ridge + grain * 2 * n);
    };
  }

  private static Texel glass(Dice dice, int base) {
    int seed = dice.seed();
    int sky = scale(base, dice.in(1.3, 1.9));
    int ground = scale(base, dice.in(0.3, 0.8));
    float size = dice.scale(60, 220);
    float slant = dice.in(-1, 1);
    boolean frosted = dice.chance(0.3);
    float wave = dice.in(0, 0.4);
    return (u, v) -> {
      float n = Noise.clouds(u / size, v / size, seed, 2);
      float band = (float) Math.sin((v + slant * u) / size * 5 + 6 * wave * n);
      int c = Tones.mix(ground, sky, 0.5f + 0.5f * n * band + 0.3f * (n - 0.5f));
      float frost = frosted ? Noise.value(u / 1.6f, v / 1.6f, seed + 2) - 0.5f : 0;
      return high(scale(c, 1 + 0.25f * frost + 0.5f * smooth(0.9f, 1, band)), 0.5f + 0.3f * frost);
    };
  }

  private static Texel rubber(Dice dice, int base) {
    int seed = dice.seed();
    float pitch = dice.scale(8, 36);
    int tread = dice.in(0, 3);
    float dust = dice.in(0.02, 0.2);
    return (u, v) -> {
      float h = 0.5f;
      if (tread == 1) {
        h =
            smooth(
                0.1f,
                0.18f,
                Tones.fold((v + Math.abs(pitch * 2 * Tones.fold(u / pitch / 3))) / pitch));
      } else if (tread == 2) {
        float s = Tones.fold(u / pitch);
        float t = Tones.fold(v / pitch);
        h = smooth(0.3f, 0.22f, (float) Math.sqrt(s * s + t * t));
      }
      float n = Noise.clouds(u / 2.5f, v / 2.5f, seed, 2) - 0.5f;
      return high(scale(base, 0.75f + 0.5f * h + dust * 3 * n), 0.2f + 0.5f * h + 0.3f * n);
    };
  }

  private static Texel foam(Dice dice, int base) {
    int seed = dice.seed();
    float size = dice.scale(3, 16);
    float open = dice.in(0.2, 0.7);
    float[] cell = new float[3];
    return (u, v) -> {
      Noise.cells(u / size, v / size, seed, 0.9f, cell);
      float hole = smooth(0.5f, 0.15f, cell[0]) * smooth(1 - open, 1.1f - open, cell[2]);
      Noise.cells(u / size * 2.7f, v / size * 2.7f, seed + 1, 1, cell);
      float small = smooth(0.45f, 0.1f, cell[0]) * smooth(0.4f, 0.6f, cell[2]);
      float pit = Math.max(hole, 0.5f * small);
      return high(scale(base, 1.08f - 0.55f * pit), 0.8f - 0.6f * pit);
    };
  }

  private static Texel wax(Dice dice, int base) {
    int seed = dice.seed();
    float size = dice.scale(10, 40);
    float depth = dice.in(0.2, 0.8);
    return (u, v) -> {
      float n = Noise.clouds(u / size, v / size, seed, 3) - 0.5f;
      return high(scale(base, 1.03f + 0.25f * n), 0.5f + depth * n);
    };
  }
}
