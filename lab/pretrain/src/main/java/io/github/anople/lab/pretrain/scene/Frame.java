package io.github.anople.lab.pretrain.scene;

/** Where a pixel lies on a texture: rotated, scaled, sheared, and tilted as in perspective. */
final class Frame {

  private final float a;
  private final float b;
  private final float c;
  private final float d;
  private final float tiltX;
  private final float tiltY;
  private final float offsetU;
  private final float offsetV;
  private final float centre;

  private Frame(Dice dice, int side, float scale, float tilt) {
    double angle =
        dice.chance(0.4) ? dice.in(0, 3) * Math.PI / 2 + dice.in(-0.06, 0.06) : dice.angle();
    float stretch = dice.scale(0.85, 1.18);
    a = (float) Math.cos(angle) / scale;
    b = (float) Math.sin(angle) / scale;
    c = -b * stretch;
    d = a * stretch;
    tiltX = dice.in(-tilt, tilt) / side;
    tiltY = dice.in(-tilt, tilt) / side;
    offsetU = dice.in(500, 4000);
    offsetV = dice.in(500, 4000);
    centre = side / 2f;
  }

  /** Scales from fine to coarse; a texture pixel is one picture pixel at 240 and scale 1. */
  static Frame draw(Dice dice, int side, double fine, double coarse) {
    float scale = dice.scale(fine, coarse) * side / 240f;
    return new Frame(dice, side, scale, dice.chance(0.3) ? 0.6f : 0);
  }

  float w(float x, float y) {
    return 1 / (1 + tiltX * (x - centre) + tiltY * (y - centre));
  }

  float u(float x, float y, float w) {
    return offsetU + (a * (x - centre) + b * (y - centre)) * w;
  }

  float v(float x, float y, float w) {
    return offsetV + (c * (x - centre) + d * (y - centre)) * w;
  }
}
