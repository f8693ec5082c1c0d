package io.github.anople.lab.pretrain.scene;

import java.util.List;

/** Damage over areas with soft edges: stains, burns, rust, mould, wear, smears and dents. */
final class BlotchDamages {

  /** What happens to a pixel at a depth from 0 (the edge) to 1 (the middle). */
  @FunctionalInterface
  private interface Change {
    int of(int colour, float depth, int x, int y);
  }

  private BlotchDamages() {}

  static List<Damage> all() {
    return List.of(
        Damage.adjective("stained", BlotchDamages::stain),
        Damage.adjective("burnt", BlotchDamages::burn),
        new Damage("rusty", "", "with a rusty spot", BlotchDamages::rust),
        Damage.adjective("discoloured", BlotchDamages::discolour),
        Damage.adjective("mouldy", BlotchDamages::mould),
        Damage.adjective("worn", BlotchDamages::wear),
        Damage.adjective("smeared", BlotchDamages::smear),
        Damage.adjective("dented", BlotchDamages::dent));
  }

  /** Applies a change within a disc whose radius wanders with the direction and in detail. */
  private static void blotch(Wound w, int at, float radius, float wander, Change change) {
    int seed = w.dice.seed();
    float squeeze = w.dice.scale(0.5, 2);
    float turn = w.dice.angle();
    float cos = (float) Math.cos(turn);
    float sin = (float) Math.sin(turn);
    int cx = at % w.side;
    int cy = w.row(at);
    int reach = (int) (radius * 2.4f) + 2;
    for (int y = Math.max(0, cy - reach); y < Math.min(w.side, cy + reach); y++) {
      for (int x = Math.max(0, cx - reach); x < Math.min(w.side, cx + reach); x++) {
        float dx = (x - cx) * cos + (y - cy) * sin;
        float dy = ((y - cy) * cos - (x - cx) * sin) * squeeze;
        float r = (float) Math.sqrt(dx * dx + dy * dy) / radius;
        r += wander * (Noise.value(x / (radius * 0.6f), y / (radius * 0.6f), seed) - 0.5f);
        r += 0.3f * wander * (Noise.value(x / 3f, y / 3f, seed + 1) - 0.5f);
        if (r < 1) {
          int i = y * w.side + x;
          w.pixels[i] = change.of(w.pixels[i], 1 - r, x, y);
        }
      }
    }
  }

  private static void stain(Wound w) {
    int at = w.spot();
    String liquid =
        w.dice.word("brown", "dark", "black", "red", "blue", "green", "yellow", "white", "purple");
    int colour = Colours.draw(liquid, w.dice);
    if (Tones.distance(colour, w.clean[at]) < 110) {
      colour = Tones.scale(w.clean[at], Tones.luminance(w.clean[at]) > 90 ? 0.4f : 2.5f);
    }
    int ink = colour;
    float strength = w.dice.in(0.35, 0.95);
    float edge = w.dice.scale(0.05, 0.6);
    float ring = w.dice.chance(0.4) ? 0.4f : 0;
    for (int i = w.dice.chance(0.6) ? 1 : w.dice.in(2, 6); i > 0; i--) {
      blotch(
          w,
          at,
          w.length(0.02, 0.26),
          w.dice.in(0, 0.7),
          (c, d, x, y) -> {
            float body = Tones.smooth(0, edge, d);
            float rim = ring * Tones.smooth(edge + 0.2f, edge, d);
            float multiply = Tones.luminance(ink) / 255f;
            int soaked = Tones.mix(ink, Tones.scale(c, 0.4f + 0.6f * multiply), 0.35f);
            return Tones.mix(c, soaked, body * Math.min(1, strength * (1 - ring) + rim));
          });
      at = w.spot();
    }
  }

  private static void burn(Wound w) {
    int seed = w.dice.seed();
    float radius = w.length(0.05, 0.35);
    blotch(
        w,
        w.dice.chance(0.4) ? w.edge() : w.spot(),
        radius,
        0.6f,
        (c, d, x, y) -> {
          float n = Noise.clouds(x / 5f, y / 5f, seed, 2) - 0.5f;
          int brown = Tones.mix(c, 0x3c1e0c, Tones.smooth(0, 0.45f, d + 0.15f * n));
          return Tones.mix(
              brown, Tones.scale(0x1c1816, 1 + n), Tones.smooth(0.3f, 0.75f, d + 0.3f * n));
        });
  }

