import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * Draws the parts of the pictures in docs/images: a bracket with a serial number, its views from
 * three cameras, and a dark one in 12 bits. The same arguments give the same pixels. Run it with {@code java Parts.java FOLDER}; {@code make} does.
 */
final class Parts {

  private static final int SIDE = 320;

  private Parts() {}

  /** What can be wrong with a bracket, or odd about its picture. */
  private enum Odd {
    SCRATCH,
    DENT,
    OPEN_HOLE,
    STAINED_LABEL,
    SPECK,
    OTHER_FINISH
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    for (int i = 0; i < 2; i++) {
      write(folder.resolve("bracket/train"), "%03d".formatted(i), bracket(i, 1));
    }
    for (int i = 0; i < 100; i++) {
      write(folder.resolve("bracket/calibration"), "%03d".formatted(i), bracket(1000 + i, 1));
    }
    for (int i = 0; i < 24; i++) {
      write(folder.resolve("bracket/test/good"), "%03d".formatted(i), bracket(2000 + i, 1));
    }
    for (int i = 0; i < 10; i++) {
      String name = "%03d".formatted(i);
      // From hardly to be seen to plain: a test of thresholds needs both.
      double strength = 0.12 + 0.09 * i;
      write(folder.resolve("bracket/test/scratch"), name, bracket(3000 + i, strength, Odd.SCRATCH));
      write(folder.resolve("bracket/test/dent"), name, bracket(4000 + i, strength, Odd.DENT));
    }
    write(folder.resolve("bracket/region"), "good", bracket(5000, 1));
    write(folder.resolve("bracket/region"), "label", bracket(5001, 1, Odd.STAINED_LABEL));
    write(
        folder.resolve("bracket/region"),
        "scratch",
        bracket(5002, 1, Odd.STAINED_LABEL, Odd.SCRATCH));
    write(
        folder.resolve("bracket/boxes"),
        "three",
        bracket(6003, 1, Odd.SCRATCH, Odd.DENT, Odd.OPEN_HOLE));
    for (int i = 0; i < 32; i++) {
      BufferedImage image = i < 16 ? bracket(7000 + i, 1) : bracket(7000 + i, 1, Odd.SPECK);
      write(folder.resolve("bracket/line"), "%03d".formatted(i), image);
    }
    for (int i = 0; i < 3; i++) {
      write(
          folder.resolve("bracket/finish"),
          "%03d".formatted(i),
          bracket(8000 + i, 1, Odd.OTHER_FINISH));
    }
    write(
        folder.resolve("bracket/finish"),
        "scratch",
        bracket(8010, 1, Odd.OTHER_FINISH, Odd.SCRATCH));
    ImageIO.write(mask(), "png", file(folder.resolve("bracket"), "serial_number"));
    views(folder.resolve("views"));
    ImageIO.write(dark(), "png", file(folder.resolve("dark"), "scratch"));
  }

  private static void write(Path folder, String name, BufferedImage image) throws IOException {
    ImageIO.write(image, "png", file(folder, name));
  }

  private static java.io.File file(Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    return folder.resolve(name + ".png").toFile();
  }

  /** Java's generators of neighbouring seeds begin alike: all parts would lie in the same place. */
  private static Random random(long seed) {
    return new Random(seed * 0x9E3779B97F4A7C15L);
  }

  private static Graphics2D canvas(BufferedImage image) {
    Graphics2D canvas = image.createGraphics();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    return canvas;
  }

  private static boolean has(Odd wanted, Odd... odds) {
    return java.util.Arrays.asList(odds).contains(wanted);
  }

