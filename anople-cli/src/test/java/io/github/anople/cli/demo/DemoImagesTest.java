package io.github.anople.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class DemoImagesTest {

  @TempDir private Path folder;

  private static Map<String, String> hashes(Path root) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        hashes.put(root.relativize(file).toString(), Sha256.of(file));
      }
    }
    return hashes;
  }

  @Test
  void everyImageIsReadableAnotherAndTheSameForItsSeed() throws IOException {
    InspectionDataset dataset = new DemoImages(folder.resolve("a"), 5).draw();
    new DemoImages(folder.resolve("b"), 5).draw();

    List<Sample> samples =
        Stream.concat(dataset.train().stream(), dataset.test().stream()).toList();
    assertEquals(42, samples.size());
    Set<RgbImage> seen = new HashSet<>();
    for (Sample sample : samples) {
      RgbImage image = new ImageReader().read(sample.image());
      assertEquals(Photograph.SIDE, image.width());
      assertEquals(Photograph.SIDE, image.height());
      assertTrue(seen.add(image), () -> "drawn twice: " + sample.image());
    }
    Map<String, String> first = hashes(folder.resolve("a"));
    assertEquals(first, hashes(folder.resolve("b")));
    new DemoImages(folder.resolve("b"), 6).draw();
    assertEquals(first.keySet(), hashes(folder.resolve("b")).keySet());
    assertNotEquals(first, hashes(folder.resolve("b")));
  }

  @Test
  void theDataSetHasThreeProductsWithDefectsAndAMaskForEach() {
    InspectionDataset dataset = new DemoImages(folder, 0).draw();

    assertEquals(List.of("blister_pack", "pressure_gauge", "woven_label"), dataset.categoryNames());
    for (InspectionDataset.Category category : dataset.categories()) {
      assertEquals(2, category.train().size());
      assertEquals(6, category.test().stream().filter(s -> s.label() == Label.NORMAL).count());
      assertEquals(6, category.test().stream().filter(s -> s.mask().isPresent()).count());
      assertEquals(
          3, category.test().stream().map(Sample::defectType).distinct().count(), "good and two");
    }
  }

  @Test
  void aMaskMarksASmallPartOfTheImage() {
    InspectionDataset dataset = new DemoImages(folder, 0).draw();
    for (Sample sample : dataset.test()) {
      sample
          .mask()
          .ifPresent(
              file -> {
                RgbImage mask = new ImageReader().read(file);
                double share = share(mask);
                assertTrue(share > 0.001 && share < 0.08, () -> file + " covers " + share);
              });
    }
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
    System.out.println("DemoPicturesTest seeds from " + first);
    for (Product product : DemoImages.PRODUCTS) {
      for (String defect : product.defects()) {
        for (long seed = first; seed < first + 10; seed++) {
          String what = product.name() + " " + defect + " of seed " + seed;
          double share = share(RgbImage.of(mask(product, defect, seed)));
          assertTrue(share > 0.001 && share < 0.08, () -> what + " covers " + share);
        }
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
        assertThrows(InputException.class, () -> new DemoImages(folder, 0).draw());

    assertTrue(fault.getMessage().startsWith(folder + ": is not empty"), fault.getMessage());
    assertTrue(fault.getMessage().contains("--output"), fault.getMessage());
    assertEquals(Set.of("thesis.txt"), hashes(folder).keySet());
    InputException file = assertThrows(InputException.class, () -> new DemoImages(own, 0).draw());
    assertTrue(file.getMessage().contains("is a file"), file.getMessage());
  }
}
