package io.github.anople.cli.demo;

import io.github.anople.torch.synth.Draws;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.random.RandomGenerator;

/** A woven garment label on felt; a thread may be pulled out, or a band of the weave shifted. */
final class WovenLabel implements Product {

  private static final String PULLED = "pulled_thread";
  private static final String SHIFTED = "shifted_weave";

  private static final int WIDTH = 264;
  private static final int HEIGHT = 176;

  /** Pixels from one thread to the next. */
  private static final int THREAD = 4;

  private static final String WORD = "ANOPLE";
  private static final int LETTERS = (PixelFont.WIDTH + 1) * WORD.length() - 1;
  private static final int LETTER_SCALE = 6;

  /** Clear pixels around the label, so that its edge is smooth when it is turned. */
  private static final int CLEAR = 2;

  private static final int NAVY = 0x22305E;
  private static final int CREAM = 0xECDFC0;
  private static final int RED = 0xB43A3C;

  @Override
  public String name() {
    return "woven_label";
  }

  @Override
  public List<String> defects() {
    return List.of(PULLED, SHIFTED);
  }

  @Override
  public void draw(Graphics2D canvas, RandomGenerator part, String state, RandomGenerator fault) {
    long threads = part.nextLong();
    felt(canvas, Draws.of(threads, "felt", 0, 0));
    int from = 24 + fault.nextInt(HEIGHT - 72);
    int band = state.equals(SHIFTED) ? 14 + fault.nextInt(9) : 0;
    int shift = (fault.nextBoolean() ? 1 : -1) * (10 + fault.nextInt(7));
    canvas.setColor(new Color(20, 22, 24, 90));
    canvas.fillRect(-WIDTH / 2 + 4, -HEIGHT / 2 + 5, WIDTH, HEIGHT);
    canvas.drawImage(
        weave(threads, from, band, shift),
        AffineTransform.getTranslateInstance(-WIDTH / 2.0 - CLEAR, -HEIGHT / 2.0 - CLEAR),
        null);
    if (state.equals(PULLED)) {
      pulled(canvas, fault);
    }
  }

  private static void felt(Graphics2D canvas, RandomGenerator fibres) {
    canvas.setColor(new Color(150, 146, 138));
    canvas.fillRect(-200, -200, 400, 400);
    canvas.setStroke(new BasicStroke(1.2f));
    for (int i = 0; i < 3500; i++) {
      double x = Draws.uniform(fibres, -175, 175);
      double y = Draws.uniform(fibres, -175, 175);
      double at = Draws.uniform(fibres, 0, Math.PI);
      int grey = 120 + fibres.nextInt(62);
      canvas.setColor(new Color(grey, grey - 4, grey - 12, 120));
      // What the label hides need not be drawn.
      if (Math.abs(x) > WIDTH / 2.0 - 8 || Math.abs(y) > HEIGHT / 2.0 - 8) {
        canvas.draw(new Line2D.Double(x, y, x + 7 * Math.cos(at), y + 7 * Math.sin(at)));
      }
    }
  }

  /** The label, with the rows from {@code from} on, {@code band} of them, moved sideways. */
  private static BufferedImage weave(long threads, int from, int band, int shift) {
    double[] warp = shades(threads, "warp", WIDTH / THREAD + 1);
    double[] weft = shades(threads, "weft", HEIGHT / THREAD + 1);
    double[] round = new double[THREAD];
    for (int i = 0; i < THREAD; i++) {
      round[i] = 0.80 + 0.24 * StrictMath.sin(Math.PI * (i + 0.5) / THREAD);
    }
    int[] pixels = new int[WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      int moved = y >= from && y < from + band ? shift : 0;
      for (int x = 0; x < WIDTH; x++) {
        int u = Math.floorMod(x + moved, WIDTH);
        boolean over = (u / THREAD + y / THREAD) % 2 == 0;
        double light =
            over ? round[u % THREAD] * warp[u / THREAD] : round[y % THREAD] * weft[y / THREAD];
        pixels[y * WIDTH + x] = 0xFF000000 | scaled(colour(u, y), light);
      }
    }
    BufferedImage label =
        new BufferedImage(WIDTH + 2 * CLEAR, HEIGHT + 2 * CLEAR, BufferedImage.TYPE_INT_ARGB);
    label.setRGB(CLEAR, CLEAR, WIDTH, HEIGHT, pixels, 0, WIDTH);
    return label;
  }

  private static double[] shades(long threads, String purpose, int count) {
    RandomGenerator random = Draws.of(threads, purpose, 0, 0);
    double[] shades = new double[count];
    for (int i = 0; i < count; i++) {
      shades[i] = Draws.uniform(random, 0.94, 1.04);
    }
    return shades;
  }

  private static int scaled(int colour, double light) {
    int red = (int) Math.min(255, (colour >> 16 & 255) * light);
    int green = (int) Math.min(255, (colour >> 8 & 255) * light);
    int blue = (int) Math.min(255, (colour & 255) * light);
    return red << 16 | green << 8 | blue;
  }

  /** What is woven at a place of the label. */
  private static int colour(int x, int y) {
    int edge = Math.min(Math.min(x, WIDTH - 1 - x), Math.min(y, HEIGHT - 1 - y));
    if (edge >= 8 && edge < 12) {
      return CREAM;
    }
    if (edge < 16) {
      return NAVY;
    }
    int row = Math.floorDiv(y - 46, LETTER_SCALE);
    int column = Math.floorDiv(x - (WIDTH - LETTERS * LETTER_SCALE) / 2, LETTER_SCALE);
    if (row >= 0 && row < PixelFont.HEIGHT && column >= 0 && column < LETTERS) {
      int inLetter = column % (PixelFont.WIDTH + 1);
      char letter = WORD.charAt(column / (PixelFont.WIDTH + 1));
      return inLetter < PixelFont.WIDTH && PixelFont.inked(letter, inLetter, row) ? CREAM : NAVY;
    }
    int fromMiddle = Math.abs(y - 124) + Math.abs(Math.floorMod(x - 20, 32) - 16);
    if (x < 20 || x >= WIDTH - 20 || fromMiddle > 14) {
      return NAVY;
    }
    return fromMiddle <= 5 ? CREAM : RED;
  }

  /** A loop of cream thread that lies on the label. */
  private static void pulled(Graphics2D canvas, RandomGenerator fault) {
    double x = Draws.uniform(fault, -80, 20);
    double y = Draws.uniform(fault, -40, 50);
    double wide = Draws.uniform(fault, 50, 85);
    double high = (fault.nextBoolean() ? 1 : -1) * Draws.uniform(fault, 45, 75);
    Path2D loop = new Path2D.Double();
    loop.moveTo(x, y);
    loop.curveTo(x - 10, y + high, x + wide + 30, y + 0.7 * high, x + 0.6 * wide, y + 0.1 * high);
    loop.curveTo(x + 0.3 * wide, y - 0.3 * high, x + wide, y - 0.4 * high, x + wide + 12, y + 6);
    canvas.setStroke(new BasicStroke(3.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    canvas.translate(2, 3);
    canvas.setColor(new Color(0, 0, 0, 110));
    canvas.draw(loop);
    canvas.translate(-2, -3);
    canvas.setColor(new Color(0xD8, 0xC8, 0xA0));
    canvas.draw(loop);
    canvas.setStroke(new BasicStroke(1.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    canvas.setColor(new Color(0xF6, 0xEE, 0xD8));
    canvas.draw(loop);
  }
}
