package io.github.anople.inspect.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void whatIsBrokenIsToldAndTheRestIsListed() {
    Tree.file(root, "loop/1.png");
    Tree.file(root, "loop/sub/2.png");
    Tree.link(root, "loop/again", root.resolve("loop"));
    Tree.link(root, "loop/gone.png", root.resolve("nowhere.png"));
    Tree.link(root, "loop/sub/old", root.resolve("nowhere"));
    Tree.link(root, "loop/sub/notes.txt", root.resolve("nowhere.txt"));
    Listing listing = new Listing();
    List<Sample> found = FolderLayout.unlabelled("x", List.of(root.resolve("loop")), listing);
    assertEquals(List.of("loop/1.png", "loop/sub/2.png"), Tree.names(root, found));
    assertEquals(3, listing.faults().size(), listing.faults()::toString);
    told(listing.faults(), "again: is a link back to a folder above it");
    told(listing.faults(), "gone.png: is a link to a file that is gone");
    told(listing.faults(), "old: is a link to a file that is gone");
    assertEquals(Optional.of("1 file left out: 1 .txt"), listing.leftOutWords());
    InspectionDataset dataset = FolderLayout.ofNormal("x", List.of(root.resolve("loop"))).read();
    assertEquals(3, dataset.remarks().faults().size());
    assertEquals(2, dataset.train().size());
  }

  @Test
  void aFolderThatCannotBeOpenedIsToldAndTheRestIsListed() throws IOException {
    Tree.file(root, "new/1.png");
    Path locked = Tree.file(root, "new/locked/2.png").getParent();
    Set<PosixFilePermission> before;
    try {
      before = Files.getPosixFilePermissions(locked);
      Files.setPosixFilePermissions(locked, Set.of());
    } catch (UnsupportedOperationException e) {
      Assumptions.abort("no permissions here: " + e);
      return;
    }
    try {
      Assumptions.assumeFalse(Files.isReadable(locked), "this user may open everything");
      Listing listing = new Listing();
      List<Sample> found = FolderLayout.unlabelled("x", List.of(root.resolve("new")), listing);
      assertEquals(List.of("new/1.png"), Tree.names(root, found));
      told(listing.faults(), "locked: cannot be listed");
    } finally {
      Files.setPosixFilePermissions(locked, before);
    }
  }

  @Test
  void aPipeNamedAsAnImageIsToldAndTheRestIsListed() throws Exception {
    Tree.file(root, "new/1.png");
    Path pipe = root.resolve("new/2.png");
    boolean made;
    try {
      made = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
    } catch (IOException e) {
      made = false;
    }
    Assumptions.assumeTrue(made, "no pipes here");
    Listing listing = new Listing();
    assertEquals(1, FolderLayout.unlabelled("x", List.of(root.resolve("new")), listing).size());
    told(listing.faults(), "2.png: is not a regular file");
  }

  @Test
  void filesLeftOutAreCountedByExtensionAndUnreadPicturesAreNamed() {
    for (String file :
        List.of(
            "a.JPG",
            "b.jfif",
            "c.jpe",
            "d.DIB",
            "e.heic",
            "f.HEIC",
            "g.avif",
            "h.gif",
            "Thumbs.db",
            "README",
            ".hidden.heic")) {
      Tree.file(root, "new/" + file);
    }
    Listing listing = new Listing();
    List<Sample> found = FolderLayout.unlabelled("x", List.of(root.resolve("new")), listing);
    assertEquals(
        List.of("new/a.JPG", "new/b.jfif", "new/c.jpe", "new/d.DIB"), Tree.names(root, found));
    assertEquals(
        Optional.of(
            "6 files left out: 2 .heic, 1 .avif, 1 .db, 1 .gif, 1 without an extension; not read: AVIF,"
                + " GIF, HEIC, save as PNG or JPEG"),
        listing.leftOutWords());
    Path heic = Tree.file(root, "phone/1.heic").getParent();
    refused("holds no image", () -> FolderLayout.unlabelled("x", List.of(heic)));
    refused("1 file left out: 1 .heic", () -> FolderLayout.unlabelled("x", List.of(heic)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bad/OK",
        "bad/Good parts",
        "bad/normal",
        "bad/line 1/ok_2",
        "bad/No-Defects",
        "bad/i.O.",
        "bad/GoodParts",
        "bad/defect free",
        "bad/良品",
        "OK"
      })
  void aFolderAmongTheDefectsWhoseNameSaysGoodIsRefused(String folder) {
    Tree.file(root, folder + "/1.png");
    Path entry =
        root.resolve(folder).startsWith(root.resolve("bad"))
            ? root.resolve("bad")
            : root.resolve(folder);
    refused(
        "its name says that they are good",
        () -> new FolderLayout("x", List.of(), List.of(), List.of(entry), Optional.empty()).read());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not ok",
        "NOK",
        "no_good",
        "abnormal",
        "good_side_scratch",
        "n.i.O.",
        "ko",
        "12",
        "part 3",
        "normal_dent",
        "nothing",
        "okra",
        "free",
        "without cap"
      })
  void otherNamesStayKindsOfDefect(String folder) {
    Tree.file(root, "bad/" + folder + "/1.png");
    InspectionDataset dataset =
        new FolderLayout("x", List.of(), List.of(), List.of(root.resolve("bad")), Optional.empty())
            .read();
    assertEquals(folder, dataset.test().get(0).defectType());
  }

  @Test
  void ofTwoPicturesWithOneStemTheMaskIsThatOfItsWholeName() {
    Tree.file(root, "bad/1.jpg");
    Path exact = Tree.file(root, "bad/1.png");
    Path mask = Tree.file(root, "masks/1.png");
    InspectionDataset dataset = withMasks();
    assertEquals(Map.of(exact, mask), masksOf(dataset));
    assertEquals(Remarks.NONE, dataset.remarks());
    Path other = Tree.file(root, "masks/1.jpg.png");
    assertEquals(Map.of(exact, mask, root.resolve("bad/1.jpg"), other), masksOf(withMasks()));
  }

  @Test
  void aMaskThatCouldBeOfTwoPicturesIsNobodysAndTold() {
    Tree.file(root, "bad/1.jpg");
    Tree.file(root, "bad/1.png");
    Path two = Tree.file(root, "bad/2.png");
    Tree.file(root, "masks/1_mask.bmp");
    Path mask = Tree.file(root, "masks/2_mask.bmp");
    InspectionDataset dataset = withMasks();
    assertEquals(Map.of(two, mask), masksOf(dataset));
    assertEquals(List.of(), dataset.remarks().notes());
    told(dataset.remarks().faults(), "1_mask.bmp: could be the mask of");
  }

  @Test
  void masksThatBelongToNoPictureAreCountedAndNamed() {
    Path image = Tree.file(root, "bad/1.png");
    Path mask = Tree.file(root, "masks/1_mask.png");
    Tree.file(root, "masks/1_mask_2.png");
    Tree.file(root, "masks/nobody.png");
    Tree.file(root, "masks/labels.json");
    InspectionDataset dataset = withMasks();
    assertEquals(Map.of(image, mask), masksOf(dataset));
    assertEquals(2, dataset.remarks().notes().size());
    String note = dataset.remarks().notes().get(0);
    assertTrue(note.startsWith("2 masks belong to no defective picture: "), note);
    assertTrue(note.contains("1_mask_2.png") && note.contains("nobody.png"), note);
    assertEquals("1 file left out: 1 .json", dataset.remarks().notes().get(1));
  }

  @Test
  void aPictureWithTwoMasksHasNoneAndIsTold() {
    Tree.file(root, "bad/1.png");
    Path two = Tree.file(root, "bad/2.png");
    Tree.file(root, "masks/1_mask.png");
    Tree.file(root, "masks/1.png");
    Path mask = Tree.file(root, "masks/2.png");
    InspectionDataset dataset = withMasks();
    assertEquals(Map.of(two, mask), masksOf(dataset));
    told(dataset.remarks().faults(), "1.png: has two masks");
  }

  @Test
  void picturesAndMasksMayShareAFolder() {
    Path image = Tree.file(root, "bad/1.jpg");
    Path mask = Tree.file(root, "bad/1_mask.png");
    InspectionDataset dataset =
        new FolderLayout(
                "x", List.of(), List.of(), List.of(image), Optional.of(root.resolve("bad")))
            .read();
    assertEquals(Map.of(image, mask), masksOf(dataset));
    assertEquals(List.of(), dataset.remarks().notes());
  }

  private InspectionDataset withMasks() {
    return new FolderLayout(
            "x",
            List.of(),
            List.of(),
            List.of(root.resolve("bad")),
            Optional.of(root.resolve("masks")))
        .read();
  }

  private static Map<Path, Path> masksOf(InspectionDataset dataset) {
    Map<Path, Path> masks = new HashMap<>();
    for (Sample sample : dataset.test()) {
      sample.mask().ifPresent(mask -> masks.put(sample.image(), mask));
    }
    return masks;
  }

  private static void told(List<InputException> faults, String part) {
    assertTrue(
        faults.stream().anyMatch(fault -> fault.getMessage().contains(part)), faults::toString);
  }

  private static void refused(String message, org.junit.jupiter.api.function.Executable read) {
    String told = assertThrows(InputException.class, read).getMessage();
    assertTrue(told.contains(message), told);
  }
}
