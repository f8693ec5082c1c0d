package io.github.anople.lab.pretrain.scene;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.List;

/** Materials that are drawn first and then sampled: circuit traces and print. */
final class PrintedTextures {

  private static final int SIZE = 256;

  private PrintedTextures() {}

  static List<Material> all() {
    String print = "stained smeared torn scratched creased bridged broken missing contaminated";
    return List.of(
        Material.patterned(
            "circuit",
            "green blue black red white grey",
            0.3,
            "broken bridged missing scratched contaminated burnt stained chipped",
            PrintedTextures::circuit),
        Material.patterned(
            "printed text", "white beige yellow black blue", 0, print, PrintedTextures::text),
        Material.patterned("stripes", Colours.ANY, 0.2, print + " bent", PrintedTextures::stripes));
  }

  private static Texel circuit(Dice dice, int base) {
    BufferedImage sheet = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = begin(sheet, base);
    int copper = trace(dice, base);
    double pitch = dice.scale(7, 22);
    float width = (float) (pitch * dice.in(0.22, 0.55));
    g.setColor(new Color(copper));
    g.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    int cells = (int) (SIZE / pitch);
    boolean[] used = new boolean[(cells + 1) * (cells + 1)];
    if (dice.chance(0.3)) {
      double x = dice.in(0, cells - 4) * pitch;
      double y = dice.in(0, cells - 4) * pitch;
      g.fill(new Rectangle2D.Double(x, y, pitch * dice.in(2, 5), pitch * dice.in(2, 5)));
    }
    if (dice.chance(0.5)) {
      bus(g, dice, used, cells, pitch);
    }
    for (int i = 0; i < cells * cells / 5; i++) {
      route(g, dice, used, cells, pitch, base, copper);
    }
    g.dispose();
    return sampled(sheet, dice);
  }

  /** Parallel traces that turn together, over a part of the board. */
  private static void bus(Graphics2D g, Dice dice, boolean[] used, int cells, double pitch) {
    int lanes = dice.in(3, Math.max(3, cells / 2));
    int from = dice.below(cells - lanes + 1);
    int turn = dice.in(2, cells - 2);
    int drop = dice.in(-2, 2);
    boolean upright = dice.chance(0.5);
    for (int lane = from; lane < from + lanes; lane++) {
      double a = lane * pitch;
      double b = (lane + drop) * pitch;
      double x = turn * pitch;
      double y = (turn + Math.abs(drop)) * pitch;
      g.draw(
          upright
              ? Drawing.open(a, -9, a, x, b, y, b, SIZE + 9)
              : Drawing.open(-9, a, x, a, y, b, SIZE + 9, b));
      for (int k = 0; k <= cells; k++) {
        int at = k > turn ? Math.min(cells, Math.max(0, lane + drop)) : lane;
        used[upright ? k * (cells + 1) + at : at * (cells + 1) + k] = true;
      }
    }
  }

  private static int trace(Dice dice, int base) {
    boolean dark = Tones.luminance(base) < 110;
    if (dice.chance(0.3)) {
      return dark ? 0xe6e6e6 : 0x1c1c1c;
    }
    String metal =
        dark
            ? dice.word("gold", "copper", "silver", "white")
            : dice.word("dark", "copper", "black");
    return dice.chance(0.4) ? Tones.scale(base, dark ? 1.7f : 0.5f) : Colours.draw(metal, dice);
  }

  private static void route(
      Graphics2D g, Dice dice, boolean[] used, int cells, double pitch, int base, int copper) {
    int row = cells + 1;
    int x = dice.below(row);
    int y = dice.below(row);
    if (used[y * row + x]) {
      return;
    }
    Path2D path = new Path2D.Double();
    path.moveTo(x * pitch, y * pitch);
    pad(g, dice, x * pitch, y * pitch, pitch, base, copper);
    int heading = dice.below(4) * 2;
    for (int i = dice.in(2, 16); i > 0; i--) {
      used[y * row + x] = true;
      if (dice.chance(0.25)) {
        heading = (heading + dice.word("1", "7", "2", "6").charAt(0) - '0') & 7;
      }
      int nx = x + STEP_X[heading];
      int ny = y + STEP_Y[heading];
      if (nx < 0 || ny < 0 || nx > cells || ny > cells || used[ny * row + nx]) {
        break;
      }
      x = nx;
      y = ny;
      path.lineTo(x * pitch, y * pitch);
    }
    g.draw(path);
    pad(g, dice, x * pitch, y * pitch, pitch, base, copper);
  }

  private static final int[] STEP_X = {1, 1, 0, -1, -1, -1, 0, 1};
  private static final int[] STEP_Y = {0, 1, 1, 1, 0, -1, -1, -1};

