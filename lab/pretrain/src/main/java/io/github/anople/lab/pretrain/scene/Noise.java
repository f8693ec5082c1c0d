package io.github.anople.lab.pretrain.scene;

/** Noise as functions of the place, from integer hashes, so that any part can be drawn alone. */
final class Noise {

  private Noise() {}

  static int hash(int x, int y, int seed) {
    int h = (x * 0x27d4eb2d) ^ (y * 0x165667b1) ^ (seed * 0x9E3779B1);
    h = (h ^ (h >>> 15)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return h ^ (h >>> 16);
  }

  static float unit(int x, int y, int seed) {
    return (hash(x, y, seed) >>> 8) * (1f / (1 << 24));
  }

  static int floor(float x) {
    int i = (int) x;
    return x < i ? i - 1 : i;
  }

  /** Smooth between random values on whole coordinates, in 0..1. */
  static float value(float u, float v, int seed) {
    int x = floor(u);
    int y = floor(v);
    float s = u - x;
    float t = v - y;
    s = s * s * (3 - 2 * s);
    t = t * t * (3 - 2 * t);
    float top = unit(x, y, seed) * (1 - s) + unit(x + 1, y, seed) * s;
    float low = unit(x, y + 1, seed) * (1 - s) + unit(x + 1, y + 1, seed) * s;
    return top * (1 - t) + low * t;
  }

  /** Octaves of value noise, each half as large and half as strong, in 0..1. */
  static float clouds(float u, float v, int seed, int octaves) {
    float sum = 0;
    float weight = 0;
    float strength = 1;
    float scale = 1;
    for (int i = 0; i < octaves; i++) {
      sum += strength * value(u * scale, v * scale, seed + 31 * i);
      weight += strength;
      strength *= 0.5f;
      scale *= 2.03f;
    }
    return sum / weight;
  }

  /**
   * Cells around jittered points (Worley, SIGGRAPH 1996).
   *
   * @param out receives the distances to the nearest and second nearest point, and a number in 0..1
   *     that belongs to the nearest
   */
  static void cells(float u, float v, int seed, float jitter, float[] out) {
    int x = floor(u);
    int y = floor(v);
    float first = 9;
    float second = 9;
    int nearest = 0;
    float still = (1 - jitter) / 2;
    for (int j = y - 1; j <= y + 1; j++) {
      for (int i = x - 1; i <= x + 1; i++) {
        int h = hash(i, j, seed);
        float dx = i + still + jitter * (h & 0xffff) / 65536f - u;
        float dy = j + still + jitter * (h >>> 16) / 65536f - v;
        float d = dx * dx + dy * dy;
        if (d < first) {
          second = first;
          first = d;
          nearest = h;
        } else if (d < second) {
          second = d;
        }
      }
    }
    out[0] = (float) Math.sqrt(first);
    out[1] = (float) Math.sqrt(second);
    out[2] = ((nearest * 0x9E3779B1) >>> 8) * (1f / (1 << 24));
  }
}
