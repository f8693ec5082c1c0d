package io.github.anople.cli.demo;

import io.github.anople.torch.synth.Draws;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A part as a camera above the line sees it: never twice in the same place, under the same light,
 * or without grain.
 *
 * @param image the picture, {@value #SIDE} by {@value #SIDE} pixels
 * @param mask white where the defect is; empty for a good part
 */
record Photograph(BufferedImage image, Optional<BufferedImage> mask) {

  static final int SIDE = 320;

  private static final double SHIFT = 3;
  private static final double TURN = Math.toRadians(1.2);
  private static final double GRAIN = 2.2;
  // Of 255 in the sum of three channels: what nobody would call a difference stays out of a mask.
  private static final int VISIBLE = 36;

  /**
   * Takes one.
   *
   * @param product what
   * @param state good, or a defect
   * @param number tells the parts of one state apart
   * @param seed of the whole set
   */
  static Photograph of(Product product, String state, int number, long seed) {
    BufferedImage shown = drawn(product, state, state, number, seed);
    Optional<BufferedImage> mask =
        state.equals(Product.GOOD)
            ? Optional.empty()
            : Optional.of(difference(shown, drawn(product, Product.GOOD, state, number, seed)));
    expose(shown, stream(product, state, number, seed, "light"));
    return new Photograph(shown, mask);
  }

  private static RandomGenerator stream(
      Product product, String state, int number, long seed, String purpose) {
    return Draws.of(seed, product.name() + '/' + state + '/' + purpose, number, 0);
  }

  /** The part of that state and number, drawn as if its state were another. */
  private static BufferedImage drawn(
      Product product, String drawn, String state, int number, long seed) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    RandomGenerator place = stream(product, state, number, seed, "place");
    canvas.translate(
        SIDE / 2.0 + Draws.uniform(place, -SHIFT, SHIFT),
        SIDE / 2.0 + Draws.uniform(place, -SHIFT, SHIFT));
    canvas.rotate(Draws.uniform(place, -TURN, TURN));
    product.draw(
        canvas,
        stream(product, state, number, seed, "part"),
        drawn,
        stream(product, state, number, seed, "fault"));
    canvas.dispose();
    return image;
  }

  /** Where two pictures differ, small gaps closed. */
  private static BufferedImage difference(BufferedImage a, BufferedImage b) {
    int[] one = pixels(a);
    int[] other = pixels(b);
    boolean[] differs = new boolean[SIDE * SIDE];
    for (int i = 0; i < differs.length; i++) {
      int sum = 0;
      for (int shift = 0; shift <= 16; shift += 8) {
        sum += Math.abs((one[i] >> shift & 255) - (other[i] >> shift & 255));
      }
      differs[i] = sum > VISIBLE;
    }
    boolean[] closed = spread(spread(differs, true), false);
    byte[] marked = new byte[closed.length];
    for (int i = 0; i < closed.length; i++) {
      marked[i] = (byte) (closed[i] ? 255 : 0);
    }
    BufferedImage mask = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    mask.getRaster().setDataElements(0, 0, SIDE, SIDE, marked);
    return mask;
  }

  private static int[] pixels(BufferedImage image) {
    return (int[]) image.getRaster().getDataElements(0, 0, SIDE, SIDE, null);
  }

  /** Makes what has that value two pixels wider on all sides. */
  private static boolean[] spread(boolean[] from, boolean value) {
    int reach = 2;
    boolean[] to = from.clone();
    for (int i = 0; i < from.length; i++) {
      if (from[i] == value) {
        int x = i % SIDE;
        int y = i / SIDE;
        for (int v = Math.max(0, y - reach); v <= Math.min(SIDE - 1, y + reach); v++) {
          for (int u = Math.max(0, x - reach); u <= Math.min(SIDE - 1, x + reach); u++) {
            to[v * SIDE + u] = value;
          }
        }
      }
    }
    return to;
  }

  /** Light that comes a little from one side, and the sensor's grain. */
  private static void expose(BufferedImage image, RandomGenerator random) {
    double brightness = Draws.uniform(random, 0.96, 1.04);
    double angle = Draws.uniform(random, 0, 2 * Math.PI);
    double slope = Draws.uniform(random, 0, 0.06);
    double right = 2 * slope / SIDE * StrictMath.cos(angle);
    double down = 2 * slope / SIDE * StrictMath.sin(angle);
    int[] pixels = pixels(image);
    for (int i = 0; i < pixels.length; i++) {
      int x = i % SIDE;
      int y = i / SIDE;
      double light = brightness + right * (x - SIDE / 2.0) + down * (y - SIDE / 2.0);
      int red = exposed(pixels[i] >> 16 & 255, light, random);
      int green = exposed(pixels[i] >> 8 & 255, light, random);
      int blue = exposed(pixels[i] & 255, light, random);
      pixels[i] = red << 16 | green << 8 | blue;
    }
    image.getRaster().setDataElements(0, 0, SIDE, SIDE, pixels);
  }

  private static int exposed(int value, double light, RandomGenerator random) {
    return (int) Math.max(0, Math.min(255, Math.round(value * light + grain(random))));
  }

  /** The sum of 64 tosses of a coin: as good as normal for a grain, and many times as fast. */
  private static double grain(RandomGenerator random) {
    return GRAIN / 4 * (Long.bitCount(random.nextLong()) - 32);
  }

  /** What a camera sees whose lens is covered: next to nothing, and the sensor's grain. */
  static BufferedImage coveredLens(long seed) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.setColor(new Color(4, 4, 5));
    canvas.fillRect(0, 0, SIDE, SIDE);
    canvas.dispose();
    expose(image, Draws.of(seed, "covered lens", 0, 0));
    return image;
  }
}
