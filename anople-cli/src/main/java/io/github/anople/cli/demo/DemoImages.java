package io.github.anople.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.anople.core.InputException;
import io.github.anople.core.image.ImageEncoder;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.MvtecLayout;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The demo's pictures on disk: a data set in MVTec AD's layout, and three files that are none of
 * its products. The same seed gives the same pictures.
 *
 * @param folder the demo's folder
 * @param seed what the parts, their defects and their light are drawn from
 */
record DemoImages(Path folder, long seed) {

  /** Products of which one picture says what matters. */
  static final List<Product> PRODUCTS =
      List.of(new BlisterPack(), new WovenLabel(), new CircuitBoard());

  /** One of which it does not. */
  static final Product HARD = new PressureGauge();

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

  /** A picture that shows nothing. */
  Path coveredLens() {
    return folder.resolve("odd").resolve("covered_lens.png");
  }

  /** A picture of something else. */
  Path landscape() {
    return folder.resolve("odd").resolve("seaside.png");
  }

  /**
   * Takes the folder, and draws what is no product.
   *
   * @throws InputException if the folder holds anything that is not an earlier demo's, or cannot be
   *     written
   */
  void begin() {
    claim();
    write(coveredLens(), Photograph.coveredLens(seed));
    write(landscape(), Landscape.draw());
    write(text(), "40 blister packs, to gate 3\n".getBytes(UTF_8));
  }

  /**
   * Draws the pictures of a product, on all processors.
   *
   * @param product one of {@link #PRODUCTS} or {@link #HARD}
   * @return the data set, of this product alone
   * @throws InputException if the folder cannot be written
   */
  InspectionDataset draw(Product product) {
    drawings(product).parallelStream().forEach(Runnable::run);
    return MvtecLayout.read(root(), List.of(product.name()));
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
    write(marker, text.getBytes(UTF_8));
  }

  private boolean isEmpty() {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      throw new InputException(
          folder, "cannot be listed (" + e.getMessage() + ")", "name another folder", e);
    }
  }

  private List<Runnable> drawings(Product product) {
    List<Runnable> drawings = new ArrayList<>();
    Path category = root().resolve(product.name());
    List<Path> good = new ArrayList<>();
    good.addAll(files(category.resolve("train/good"), product.trainPictures()));
    good.addAll(files(category.resolve("test/good"), GOOD));
    good.addAll(files(further(product.name()), FURTHER));
    for (int i = 0; i < good.size(); i++) {
      int number = i;
      drawings.add(
          () ->
              write(good.get(number), Photograph.of(product, Product.GOOD, number, seed).image()));
    }
    for (String defect : product.defects()) {
      for (int i = 0; i < DEFECTIVE; i++) {
        int number = i;
        drawings.add(() -> drawDefective(product, defect, number));
      }
    }
    return drawings;
  }

  private void drawDefective(Product product, String defect, int number) {
    Path category = root().resolve(product.name());
    Photograph bad = Photograph.of(product, defect, number, seed);
    String stem = "%03d".formatted(number);
    write(category.resolve("test").resolve(defect).resolve(stem + ".png"), bad.image());
    write(
        category.resolve("ground_truth").resolve(defect).resolve(stem + "_mask.png"),
        bad.mask().orElseThrow());
  }

  private static List<Path> files(Path folder, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> folder.resolve("%03d.png".formatted(i)))
        .toList();
  }

  private static void write(Path file, BufferedImage image) {
    write(file, ImageEncoder.png(image));
  }

  /** Without waiting for the disk: who loses such a file draws it again. */
  private static void write(Path file, byte[] content) {
    makeFolder(file.getParent());
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw new InputException(
          file, "cannot be written (" + e + ")", "check the free space and the folder", e);
    }
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