  private static void rust(Wound w) {
    int seed = w.dice.seed();
    int at = w.spot();
    for (int i = w.dice.in(1, 5); i > 0; i--) {
      blotch(
          w,
          at,
          w.length(0.02, 0.2),
          0.9f,
          (c, d, x, y) -> {
            float n = Noise.clouds(x / 4f, y / 4f, seed, 3);
            int spot = Tones.mix(0x5e2a12, 0xc06a24, n);
            return Tones.mix(
                c,
                Tones.scale(spot, 0.7f + 0.6f * n),
                Tones.smooth(0, 0.35f, d + 0.3f * (n - 0.5f)));
          });
      at = w.spot();
    }
  }

  private static void discolour(Wound w) {
    int tint = Colours.draw(w.dice.pick(Material.words(Colours.ANY)), w.dice);
    float strength = w.dice.in(0.3, 0.75);
    float light = w.dice.in(0.75, 1.3);
    blotch(
        w,
        w.spot(),
        w.length(0.1, 0.5),
        0.5f,
        (c, d, x, y) -> {
          int grey = Tones.luminance(c);
          int turned =
              Tones.mix(Tones.scale(tint, 0.4f + grey / 180f), Tones.rgb(grey, grey, grey), 0.25f);
          return Tones.mix(c, Tones.scale(turned, light), strength * Tones.smooth(0, 0.5f, d));
        });
  }

  private static void mould(Wound w) {
    int seed = w.dice.seed();
    int coat = w.dice.chance(0.5) ? 0xa8b0a0 : 0x5a7860;
    int at = w.spot();
    for (int i = w.dice.in(1, 6); i > 0; i--) {
      blotch(
          w,
          at,
          w.length(0.03, 0.16),
          0.8f,
          (c, d, x, y) -> {
            float n = Noise.value(x / 1.7f, y / 1.7f, seed);
            int fuzz =
                Tones.scale(
                    Tones.mix(coat, 0xe8ece4, Tones.smooth(0.35f, 0.1f, d)), 0.7f + 0.6f * n);
            return Tones.mix(c, fuzz, Tones.smooth(0, 0.4f, d) * (0.5f + 0.5f * n));
          });
      at = w.spot();
    }
  }

  private static void wear(Wound w) {
    int seed = w.dice.seed();
    float length = w.dice.scale(3, 14);
    float pale = w.dice.in(0.3, 0.8);
    boolean lighter = w.dice.chance(0.7);
    float bare = w.dice.in(0.4, 0.6);
    blotch(
        w,
        w.dice.chance(0.5) ? w.edge() : w.spot(),
        w.length(0.08, 0.45),
        0.8f,
        (c, d, x, y) -> {
          float n = Noise.clouds(x / length, y / 2f, seed, 3);
          int grey = Tones.luminance(c);
          int faded = Tones.rgb(grey, grey, grey);
          faded = Tones.mix(faded, lighter ? 0xe8e4dc : 0x38322c, 0.5f);
          return Tones.mix(c, faded, pale * Tones.smooth(bare, bare + 0.15f, n + 0.35f * d - 0.1f));
        });
  }

  private static void smear(Wound w) {
    int[] from = w.clean;
    double angle = w.dice.angle();
    int reach = (int) w.length(0.05, 0.3);
    float grease = w.dice.in(-0.25, 0.35);
    float cos = (float) Math.cos(angle);
    float sin = (float) Math.sin(angle);
    blotch(
        w,
        w.spot(),
        w.length(0.06, 0.32),
        0.4f,
        (c, d, x, y) -> {
          int r = 0;
          int g = 0;
          int b = 0;
          int n = 0;
          for (int k = 0; k <= reach; k += 1 + reach / 8) {
            int px = (int) Math.min(Math.max(x - k * cos, 0), w.side - 1);
            int py = (int) Math.min(Math.max(y - k * sin, 0), w.side - 1);
            int p = from[py * w.side + px];
            r += Tones.red(p);
            g += Tones.green(p);
            b += Tones.blue(p);
            n++;
          }
          int mean = Tones.scale(Tones.rgb(r / n, g / n, b / n), 1 + grease);
          return Tones.mix(c, mean, Tones.smooth(0, 0.25f, d));
        });
  }

  private static void dent(Wound w) {
    float radius = w.length(0.04, 0.3);
    int at = w.spot();
    double angle = w.dice.angle();
    float cos = (float) Math.cos(angle);
    float sin = (float) Math.sin(angle);
    float depth = w.dice.in(0.5, 1.3);
    int cx = at % w.side;
    int cy = w.row(at);
    blotch(
        w,
        at,
        radius,
        0.25f,
        (c, d, x, y) -> {
          float slope = ((x - cx) * cos + (y - cy) * sin) / radius;
          float wall = 4 * d * (1 - d) + 0.3f * d;
          return Tones.scale(c, Math.max(0.15f, 1 + depth * slope * wall));
        });
  }
}