  /** A steel plate with four screws, a slot, a bore and a label with its serial number. */
  private static BufferedImage bracket(int number, double strength, Odd... odds) {
    Random part = random(number);
    Random fault = random(31L * number + 7);
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = canvas(image);
    tray(canvas);
    canvas.translate(SIDE / 2.0 + part.nextGaussian(), SIDE / 2.0 + part.nextGaussian());
    canvas.rotate(Math.toRadians(0.4 * part.nextGaussian()));
    boolean other = has(Odd.OTHER_FINISH, odds);
    plate(canvas, part, other ? new Color(196, 178, 138) : new Color(176, 181, 187));
    for (int i = 0; i < 4; i++) {
      double x = i % 2 == 0 ? -112 : 112;
      double y = i < 2 ? -92 : 92;
      screw(canvas, x, y, part.nextDouble() * Math.PI, i == 1 && has(Odd.OPEN_HOLE, odds));
    }
    hole(canvas, new RoundRectangle2D.Double(-70, -98, 140, 26, 26, 26));
    canvas.setColor(new Color(120, 124, 130));
    canvas.fill(new Ellipse2D.Double(-52, -46, 104, 104));
    canvas.setColor(new Color(205, 209, 214));
    canvas.setStroke(new BasicStroke(3));
    canvas.draw(new Ellipse2D.Double(-52, -46, 104, 104));
    hole(canvas, new Ellipse2D.Double(-36, -30, 72, 72));
    label(canvas, part, has(Odd.STAINED_LABEL, odds));
    if (has(Odd.SCRATCH, odds)) {
      scratch(canvas, fault, strength);
    }
    if (has(Odd.DENT, odds)) {
      dent(canvas, fault, strength);
    }
    canvas.dispose();
    if (has(Odd.SPECK, odds)) {
      speck(image);
    }
    return noisy(image, part, 1 + 0.015 * part.nextGaussian());
  }

  private static void tray(Graphics2D canvas) {
    canvas.setPaint(new GradientPaint(0, 0, new Color(52, 60, 70), 0, SIDE, new Color(40, 46, 55)));
    canvas.fillRect(0, 0, SIDE, SIDE);
  }

  private static void plate(Graphics2D canvas, Random part, Color colour) {
    RoundRectangle2D shape = new RoundRectangle2D.Double(-138, -118, 276, 236, 28, 28);
    canvas.setColor(new Color(0, 0, 0, 90));
    canvas.fill(new RoundRectangle2D.Double(-134, -113, 276, 236, 28, 28));
    canvas.setPaint(new GradientPaint(-138, -118, colour.brighter(), 138, 118, colour.darker()));
    canvas.setPaint(colour);
    canvas.fill(shape);
    canvas.setClip(shape);
    canvas.setStroke(new BasicStroke(1));
    for (int i = 0; i < 900; i++) {
      double y = -118 + 236 * part.nextDouble();
      double x = -138 + 276 * part.nextDouble();
      int grey = part.nextBoolean() ? 255 : 0;
      canvas.setColor(new Color(grey, grey, grey, 10 + part.nextInt(14)));
      canvas.draw(new java.awt.geom.Line2D.Double(x, y, x + 30 + 60 * part.nextDouble(), y));
    }
    canvas.setClip(null);
    canvas.setColor(new Color(255, 255, 255, 110));
    canvas.setStroke(new BasicStroke(2));
    canvas.draw(shape);
  }

  private static void hole(Graphics2D canvas, java.awt.Shape shape) {
    canvas.setColor(new Color(34, 39, 47));
    canvas.fill(shape);
    canvas.setStroke(new BasicStroke(2));
    canvas.setColor(new Color(90, 94, 100));
    canvas.draw(shape);
  }

  private static void screw(Graphics2D canvas, double x, double y, double turn, boolean missing) {
    if (missing) {
      hole(canvas, new Ellipse2D.Double(x - 13, y - 13, 26, 26));
      return;
    }
    canvas.setColor(new Color(86, 90, 97));
    canvas.fill(new Ellipse2D.Double(x - 15, y - 15, 30, 30));
    canvas.setColor(new Color(214, 217, 221));
    canvas.fill(new Ellipse2D.Double(x - 13, y - 13, 26, 26));
    canvas.setColor(new Color(70, 74, 80));
    canvas.fill(new Ellipse2D.Double(x - 5.5, y - 5.5, 11, 11));
  }

