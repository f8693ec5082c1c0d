package io.github.anople.inspect.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MvtecLayoutTest {

  @TempDir Path root;

  @BeforeEach
  void twoCategories() {
    for (String image : List.of("001.png", "000.PNG", "010.jpeg", "Thumbs.db", ".DS_Store")) {
      Tree.file(root, "bottle/train/good/" + image);
    }
    Tree.file(root, "bottle/train/good/._002.png");
    Tree.file(root, "bottle/test/good/000.png");
    Tree.file(root, "bottle/test/crack/000.png");
    Tree.file(root, "bottle/test/crack/001.png");
    Tree.file(root, "bottle/ground_truth/crack/000_mask.png");
    Tree.file(root, "Zipper/train/good/000.png");
    Tree.file(root, "license.txt");
    Tree.folder(root, "papers");
  }

  @Test
  void everyImageIsFoundWithItsLabelAndMaskInByteOrder() {
    InspectionDataset dataset = MvtecLayout.read(root);
    assertEquals(List.of("Zipper", "bottle"), dataset.categoryNames());
    InspectionDataset.Category bottle = dataset.category("bottle");
    assertEquals(
        List.of(
            "bottle/train/good/000.PNG", "bottle/train/good/001.png", "bottle/train/good/010.jpeg"),
        Tree.names(root, bottle.train()));
    assertEquals(
        List.of(
            "bottle/test/crack/000.png", "bottle/test/crack/001.png", "bottle/test/good/000.png"),
        Tree.names(root, bottle.test()));
    Sample cracked = bottle.test().get(0);
    assertEquals(
        new Sample(
            root.resolve("bottle/test/crack/000.png"),
            Optional.of(root.resolve("bottle/ground_truth/crack/000_mask.png")),
            Label.ANOMALOUS,
            "bottle",
            "crack"),
        cracked);
    assertEquals(Optional.empty(), bottle.test().get(1).mask());
    assertEquals(Label.NORMAL, bottle.test().get(2).label());
    assertEquals("good", bottle.test().get(2).defectType());
    assertEquals(List.of(), dataset.category("Zipper").test());
  }

  @Test
  void aCategorysOwnFolderIsADataSetOfOne() {
    InspectionDataset dataset = MvtecLayout.read(root.resolve("bottle"));
    assertEquals("bottle", dataset.name());
    assertEquals(MvtecLayout.read(root).category("bottle"), dataset.categories().get(0));
    assertEquals(
        List.of("bottle"),
        MvtecLayout.read(root.resolve("papers/../bottle/train/..")).categoryNames());
  }

  @Test
  void onlyTheCategoriesAskedForAreReadInTheOrderAskedFor() {
    Tree.folder(root, "bottle/test/empty");
    assertEquals(List.of("Zipper"), MvtecLayout.read(root, List.of("Zipper")).categoryNames());
    refused("empty: holds no image", () -> MvtecLayout.read(root));
    refused(
        "has no category 'nut'; choose from Zipper, bottle",
        () -> MvtecLayout.read(root, List.of("nut")));
    refused("asked for twice", () -> MvtecLayout.read(root, List.of("Zipper", "Zipper")));
  }

  @Test
  void whatIsMissingIsNamedWithWhatIsThere() throws IOException {
    refused(
        "mvtec: no such folder (a data set's folder); check the path: " + root + " holds Zipper",
        () -> MvtecLayout.read(root.resolve("mvtec")));
    refused(
        "the folder above it does not exist either", () -> MvtecLayout.read(root.resolve("a/b/c")));
    refused(
        "license.txt: is a file where a data set's folder is expected",
        () -> MvtecLayout.read(root.resolve("license.txt")));
    refused(
        "no category found: neither train/good nor <category>/train/good is there; name the"
            + " folder above the categories (it holds no folder)",
        () -> MvtecLayout.read(root.resolve("papers")));
    Tree.folder(root, "x/train");
    Tree.folder(root, "x/test");
    refused("it holds test, train)", () -> MvtecLayout.read(root.resolve("x")));
    refused("x: has no train/good", () -> MvtecLayout.read(root));
    Files.delete(root.resolve("x/train"));
    Files.delete(root.resolve("x/test"));
    Files.delete(root.resolve("Zipper/train/good/000.png"));
    refused("good: holds no image (png, jpg, jpeg", () -> MvtecLayout.read(root));
    Files.delete(root.resolve("Zipper/train/good"));
    refused("Zipper: has no train/good", () -> MvtecLayout.read(root));
  }

  @Test
  void testImagesOutsideAFolderOfTheirKindAreRefused() {
    Tree.file(root, "bottle/test/000.png");
    refused("test: holds images outside a folder of their kind", () -> MvtecLayout.read(root));
  }

  @Test
  void aMaskThatCouldBeAnothersIsToldAndTheOthersAreRead() {
    Tree.file(root, "bottle/test/crack/000.jpg");
    InspectionDataset twins = MvtecLayout.read(root);
    told(twins, "000_mask.png: could be the mask of");
    assertTrue(twins.test().stream().noneMatch(one -> one.mask().isPresent()));
    Tree.file(root, "bottle/ground_truth/crack/001.png");
    Tree.file(root, "bottle/ground_truth/crack/001_mask.png");
    told(MvtecLayout.read(root), "001.png: has two masks");
  }

  @Test
  void masksOfNoDefectivePictureAreToldAlsoThoseOfKindsThatAreNotThere() {
    Tree.file(root, "bottle/ground_truth/crack/777_mask.png");
    Tree.file(root, "bottle/ground_truth/dent/000_mask.png");
    String notes = String.join("|", MvtecLayout.read(root).remarks().notes());
    assertTrue(notes.contains("1 mask belongs to no defective picture"), notes);
    assertTrue(notes.contains("777_mask.png") && notes.contains("dent/000_mask.png"), notes);
  }

  @Test
  void aFileWhereMasksShouldBeIsRefused() {
    Tree.file(root, "bottle/test/dent/000.png");
    Tree.file(root, "bottle/ground_truth/dent");
    refused("dent: is a file where a folder of masks is expected", () -> MvtecLayout.read(root));
  }

  @Test
  void aLinkToAnImageThatIsGoneIsToldAndTheOthersAreRead() {
    Tree.link(root, "bottle/train/good/099.png", root.resolve("gone.png"));
    InspectionDataset dataset = MvtecLayout.read(root);
    told(dataset, "099.png: is a link to a file that is gone");
    assertEquals(3, dataset.category("bottle").train().size());
    assertEquals(List.of(), dataset.category("Zipper").remarks().faults());
  }

  @Test
  void whatIsNotUsedIsTold() {
    Tree.file(root, "Zipper/train/good/notes.md");
    Tree.file(root, "Zipper/train/good/more/1.png");
    Tree.file(root, "Zipper/train/torn/1.png");
    String notes = String.join("|", MvtecLayout.read(root).category("Zipper").remarks().notes());
    assertTrue(notes.contains("good/more is left out"), notes);
    assertTrue(notes.contains("torn is left out: training takes good images only"), notes);
    assertTrue(notes.contains("1 file left out: 1 .md"), notes);
  }

  @Test
  void aRealDataSetIsReadWhole() {
    Optional<Path> cookies = Fixtures.dataSet("aws_cookie");
    Assumptions.assumeTrue(cookies.isPresent(), "the data set aws_cookie is not on this machine");
    InspectionDataset.Category category = MvtecLayout.read(cookies.get()).category("aws_cookie");
    List<Sample> anomalous =
        category.test().stream().filter(one -> one.label() == Label.ANOMALOUS).toList();
    assertEquals(32, anomalous.size());
    assertTrue(anomalous.stream().allMatch(one -> one.mask().isPresent()));
    assertTrue(category.train().size() > 4);
  }

  private static void told(InspectionDataset dataset, String part) {
    assertTrue(
        dataset.remarks().faults().stream().anyMatch(fault -> fault.getMessage().contains(part)),
        dataset.remarks()::toString);
  }

  private static void refused(String message, org.junit.jupiter.api.function.Executable read) {
    String told = assertThrows(InputException.class, read).getMessage();
    assertTrue(told.contains(message), told);
  }
}
