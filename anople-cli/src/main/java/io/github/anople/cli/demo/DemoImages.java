package io.github.anople.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import io.github.anople.core.image.ImageEncoder;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.MvtecLayout;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The demo's pictures on disk: a data set in MVTec AD's layout, and two files that are none of its
 * products. The same seed gives the same pictures.
 *
 * @param folder the demo's folder
 * @param seed what the parts, their defects and their light are drawn from
 */
record DemoImages(Path folder, long seed) {

  static final List<Product> PRODUCTS =
      List.of(new PressureGauge(), new BlisterPack(), new WovenLabel());

  private static final int TRAIN = 2;
  private static final int GOOD = 6;
  private static final int DEFECTIVE = 3;
  private static final int FURTHER = 19;
  private static final String MARKER = "anople-demo.txt";

  /** The root of the data set. */
  Path root() {
    return folder.resolve("pictures");
  }

  /** Further good pictures of a product, for its threshold. */
  Path further(String product) {
    return folder.resolve("further_good").resolve(product);
  }

  /** A text where a picture should be. */
  Path text() {
    return folder.resolve("odd").resolve("delivery_note.txt");
  }

  /** A picture of something else. */
  Path landscape() {
    return folder.resolve("odd").resolve("seaside.png");
  }

  /**
   * Takes the folder, and draws everything.
   *
   * @return the data set
   * @throws InputException if the folder holds anything that is not an earlier demo's, or cannot be
   *     written
   */
  InspectionDataset draw() {
    claim();
    for (Product product : PRODUCTS) {
      draw(product);
    }
    makeFolder(text().getParent());
    AtomicFile.write(
        text(), out -> out.write("40 pressure gauges, 12 bar, to gate 3\n".getBytes(UTF_8)));
    write(landscape(), Landscape.draw());
    return MvtecLayout.read(root());
  }

  private void claim() {
    Path marker = folder.resolve(MARKER);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InputException(folder, "is a file", "name a folder with --output");
    }
    if (Files.isDirectory(folder) && !Files.isRegularFile(marker) && !isEmpty()) {
      throw new InputException(
          folder,
          "is not empty, and is not from an earlier demo",
          "name a new folder with --output, nothing was changed");
    }
    makeFolder(folder);
    String text =
        """
        Everything here was made by "anople demo" and may be deleted.
        The next "anople demo" into this folder writes over it.
        """;
    AtomicFile.write(marker, out -> out.write(text.getBytes(UTF_8)));
  }

  private boolean isEmpty() {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      throw new InputException(
          folder, "cannot be listed (" + e.getMessage() + ")", "name another folder", e);
    }
  }

  private void draw(Product product) {
    Path category = root().resolve(product.name());
    for (int i = 0; i < TRAIN; i++) {
      write(category.resolve("train/good"), i, Photograph.of(product, Product.GOOD, i, seed));
    }
    for (int i = 0; i < GOOD; i++) {
      write(
          category.resolve("test/good"), i, Photograph.of(product, Product.GOOD, TRAIN + i, seed));
    }
    for (int i = 0; i < FURTHER; i++) {
      write(
          further(product.name()), i, Photograph.of(product, Product.GOOD, TRAIN + GOOD + i, seed));
    }
    for (String defect : product.defects()) {
      for (int i = 0; i < DEFECTIVE; i++) {
        Photograph bad = Photograph.of(product, defect, i, seed);
        write(category.resolve("test").resolve(defect), i, bad);
        write(
            category.resolve("ground_truth").resolve(defect).resolve("%03d_mask.png".formatted(i)),
            bad.mask().orElseThrow());
      }
    }
  }

  private static void write(Path folder, int number, Photograph photograph) {
    write(folder.resolve("%03d.png".formatted(number)), photograph.image());
  }

  private static void write(Path file, BufferedImage image) {
    makeFolder(file.getParent());
    AtomicFile.write(file, out -> ImageEncoder.writePng(image, out));
  }

  private static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InputException(
          folder, "cannot be created (" + e + ")", "name another with --output", e);
    }
  }
}
