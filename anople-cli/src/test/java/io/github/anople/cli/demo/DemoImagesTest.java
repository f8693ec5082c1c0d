package io.github.anople.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.data.Sample;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class DemoImagesTest {

  private static final List<Product> ALL =
      Stream.concat(DemoImages.PRODUCTS.stream(), Stream.of(DemoImages.HARD)).toList();

  @TempDir private Path folder;

  @Test
  void eachProductHasDefectsAMaskForEachAndNoImageTwice() {
    DemoImages images = new DemoImages(folder, 5);
    images.begin();
    Set<RgbImage> seen = new HashSet<>();
    for (Product product : ALL) {
      InspectionDataset.Category category = images.draw(product).category(product.name());
      assertEquals(product.trainPictures(), category.train().size());
      assertEquals(6, category.test().stream().filter(s -> s.label() == Label.NORMAL).count());
      assertEquals(6, category.test().stream().filter(s -> s.mask().isPresent()).count());
      assertEquals(
          3, category.test().stream().map(Sample::defectType).distinct().count(), "good and two");
      Stream.concat(category.train().stream(), category.test().stream())
          .forEach(sample -> requireNew(sample, seen));
    }
    assertEquals(58, seen.size());
    assertTrue(Files.isRegularFile(images.coveredLens()));
    assertTrue(Files.isRegularFile(images.landscape()));
    assertTrue(Files.isRegularFile(images.text()));
  }

  private static void requireNew(Sample sample, Set<RgbImage> seen) {
    RgbImage image = new ImageReader().read(sample.image());
    assertEquals(Photograph.SIDE, image.width());
    assertEquals(Photograph.SIDE, image.height());
    assertTrue(seen.add(image), () -> "drawn twice: " + sample.image());
    sample.mask().ifPresent(file -> requireSmall(new ImageReader().read(file), file.toString()));
  }

  @Test
  void theSameSeedGivesTheSamePictureAndAnotherSeedAnother() {
    for (Product product : ALL) {
      for (String state : Stream.concat(product.defects().stream(), Stream.of("good")).toList()) {
        String what = product.name() + " " + state;
        Photograph first = Photograph.of(product, state, 1, 5);
        Photograph same = Photograph.of(product, state, 1, 5);
        assertEquals(RgbImage.of(first.image()), RgbImage.of(same.image()), what);
        assertEquals(first.mask().map(RgbImage::of), same.mask().map(RgbImage::of), what);
        Photograph other = Photograph.of(product, state, 1, 6);
        assertNotEquals(RgbImage.of(first.image()), RgbImage.of(other.image()), what);
      }
    }
    assertEquals(RgbImage.of(Photograph.coveredLens(5)), RgbImage.of(Photograph.coveredLens(5)));
  }

  @Test
  void aCoveredLensIsBlack() {
    RgbImage black = RgbImage.of(Photograph.coveredLens(0));
    for (int i = 0; i < Photograph.SIDE; i++) {
      assertTrue(black.red(i, i) + black.green(i, i) + black.blue(i, i) < 60, "at " + i);
    }
  }

  private static void requireSmall(RgbImage mask, String what) {
    double share = share(mask);
    assertTrue(share > 0.001 && share < 0.08, () -> what + " covers " + share);
  }

  private static double share(RgbImage mask) {
    long marked = 0;
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        int value = mask.red(x, y);
        assertTrue(value == 0 || value == 255);
        marked += value / 255;
      }
    }
    return (double) marked / (mask.width() * mask.height());
  }

  @Test
  void whateverTheSeedADefectShows() {
    long first = 100;
    System.out.println("DemoImagesTest seeds from " + first);
    for (Product product : ALL) {
      for (String defect : product.defects()) {
        LongStream.range(first, first + 5)
            .parallel()
            .forEach(
                seed ->
                    requireSmall(
                        RgbImage.of(mask(product, defect, seed)),
                        product.name() + " " + defect + " of seed " + seed));
      }
      assertTrue(Photograph.of(product, Product.GOOD, 0, first).mask().isEmpty());
    }
  }

  private static BufferedImage mask(Product product, String defect, long seed) {
    return Photograph.of(product, defect, 0, seed).mask().orElseThrow();
  }

  @Test
  void aFolderOfSomebodyElseIsRefusedAndLeftAlone() throws IOException {
    Path own = Files.writeString(folder.resolve("thesis.txt"), "mine", UTF_8);

    InputException fault =
        assertThrows(InputException.class, () -> new DemoImages(folder, 0).begin());

    assertTrue(fault.getMessage().startsWith(folder + ": is not empty"), fault.getMessage());
    assertTrue(fault.getMessage().contains("--output"), fault.getMessage());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(own), files.toList());
    }
    InputException file = assertThrows(InputException.class, () -> new DemoImages(own, 0).begin());
    assertTrue(file.getMessage().contains("is a file"), file.getMessage());
  }
}
