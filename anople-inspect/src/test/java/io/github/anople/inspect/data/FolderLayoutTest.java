package io.github.anople.inspect.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLayoutTest {

  @TempDir Path root;

  @Test
  void aFolderOfGoodImagesIsEnough() {
    for (String file :
        List.of(
            "b.TIF",
            "a-b/1.webp",
            "a/2.bmp",
            "a/.hidden/3.png",
            "é.png",
            "a/notes.txt",
            "B.png",
            ".x.png")) {
      Tree.file(root, "good/" + file);
    }
    InspectionDataset dataset =
        FolderLayout.ofNormal("steel bracket", List.of(root.resolve("good"))).read();
    assertEquals(List.of("steel bracket"), dataset.categoryNames());
    assertEquals(
        List.of("B.png", "a-b/1.webp", "a/2.bmp", "b.TIF", "é.png"),
        Tree.names(root.resolve("good"), dataset.train()));
    assertEquals(List.of(), dataset.test());
  }

  @Test
  void heatMapsOfAnEarlierRunAreNoGoodImages() {
    Tree.file(root, "good/1.png");
    Tree.text(root, "good/results/scores.csv", EarlierResults.TABLE_START + ",threshold\r\n");
    Tree.file(root, "good/results/images/1.png");
    Tree.file(root, "good/results/maps/1.png");
    assertEquals(
        List.of("good/1.png"),
        Tree.names(root, FolderLayout.unlabelled("x", List.of(root.resolve("good")))));
    refused(
        "holds no image",
        () -> FolderLayout.unlabelled("x", List.of(root.resolve("good/results"))));
  }

  @Test
  void theOrderOfTheArgumentsDoesNotMatter() {
    List<Path> files =
        List.of(
            Tree.file(root, "b.png"), Tree.file(root, "a.png"), Tree.file(root, "no-extension"));
    InspectionDataset dataset = FolderLayout.ofNormal("x", files).read();
    assertEquals(List.of("a.png", "b.png", "no-extension"), Tree.names(root, dataset.train()));
  }

  @Test
  void defectsAreNamedByTheirFolderAndMasksFoundByTheirPath() {
    Path good = Tree.file(root, "good/1.png").getParent();
    Path kept = Tree.file(root, "kept/1.png");
    Tree.file(root, "bad/2.png");
    Tree.file(root, "bad/scratch/1.jpg");
    Tree.file(root, "bad/dent/1.jpg");
    Path scratch = Tree.file(root, "masks/scratch/1.png");
    Path two = Tree.file(root, "masks/2_mask.png");
    InspectionDataset dataset =
        new FolderLayout(
                "x",
                List.of(good),
                List.of(kept),
                List.of(root.resolve("bad")),
                Optional.of(root.resolve("masks")))
            .read();
    List<Sample> test = dataset.test();
    assertEquals(
        List.of("kept/1.png", "bad/2.png", "bad/dent/1.jpg", "bad/scratch/1.jpg"),
        Tree.names(root, test));
    assertEquals(
        List.of("good", "bad", "dent", "scratch"), test.stream().map(Sample::defectType).toList());
    assertEquals(
        List.of(Optional.empty(), Optional.of(two), Optional.empty(), Optional.of(scratch)),
        test.stream().map(Sample::mask).toList());
    assertEquals(Label.NORMAL, test.get(0).label());
    assertEquals(Label.ANOMALOUS, test.get(1).label());
  }

  @Test
  void aMaskIsFoundForAnImageGivenAsAFile() {
    Path image = Tree.file(root, "bad/7.jpg");
    Path mask = Tree.file(root, "masks/7.png");
    InspectionDataset dataset =
        new FolderLayout(
                "x", List.of(), List.of(), List.of(image), Optional.of(root.resolve("masks")))
            .read();
    assertEquals(Optional.of(mask), dataset.test().get(0).mask());
  }

  @Test
  void masksAreFoundWhereTheFoldersOfDefectsAreNamedOneByOne() {
    Tree.file(root, "bad/spot/0.png");
    Tree.file(root, "bad/scratch/0.png");
    Path spot = Tree.file(root, "masks/spot/0.png");
    Path scratch = Tree.file(root, "masks/scratch/0_mask.png");
    InspectionDataset dataset =
        new FolderLayout(
                "x",
                List.of(),
                List.of(),
                List.of(root.resolve("bad/spot"), root.resolve("bad/scratch/0.png")),
                Optional.of(root.resolve("masks")))
            .read();
    assertEquals(
        List.of(Optional.of(scratch), Optional.of(spot)),
        dataset.test().stream().map(Sample::mask).toList());
  }

  @Test
  void goodImagesAmongTheDefectsAreRefused() {
    Tree.file(root, "test/scratch/0.png");
    Tree.file(root, "test/Good/0.png");
    FolderLayout layout =
        new FolderLayout(
            "x", List.of(), List.of(), List.of(root.resolve("test")), Optional.empty());
    refused("Good: lies among the anomalous images", layout::read);
  }

  @Test
  void newImagesAreUnlabelled() {
    List<Sample> samples = FolderLayout.unlabelled("x", List.of(Tree.file(root, "new/1.png")));
    assertEquals(Label.UNKNOWN, samples.get(0).label());
    assertEquals(Optional.empty(), samples.get(0).mask());
  }

  @Test
  void anImageGivenTwiceIsRefused() {
    Path image = Tree.file(root, "a/1.png");
    Path detour = root.resolve("a/../a/1.png");
    refused("is given twice", () -> FolderLayout.ofNormal("x", List.of(image, detour)).read());
    refused(
        "is given as normal and as anomalous",
        () ->
            new FolderLayout(
                    "x", List.of(root.resolve("a")), List.of(), List.of(image), Optional.empty())
                .read());
  }

  @Test
  void whatCannotBeListedIsRefused() {
    refused("no such file", () -> FolderLayout.unlabelled("x", List.of(root.resolve("none"))));
    Path empty = Tree.folder(root, "empty");
    refused("empty: holds no image", () -> FolderLayout.unlabelled("x", List.of(empty)));
    refused("blank name", () -> FolderLayout.ofNormal(" ", List.of(empty)));
    refused("neither an image nor a folder", () -> FolderLayout.ofNormal("x", List.of()));
    refused(
        "are masks without anomalous images",
        () -> new FolderLayout("x", List.of(empty), List.of(), List.of(), Optional.of(empty)));
  }

  @Test
  void aLinkThatLeadsInACircleIsRefused() {
    Tree.file(root, "loop/1.png");
    Tree.link(root, "loop/again", root.resolve("loop"));
    refused(
        "again: is a link back to a folder above it",
        () -> FolderLayout.unlabelled("x", List.of(root.resolve("loop"))));
  }

  private static void refused(String message, org.junit.jupiter.api.function.Executable read) {
    String told = assertThrows(InputException.class, read).getMessage();
    assertTrue(told.contains(message), told);
  }
}
