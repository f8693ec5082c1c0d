package io.github.anople.lab.pretrain.scene;

/** Colours packed as 0xHHRRGGBB: red, green, blue, and above them a height for relief. */
final class Tones {

  static final int LEVEL = 128;

  private Tones() {}

  static int clamp(int v) {
    return v < 0 ? 0 : Math.min(v, 255);
  }

  static int rgb(int r, int g, int b) {
    return clamp(r) << 16 | clamp(g) << 8 | clamp(b);
  }

  static int red(int c) {
    return (c >> 16) & 0xff;
  }

  static int green(int c) {
    return (c >> 8) & 0xff;
  }

  static int blue(int c) {
    return c & 0xff;
  }

  /** Brightness times a factor; above 1 the colour bleaches towards white a little as well. */
  static int scale(int c, float k) {
    int lift = k > 1 ? (int) ((k - 1) * 30) : 0;
    return rgb((int) (red(c) * k) + lift, (int) (green(c) * k) + lift, (int) (blue(c) * k) + lift);
  }

  static int mix(int a, int b, float t) {
    float s = t < 0 ? 0 : Math.min(t, 1);
    int w = (int) (s * 256);
    int v = 256 - w;
    return (red(a) * v + red(b) * w) >> 8 << 16
        | (green(a) * v + green(b) * w) >> 8 << 8
        | (blue(a) * v + blue(b) * w) >> 8;
  }

  /** The colour with a height in 0..1, 0.5 being level. */
  static int high(int c, float height) {
    return (c & 0xffffff) | clamp((int) (height * 255)) << 24;
  }

  static int luminance(int c) {
    return (red(c) * 77 + green(c) * 150 + blue(c) * 29) >> 8;
  }

  static int distance(int a, int b) {
    return Math.abs(red(a) - red(b)) + Math.abs(green(a) - green(b)) + Math.abs(blue(a) - blue(b));
  }

  static float smooth(float low, float high, float x) {
    float t = (x - low) / (high - low);
    t = t < 0 ? 0 : Math.min(t, 1);
    return t * t * (3 - 2 * t);
  }

  /** Distance to the nearest whole number: 0 on it, 0.5 half way. */
  static float fold(float x) {
    float f = x - (float) Math.floor(x);
    return Math.min(f, 1 - f);
  }
}
