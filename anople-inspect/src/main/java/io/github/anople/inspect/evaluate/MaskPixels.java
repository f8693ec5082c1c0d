package io.github.anople.inspect.evaluate;

import io.github.anople.core.image.RgbImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which pixels of one file are marks.
 *
 * <p>A value is how far a pixel is from the background's colour, 0 to 255. Any value marks, so that
 * masks of small numbers (1, 2, 3 for kinds of defect) are read. But where a file was saved with
 * losses (JPEG, WebP), or has so many values that it must have been (or was resized, or drawn with
 * soft edges), what is below half of the strongest is noise.
 *
 * <p>Alpha counts where it varies: what is transparent is no mark, and where all that can be seen
 * has one colour, all of it is.
 *
 * @param marks {@code [height, width]}, 1 where defective
 * @param faint what became of values below half
 */
record MaskPixels(byte[] marks, Faint faint) {

  private static final int BANDS = 3;
  private static final int LEVELS = 256;
  private static final int HALF = LEVELS / 2;

  /** Where a PNG file's header has its colour type. */
  private static final int PNG_COLOUR = 25;

  /** A mask that numbers its kinds of defect has fewer; noise and soft edges have more. */
  private static final int MOST_NUMBERS = 32;

  /** Cameras write orientation near the beginning; editors' previews may come before it. */
  private static final int HEAD = 1 << 18;

  /** Values that are neither background nor clearly marks. */
  enum Faint {
    /** There are none. */
    NONE,
    /** Taken for background: the file was saved with losses, resized or drawn with soft edges. */
    BACKGROUND,
    /** Taken for marks, beside values that are far stronger. */
    MARKS
  }

  /**
   * The marks of a file that has been read.
   *
   * @param background the colour where there is no defect, {@code 0xrrggbb}
   */
  static MaskPixels of(Path file, RgbImage image, int background) {
    byte[] samples = image.pixels();
    int count = image.width() * image.height();
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      int red = Math.abs((samples[BANDS * i] & 0xff) - (background >> 16));
      int green = Math.abs((samples[BANDS * i + 1] & 0xff) - ((background >> 8) & 0xff));
      int blue = Math.abs((samples[BANDS * i + 2] & 0xff) - (background & 0xff));
      values[i] = Math.max(red, Math.max(green, blue));
    }
    byte[] head = head(file);
    boolean lossy = isJpeg(head) || isLossyWebp(head);
    if (mayHaveAlpha(head)) {
      AlphaPlane.of(file, image.width(), image.height())
          .ifPresent(alpha -> veil(values, samples, alpha));
    }
    return marks(values, lossy);
  }

  /** Makes transparent pixels background; where the others are all alike, they are the marks. */
  private static void veil(int[] values, byte[] samples, byte[] alpha) {
    Optional<Integer> one = Optional.empty();
    boolean alike = true;
    for (int i = 0; i < values.length && alike; i++) {
      if ((alpha[i] & 0xff) >= HALF) {
        int colour =
            ((samples[BANDS * i] & 0xff) << 16)
                | ((samples[BANDS * i + 1] & 0xff) << 8)
                | (samples[BANDS * i + 2] & 0xff);
        alike = one.isEmpty() || one.get() == colour;
        one = Optional.of(colour);
      }
    }
    for (int i = 0; i < values.length; i++) {
      int opaque = alpha[i] & 0xff;
      values[i] = alike ? opaque : Math.min(values[i], opaque);
    }
  }

  private static MaskPixels marks(int[] values, boolean lossy) {
    int[] counts = new int[LEVELS];
    for (int value : values) {
      counts[value]++;
    }
    int strongest = LEVELS - 1;
    while (strongest > 0 && counts[strongest] == 0) {
      strongest--;
    }
    int half = (strongest + 1) / 2;
    int numbers = 0;
    boolean faint = false;
    for (int value = 1; value <= strongest; value++) {
      numbers += counts[value] > 0 ? 1 : 0;
      faint |= counts[value] > 0 && value < half;
    }
    // Losses alone, of a mask without a mark, are no mark either.
    boolean cut = lossy || numbers > MOST_NUMBERS;
    int least = cut ? Math.max(half, lossy ? HALF / 2 : 1) : 1;
    byte[] marks = new byte[values.length];
    for (int i = 0; i < marks.length; i++) {
      marks[i] = (byte) (values[i] >= least ? 1 : 0);
    }
    return new MaskPixels(marks, faint(faint, cut, strongest));
  }

  private static Faint faint(boolean faint, boolean cut, int strongest) {
    if (!faint) {
      return Faint.NONE;
    }
    if (cut) {
      return Faint.BACKGROUND;
    }
    return strongest >= HALF ? Faint.MARKS : Faint.NONE;
  }

  /** Whether a file may tell an orientation: then it is worth a second look. */
  static boolean mayBeTurned(Path image) {
    byte[] head = head(image);
    String text = new String(head, StandardCharsets.ISO_8859_1);
    return text.contains("Exif")
        || text.contains("eXIf")
        || text.contains("EXIF")
        || text.contains("exif")
        || text.contains("rientation")
        || text.startsWith("II")
        || text.startsWith("MM");
  }

  private static byte[] head(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(HEAD);
    } catch (IOException e) {
      // It was there when it was read: nothing more can be told of it.
      return new byte[0];
    }
  }

  /** Whether it is worth looking for alpha: most PNG files say that they have none. */
  private static boolean mayHaveAlpha(byte[] head) {
    if (head.length > PNG_COLOUR && head[0] == (byte) 0x89) {
      // Bit 2 of the colour type is alpha; palettes have theirs in a chunk before the pixels.
      return (head[PNG_COLOUR] & 4) != 0
          || new String(head, StandardCharsets.ISO_8859_1).contains("tRNS");
    }
    return !isJpeg(head);
  }

  private static boolean isJpeg(byte[] head) {
    return head.length > 2 && head[0] == (byte) 0xff && head[1] == (byte) 0xd8;
  }

  private static boolean isLossyWebp(byte[] head) {
    String text = new String(head, 0, Math.min(LEVELS, head.length), StandardCharsets.ISO_8859_1);
    return text.startsWith("RIFF") && text.contains("WEBP") && !text.contains("VP8L");
  }
}
