package io.github.anople.lab.pretrain.scene;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.image.BufferedImage;

/** One region while it is being damaged: the only pixels that a damage changes in the end. */
final class Wound {

  /** A change of colour that an eye may just see; what changes less is not damage. */
  private static final int VISIBLE = 20;

  final int side;
  final int[] pixels;
  final int[] clean;

  /** What lies under the region, or null where nothing is known of it. */
  final int[] under;

  final boolean patterned;
  final Graphics2D g;
  final Dice dice;
  private final byte[] regionOf;
  private final int region;
  private int size;

  Wound(
      BufferedImage image, byte[] regionOf, int region, int[] under, boolean patterned, Dice dice) {
    side = image.getWidth();
    pixels = Studio.pixelsOf(image);
    clean = pixels.clone();
    this.under = under;
    this.patterned = patterned;
    this.regionOf = regionOf;
    this.region = region;
    this.dice = dice;
    g = Studio.brush(image);
    for (byte r : regionOf) {
      size += r == region ? 1 : 0;
    }
  }

  boolean inside(int x, int y) {
    return x >= 0 && y >= 0 && x < side && y < side && regionOf[y * side + x] == region;
  }

  int size() {
    return size;
  }

  /** A length between two parts of the region's own size, at least 1.5 pixels of 240. */
  float length(double low, double high) {
    return Math.max(1.5f * side / 240, dice.scale(low, high) * (float) Math.sqrt(size));
  }

  /** One pixel at 240, in pixels of this picture. */
  float unit() {
    return side / 240f;
  }

  int row(int at) {
    return at / side;
  }

  /** An index of a pixel of the region, each equally likely. */
  int spot() {
    for (int i = 0; i < 400; i++) {
      int at = dice.below(side * side);
      if (regionOf[at] == region) {
        return at;
      }
    }
    int at = dice.below(side * side);
    while (regionOf[at] != region) {
      at = (at + 1) % regionOf.length;
    }
    return at;
  }

  /**
   * A pixel of the region at its edge, found by walking out of it; it may be the picture's edge.
   */
  int edge() {
    int at = spot();
    double angle = dice.angle();
    double x = at % side;
    double y = row(at);
    while (inside((int) x, (int) y)) {
      at = side * (int) y + (int) x;
      x += Math.cos(angle);
      y += Math.sin(angle);
    }
    return at;
  }

  /** Shows what lies under the region within a shape: its ground, or a dark depth. */
  void open(Shape shape, int depth) {
    if (under == null) {
      g.setColor(new Color(depth));
      g.fill(shape);
      return;
    }
    Rectangle box = shape.getBounds();
    for (int y = Math.max(0, box.y); y < Math.min(side, box.y + box.height + 1); y++) {
      for (int x = Math.max(0, box.x); x < Math.min(side, box.x + box.width + 1); x++) {
        if (shape.contains(x + 0.5, y + 0.5)) {
          pixels[y * side + x] = under[y * side + x];
        }
      }
    }
  }

  /**
   * Puts back what changed outside the region or too little to be seen, and closes gaps of a pixel.
   *
   * @param damaged receives true where the damage is seen
   * @return how many pixels are damaged
   */
  int heal(boolean[] damaged) {
    g.dispose();
    boolean[] changed = new boolean[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      changed[i] = regionOf[i] == region && Tones.distance(pixels[i], clean[i]) > VISIBLE;
    }
    int count = 0;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int i = y * side + x;
        if (regionOf[i] == region && (changed[i] || surrounded(changed, x, y))) {
          damaged[i] = true;
          count++;
        } else {
          pixels[i] = clean[i];
        }
      }
    }
    return count;
  }

  private boolean surrounded(boolean[] changed, int x, int y) {
    if (x < 1 || y < 1 || x >= side - 1 || y >= side - 1) {
      return false;
    }
    int i = y * side + x;
    int near = 0;
    for (int d : new int[] {-side - 1, -side, -side + 1, -1, 1, side - 1, side, side + 1}) {
      near += changed[i + d] ? 1 : 0;
    }
    return near >= 5;
  }

  void undo() {
    g.dispose();
    System.arraycopy(clean, 0, pixels, 0, pixels.length);
  }
}