  private static void label(Graphics2D canvas, Random part, boolean stained) {
    canvas.setColor(new Color(238, 237, 230));
    canvas.fill(new RoundRectangle2D.Double(-62, 78, 124, 28, 6, 6));
    canvas.setColor(new Color(25, 28, 33));
    // A logical font may differ from machine to machine: digits are drawn as bars of seven
    // segments.
    for (int i = 0; i < 7; i++) {
      digit(canvas, part.nextInt(10), -53 + 16 * i, 83);
    }
    if (stained) {
      canvas.setColor(new Color(66, 44, 30, 215));
      canvas.fill(new Ellipse2D.Double(14, 80, 40, 25));
    }
  }

  private static final int[] SEGMENTS = {119, 36, 93, 109, 46, 107, 123, 37, 127, 111};

  private static void digit(Graphics2D canvas, int digit, int x, int y) {
    int[][] bars = {
      {0, 0, 10, 3},
      {0, 0, 3, 10},
      {7, 0, 3, 10},
      {0, 8, 10, 3},
      {0, 8, 3, 10},
      {7, 8, 3, 10},
      {0, 15, 10, 3}
    };
    for (int i = 0; i < bars.length; i++) {
      if ((SEGMENTS[digit] >> i & 1) == 1) {
        canvas.fillRect(x + bars[i][0], y + bars[i][1], bars[i][2], bars[i][3]);
      }
    }
  }