  private static void pad(
      Graphics2D g, Dice dice, double x, double y, double pitch, int base, int copper) {
    if (dice.chance(0.45)) {
      return;
    }
    double r = pitch * dice.in(0.32, 0.48);
    if (dice.chance(0.25)) {
      g.fill(new Rectangle2D.Double(x - r, y - r, 2 * r, 2 * r));
    } else {
      g.fill(new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r));
    }
    if (dice.chance(0.6)) {
      double hole = r * dice.in(0.3, 0.6);
      g.setColor(new Color(Tones.scale(base, 0.4f)));
      g.fill(new Ellipse2D.Double(x - hole, y - hole, 2 * hole, 2 * hole));
      g.setColor(new Color(copper));
    }
  }

  private static Texel text(Dice dice, int base) {
    BufferedImage sheet = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = begin(sheet, base);
    boolean dark = Tones.luminance(base) < 110;
    int ink =
        Tones.scale(
            Colours.draw(
                dark ? dice.word("white", "yellow") : dice.word("black", "navy", "red", "green"),
                dice),
            dark ? 1.1f : 0.8f);
    double y = dice.in(2, 10);
    double usual = dice.scale(6, 26);
    while (y < SIZE - 8) {
      double height = dice.chance(0.2) ? dice.scale(6, 40) : usual;
      g.setColor(new Color(ink));
      if (dice.chance(0.1)) {
        bars(g, dice, y, height);
      } else {
        Path2D line = new Path2D.Double();
        Glyphs.line(line, dice, dice.in(0, 20), y, SIZE - dice.in(0, 80), height);
        g.setStroke(
            new BasicStroke(
                (float) height * dice.in(0.1, 0.2), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(line);
      }
      y += height * dice.in(1.5, 1.9);
    }
    g.dispose();
    return sampled(sheet, dice);
  }

  private static void bars(Graphics2D g, Dice dice, double y, double height) {
    for (double x = dice.in(10, 40); x < SIZE - 60; x += dice.in(2, 7)) {
      double w = dice.in(1, 4);
      g.fill(new Rectangle2D.Double(x, y, w, height));
      x += w;
    }
  }

  private static Texel stripes(Dice dice, int base) {
    BufferedImage sheet = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = begin(sheet, base);
    double pitch = SIZE / (double) dice.in(4, 40);
    int[] inks = new int[dice.in(1, 3)];
    for (int i = 0; i < inks.length; i++) {
      int ink = Colours.draw(dice.pick(Material.words(Colours.ANY)), dice);
      inks[i] =
          Tones.distance(ink, base) > 90
              ? ink
              : Tones.scale(ink, Tones.luminance(base) > 100 ? 0.4f : 2.4f);
    }
    float width = (float) (pitch * dice.in(0.15, 0.6));
    boolean dotted = dice.chance(0.25);
    g.setStroke(
        dotted
            ? new BasicStroke(
                width,
                BasicStroke.CAP_ROUND,
                BasicStroke.JOIN_ROUND,
                1,
                new float[] {0.1f, width * 1.9f},
                0)
            : new BasicStroke(width));
    int i = 0;
    for (double y = pitch / 2; y < SIZE; y += pitch) {
      g.setColor(new Color(inks[i++ % inks.length]));
      g.draw(new Line2D.Double(-9, y, SIZE + 9, y));
    }
    g.dispose();
    return sampled(sheet, dice);
  }

  private static Graphics2D begin(BufferedImage sheet, int base) {
    Graphics2D g = sheet.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.setColor(new Color(base));
    g.fillRect(0, 0, SIZE, SIZE);
    return g;
  }

  /** The sheet repeated without end, between its pixels in proportion, slightly rough. */
  private static Texel sampled(BufferedImage sheet, Dice dice) {
    int[] pixels = ((DataBufferInt) sheet.getRaster().getDataBuffer()).getData();
    int seed = dice.seed();
    float rough = dice.in(0, 0.2);
    int base = pixels[0];
    float relief = dice.in(0, 0.6);
    return (u, v) -> {
      int x = Noise.floor(u);
      int y = Noise.floor(v);
      int mask = SIZE - 1;
      int top = (y & mask) * SIZE;
      int low = ((y + 1) & mask) * SIZE;
      int left = x & mask;
      int right = (x + 1) & mask;
      float s = u - x;
      int c =
          Tones.mix(
              Tones.mix(pixels[top + left], pixels[top + right], s),
              Tones.mix(pixels[low + left], pixels[low + right], s),
              v - y);
      float n = rough > 0 ? rough * (Noise.value(u / 2, v / 2, seed) - 0.5f) : 0;
      return Tones.high(
          Tones.scale(c, 1 + n), 0.4f + relief * Math.min(Tones.distance(c, base) / 500f, 0.8f));
    };
  }
}
