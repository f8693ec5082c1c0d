package io.github.anople.lab.pretrain.scene;

import io.github.anople.core.image.ImageEncoder;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** What light and camera do to a scene: they move nothing, so all maps stay true. */
final class Camera {

  private Camera() {}

  static BufferedImage photograph(BufferedImage image, Dice dice) {
    int side = image.getWidth();
    int[] pixels = Studio.pixelsOf(image);
    for (int i = dice.chance(0.6) ? 1 : dice.in(0, 2); i > 0; i--) {
      soften(pixels, side, dice.in(0.12, 0.5));
    }
    light(pixels, side, dice);
    return dice.chance(0.25) ? compressed(image, dice.in(0.25, 0.9)) : image;
  }

  /** One pass of the kernel (a, 1, a) / (1 + 2a) along rows and columns. */
  private static void soften(int[] pixels, int side, float a) {
    int w = (int) (256 * a / (1 + 2 * a));
    int[] line = new int[side];
    for (int pass = 0; pass < 2; pass++) {
      int step = pass == 0 ? 1 : side;
      int stride = pass == 0 ? side : 1;
      for (int k = 0; k < side; k++) {
        int start = k * stride;
        for (int i = 0; i < side; i++) {
          line[i] = pixels[start + i * step];
        }
        for (int i = 1; i < side - 1; i++) {
          int middle = line[i];
          int before = line[i - 1];
          int after = line[i + 1];
          int own = 256 - 2 * w;
          pixels[start + i * step] =
              (Tones.red(middle) * own + (Tones.red(before) + Tones.red(after)) * w) >> 8 << 16
                  | (Tones.green(middle) * own + (Tones.green(before) + Tones.green(after)) * w)
                      >> 8
                      << 8
                  | (Tones.blue(middle) * own + (Tones.blue(before) + Tones.blue(after)) * w) >> 8;
        }
      }
    }
  }

  private static void light(int[] pixels, int side, Dice dice) {
    float exposure = dice.scale(0.72, 1.28);
    float warm = dice.in(-0.12, 0.12);
    float slope = dice.chance(0.6) ? dice.in(0, 0.5) : 0;
    double angle = dice.angle();
    float gx = slope * (float) Math.cos(angle) / side;
    float gy = slope * (float) Math.sin(angle) / side;
    float vignette = dice.chance(0.35) ? dice.in(0.1, 0.6) : 0;
    float cx = side * dice.in(0.35, 0.65);
    float cy = side * dice.in(0.35, 0.65);
    float glare = dice.chance(0.2) ? dice.in(20, 110) : 0;
    float hx = side * dice.unit();
    float hy = side * dice.unit();
    float reach = side * dice.in(0.08, 0.4);
    float noise = dice.chance(0.7) ? dice.scale(1, 14) : 0;
    boolean coloured = dice.chance(0.4);
    float contrast = dice.in(0.8, 1.2);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        float dx = (x - cx) / side;
        float dy = (y - cy) / side;
        float k =
            exposure
                * (1
                    + gx * (x - side * 0.5f)
                    + gy * (y - side * 0.5f)
                    - vignette * (dx * dx + dy * dy));
        float shine = 0;
        if (glare > 0) {
          float far = ((x - hx) * (x - hx) + (y - hy) * (y - hy)) / (reach * reach);
          shine = far < 1 ? glare * (1 - far) * (1 - far) : 0;
        }
        int i = y * side + x;
        int c = pixels[i];
        long bits = noise > 0 ? dice.next() : 0;
        float r = speckle(bits) * noise;
        float g = coloured ? speckle(bits >>> 21) * noise : r;
        float b = coloured ? speckle(bits >>> 42) * noise : r;
        pixels[i] =
            Tones.rgb(
                (int) (((Tones.red(c) - 118) * contrast + 118) * k * (1 + warm) + shine + r),
                (int) (((Tones.green(c) - 118) * contrast + 118) * k + shine + g),
                (int) (((Tones.blue(c) - 118) * contrast + 118) * k * (1 - warm) + shine + b));
      }
    }
  }

  /** The sum of three bytes or so of chance: nearly normal, about -1 to 1. */
  private static float speckle(long bits) {
    int sum = (int) (bits & 0x7f) + (int) ((bits >>> 7) & 0x7f) + (int) ((bits >>> 14) & 0x7f);
    return (sum - 190.5f) / 95;
  }

  private static BufferedImage compressed(BufferedImage image, float quality) {
    byte[] file = ImageEncoder.jpeg(image, quality);
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    try {
      reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)));
      BufferedImage back = reader.read(0);
      Graphics2D g = image.createGraphics();
      g.drawImage(back, 0, 0, null);
      g.dispose();
      return image;
    } catch (IOException e) {
      throw new UncheckedIOException("a JPEG picture in memory", e);
    } finally {
      reader.dispose();
    }
  }
}
