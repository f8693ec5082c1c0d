import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/**
 * Lays pictures beside and below each other, with captions: {@code java Sheet.java OUT.jpg
 * ITEM...}, items in reading order.
 *
 * <ul>
 *   <li>{@code FILE[@X,Y,W,H][*SCALE][=CAPTION]}: a picture or a piece of it, at so many times its
 *       size
 *   <li>{@code text:FILE=PATTERN}: the lines of a text that match, as on a screen
 *   <li>{@code mark:X,Y,W,H}: a frame on the picture before, in its own pixels
 *   <li>{@code /}: a new row
 * </ul>
 */
final class Sheet {

  private static final int GAP = 14;
  private static final Color PAPER = Color.WHITE;
  private static final Color INK = new Color(0x30, 0x38, 0x42);
  private static final Font CAPTION = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
  private static final Font SCREEN = new Font(Font.MONOSPACED, Font.PLAIN, 13);

  /** Something in a row. */
  private record Item(BufferedImage picture, String caption) {}

  private Sheet() {}

  public static void main(String[] arguments) throws IOException {
    List<List<Item>> rows = new ArrayList<>(List.of(new ArrayList<>()));
    for (String argument : List.of(arguments).subList(1, arguments.length)) {
      List<Item> row = rows.get(rows.size() - 1);
      if (argument.equals("/")) {
        rows.add(new ArrayList<>());
      } else if (argument.startsWith("text:")) {
        String[] parts = argument.substring(5).split("=", 2);
        row.add(new Item(screen(parts[0], parts[1]), ""));
      } else if (argument.startsWith("mark:")) {
        mark(row.get(row.size() - 1).picture(), numbers(argument.substring(5)));
      } else {
        row.add(item(argument));
      }
    }
    write(layOut(rows), new File(arguments[0]));
  }

  private static Item item(String argument) throws IOException {
    String[] parts = argument.split("=", 2);
    String name = parts[0];
    double scale = 1;
    if (name.contains("*")) {
      scale = Double.parseDouble(name.substring(name.indexOf('*') + 1));
      name = name.substring(0, name.indexOf('*'));
    }
    int[] cut = null;
    if (name.contains("@")) {
      cut = numbers(name.substring(name.indexOf('@') + 1));
      name = name.substring(0, name.indexOf('@'));
    }
    BufferedImage image = ImageIO.read(new File(name));
    if (image == null) {
      throw new IOException(name + " is no picture");
    }
    if (cut != null) {
      image = image.getSubimage(cut[0], cut[1], cut[2], cut[3]);
    }
    return new Item(scaled(image, scale), parts.length > 1 ? parts[1] : "");
  }

  private static int[] numbers(String text) {
    return List.of(text.split(",")).stream().mapToInt(Integer::parseInt).toArray();
  }

  private static BufferedImage scaled(BufferedImage image, double scale) {
    int width = (int) Math.round(image.getWidth() * scale);
    int height = (int) Math.round(image.getHeight() * scale);
    BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = canvas(drawn);
    Image small =
        scale < 1 ? image.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING) : image;
    canvas.drawImage(small, 0, 0, width, height, null);
    canvas.dispose();
    return drawn;
  }

  private static void mark(BufferedImage picture, int[] box) {
    Graphics2D canvas = canvas(picture);
    canvas.setStroke(new BasicStroke(4));
    canvas.setColor(new Color(0x10, 0x10, 0x10));
    canvas.drawRect(box[0], box[1], box[2], box[3]);
    canvas.setStroke(new BasicStroke(2));
    canvas.setColor(Color.WHITE);
    canvas.drawRect(box[0], box[1], box[2], box[3]);
    canvas.dispose();
  }

  private static BufferedImage screen(String file, String pattern) throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of(file)).stream().filter(line -> line.matches(pattern)).toList();
    BufferedImage probe = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    Graphics2D measure = canvas(probe);
    measure.setFont(SCREEN);
    int width = lines.stream().mapToInt(measure.getFontMetrics()::stringWidth).max().orElse(0) + 32;
    BufferedImage image =
        new BufferedImage(width, 20 * lines.size() + 22, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = canvas(image);
    canvas.setColor(PAPER);
    canvas.fillRect(0, 0, width, image.getHeight());
    canvas.setColor(new Color(0x1c, 0x22, 0x2b));
    canvas.fill(new RoundRectangle2D.Double(0, 0, width, image.getHeight(), 14, 14));
    canvas.setFont(SCREEN);
    for (int i = 0; i < lines.size(); i++) {
      canvas.setColor(
          lines.get(i).startsWith("drift")
              ? new Color(0xff, 0xb8, 0x99)
              : new Color(0xdd, 0xe3, 0xea));
      canvas.drawString(lines.get(i), 16, 26 + 20 * i);
    }
    canvas.dispose();
    return image;
  }

  private static Graphics2D canvas(BufferedImage image) {
    Graphics2D canvas = image.createGraphics();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    canvas.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    return canvas;
  }

  private static BufferedImage layOut(List<List<Item>> rows) {
    int width = 0;
    int height = GAP;
    for (List<Item> row : rows) {
      width =
          Math.max(
              width, row.stream().mapToInt(item -> item.picture().getWidth() + GAP).sum() + GAP);
      height += rowHeight(row) + GAP;
    }
    BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = canvas(sheet);
    canvas.setColor(PAPER);
    canvas.fillRect(0, 0, width, height);
    canvas.setFont(CAPTION);
    canvas.setColor(INK);
    int y = GAP;
    for (List<Item> row : rows) {
      int x = GAP;
      for (Item item : row) {
        canvas.drawImage(item.picture(), x, y, null);
        canvas.drawString(item.caption(), x, y + item.picture().getHeight() + 19);
        x += item.picture().getWidth() + GAP;
      }
      y += rowHeight(row) + GAP;
    }
    canvas.dispose();
    return sheet;
  }

  private static int rowHeight(List<Item> row) {
    boolean told = row.stream().anyMatch(item -> !item.caption().isEmpty());
    return row.stream().mapToInt(item -> item.picture().getHeight()).max().orElse(0)
        + (told ? 24 : 0);
  }

  private static void write(BufferedImage sheet, File file) throws IOException {
    if (!file.getName().toLowerCase(Locale.ROOT).endsWith(".jpg")) {
      ImageIO.write(sheet, "png", file);
      return;
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam settings = writer.getDefaultWriteParam();
    settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    settings.setCompressionQuality(0.88f);
    Files.deleteIfExists(file.toPath());
    try (var out = ImageIO.createImageOutputStream(file)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(sheet, null, null), settings);
    } finally {
      writer.dispose();
    }
  }
}