  private static void scratch(Graphics2D canvas, Random fault, double strength) {
    double x = -120 + 30 * fault.nextDouble();
    double y = -50 + 20 * fault.nextDouble();
    Path2D line = new Path2D.Double();
    line.moveTo(x, y);
    line.curveTo(x + 15, y + 30, x + 5, y + 50, x + 35 + 15 * fault.nextDouble(), y + 90);
    canvas.setStroke(new BasicStroke(2.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    canvas.setColor(new Color(250, 251, 253, (int) (255 * Math.min(1, strength))));
    canvas.draw(line);
    canvas.translate(1.6, 0.8);
    canvas.setColor(new Color(40, 44, 50, (int) (170 * Math.min(1, strength))));
    canvas.draw(line);
    canvas.translate(-1.6, -0.8);
  }

  private static void dent(Graphics2D canvas, Random fault, double strength) {
    float x = (float) (88 + 16 * fault.nextDouble());
    float y = (float) (-30 + 60 * fault.nextDouble());
    Color dark = new Color(30, 32, 38, (int) (220 * Math.min(1, strength)));
    canvas.setPaint(
        new RadialGradientPaint(
            x,
            y,
            17,
            new float[] {0, 0.6f, 1},
            new Color[] {dark, dark, new Color(30, 32, 38, 0)}));
    canvas.fill(new Ellipse2D.Double(x - 17, y - 17, 34, 34));
  }

  /** Dirt on the lens: out of focus, and in the same place of every picture. */
  private static void speck(BufferedImage image) {
    Graphics2D canvas = canvas(image);
    Color dark = new Color(20, 18, 16, 150);
    canvas.setPaint(
        new RadialGradientPaint(
            62,
            86,
            22,
            new float[] {0, 0.45f, 1},
            new Color[] {dark, dark, new Color(20, 18, 16, 0)}));
    canvas.fill(new Ellipse2D.Double(40, 64, 44, 44));
    canvas.dispose();
  }

  private static BufferedImage noisy(BufferedImage image, Random part, double light) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int pixel = image.getRGB(x, y);
        double grain = 2.2 * part.nextGaussian();
        int red = clip((pixel >> 16 & 255) * light + grain);
        int green = clip((pixel >> 8 & 255) * light + grain);
        int blue = clip((pixel & 255) * light + grain);
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    return image;
  }

  private static int clip(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }

  /** White where the serial number is. */
  private static BufferedImage mask() {
    BufferedImage mask = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D canvas = mask.createGraphics();
    canvas.setColor(Color.WHITE);
    canvas.fillRect(SIDE / 2 - 68, SIDE / 2 + 72, 136, 40);
    canvas.dispose();
    return mask;
  }

  /** The same bracket from above, from below and from its side. */
  private static void views(Path folder) throws IOException {
    views(folder.resolve("train"), "T00", 10_000, -1);
    for (int i = 0; i < 7; i++) {
      views(folder.resolve("calibration"), "C%02d".formatted(i), 11_000 + i, -1);
    }
    views(folder.resolve("new"), "A16", 12_000, -1);
    views(folder.resolve("new"), "A17", 13_000, 1);
  }

  private static void views(Path folder, String name, int number, int scratched)
      throws IOException {
    for (int view = 0; view < 3; view++) {
      boolean bad = view == scratched;
      BufferedImage image =
          switch (view) {
            case 0 -> bracket(number, 1);
            case 1 -> below(number, bad);
            default -> side(number, bad);
          };
      write(folder, name + "_cam" + (view + 1), image);
    }
  }

  private static BufferedImage below(int number, boolean scratched) {
    Random part = random(number + 500_000L);
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = canvas(image);
    tray(canvas);
    canvas.translate(SIDE / 2.0 + part.nextGaussian(), SIDE / 2.0 + part.nextGaussian());
    plate(canvas, part, new Color(150, 158, 170));
    for (int i = 0; i < 4; i++) {
      double x = i % 2 == 0 ? -112 : 112;
      double y = i < 2 ? -92 : 92;
      hole(canvas, new Ellipse2D.Double(x - 8, y - 8, 16, 16));
    }
    hole(canvas, new RoundRectangle2D.Double(-70, -98, 140, 26, 26, 26));
    hole(canvas, new Ellipse2D.Double(-36, -30, 72, 72));
    canvas.setColor(new Color(118, 126, 138));
    canvas.fillRect(-90, 70, 180, 10);
    canvas.fillRect(-90, 92, 180, 10);
    if (scratched) {
      scratch(canvas, new Random(5), 1);
    }
    canvas.dispose();
    return noisy(image, part, 1 + 0.015 * part.nextGaussian());
  }

  private static BufferedImage side(int number, boolean scratched) {
    Random part = random(number + 900_000L);
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = canvas(image);
    tray(canvas);
    canvas.translate(SIDE / 2.0 + part.nextGaussian(), SIDE / 2.0 + part.nextGaussian());
    Area shape = new Area(new RoundRectangle2D.Double(-138, 10, 276, 60, 10, 10));
    shape.add(new Area(new RoundRectangle2D.Double(-60, -90, 120, 130, 16, 16)));
    canvas.setColor(new Color(168, 173, 180));
    canvas.fill(shape);
    canvas.setClip(shape);
    canvas.setStroke(new BasicStroke(1));
    for (int i = 0; i < 500; i++) {
      double x = -138 + 276 * part.nextDouble();
      double y = -90 + 160 * part.nextDouble();
      int grey = part.nextBoolean() ? 255 : 0;
      canvas.setColor(new Color(grey, grey, grey, 10 + part.nextInt(14)));
      canvas.draw(new java.awt.geom.Line2D.Double(x, y, x, y + 30));
    }
    canvas.setClip(null);
    canvas.setColor(new Color(120, 124, 130));
    canvas.fillRect(-138, 38, 276, 4);
    hole(canvas, new Ellipse2D.Double(-24, -66, 48, 48));
    if (scratched) {
      canvas.translate(-50, 30);
      dent(canvas, new Random(4), 1);
    }
    canvas.dispose();
    return noisy(image, part, 1 + 0.015 * part.nextGaussian());
  }

  /** A bracket as a camera of 12 bits sees it that stores them in 16: 4,095 is white. */
  private static BufferedImage dark() {
    BufferedImage light = bracket(9100, 1, Odd.SCRATCH);
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_USHORT_GRAY);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int pixel = light.getRGB(x, y);
        int grey = ((pixel >> 16 & 255) + (pixel >> 8 & 255) + (pixel & 255)) / 3;
        image.getRaster().setSample(x, y, 0, grey * 16 + (x * 7 + y * 13) % 16);
      }
    }
    return image;
  }
}
