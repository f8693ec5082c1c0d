package io.github.anople.inspect.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fuzz;
import io.github.anople.core.InputException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ShotSelectionTest {

  private static final InspectionDataset BOTTLE =
      new InspectionDataset("mvtec", List.of(Tree.category("bottle", 209)));
  private static final InspectionDataset BOTH =
      new InspectionDataset(
          "mvtec", List.of(Tree.category("bottle", 209), Tree.category("nut", 220)));

  @TempDir Path folder;

  @Test
  void aSeedChoosesTheSameShotsForEver() {
    assertEquals(
        List.of("055", "027", "038", "035"), stems(ShotSelection.random(4, 0).select(BOTTLE)));
    assertEquals(
        List.of("004", "036", "197", "166"), stems(ShotSelection.random(4, 1).select(BOTTLE)));
    assertEquals(
        List.of("061", "021", "028", "062"), stems(ShotSelection.random(2, -1).select(BOTH)));
  }

  @Test
  void fewerShotsOfASeedAreTheFirstOfMoreAndAllAreAPermutation() {
    for (long seed = 0; seed < 50; seed++) {
      List<Sample> all = ShotSelection.random(209, seed).select(BOTTLE);
      assertEquals(new HashSet<>(BOTTLE.train()), new HashSet<>(all), "seed " + seed);
      assertEquals(all.subList(0, 4), ShotSelection.random(4, seed).select(BOTTLE));
    }
  }

  @Test
  void everyImageIsDrawnEquallyOften() {
    InspectionDataset ten = new InspectionDataset("x", List.of(Tree.category("x", 10)));
    int[] drawn = new int[10];
    for (int seed = 0; seed < 5_000; seed++) {
      drawn[ten.train().indexOf(ShotSelection.random(1, seed).select(ten).get(0))]++;
    }
    for (int count : drawn) {
      assertEquals(500, count, 5 * Math.sqrt(5_000 * 0.1 * 0.9));
    }
  }

  @Test
  void moreShotsThanImagesAreRefusedWithBothNumbers() {
    refused(
        "category bottle: 210 shots are asked for, and it has 209 normal images",
        ShotSelection.random(210, 0));
    assertThrows(InputException.class, () -> ShotSelection.random(0, 0));
  }

  @Test
  void allMeansEveryTrainingImage() {
    assertEquals(BOTH.train(), ShotSelection.all().select(BOTH));
  }

  @Test
  void aListNamesImagesByNameStemOrPath() {
    Path list =
        list(
            "# our shots\n\n 003.png \r\n007\r\n./good/001.png\ntrain/good/002\n"
                + "data/bottle/train/good/000.png");
    assertEquals(
        List.of("003", "007", "001", "002", "000"),
        stems(ShotSelection.listed(list, OptionalInt.empty()).select(BOTTLE)));
    assertEquals(5, ShotSelection.listed(list, OptionalInt.of(5)).select(BOTTLE).size());
    refused("lists 5 shots of bottle, not 4", ShotSelection.listed(list, OptionalInt.of(4)));
  }

  @Test
  void aListInPromptAdsFormHasALineForEachNumberOfShots() {
    Path list = list("#1: 131\n#2: 101 048\n#4: 029 045 192 127\n");
    assertEquals(
        List.of("029", "045", "192", "127"),
        stems(ShotSelection.listed(list, OptionalInt.of(4)).select(BOTTLE)));
    assertEquals(
        List.of("131"), stems(ShotSelection.listed(list, OptionalInt.of(1)).select(BOTTLE)));
    refused(
        "has no line for 8 shots; ask for a number of shots it has: 1, 2, 4",
        ShotSelection.listed(list, OptionalInt.of(8)));
    refused("has several lines", ShotSelection.listed(list, OptionalInt.empty()));
    assertEquals(
        List.of("101", "048"),
        stems(ShotSelection.listed(list("#2:101 048"), OptionalInt.empty()).select(BOTTLE)));
  }

  @Test
  void promptAdsFoldersAreReadCategoryByCategory() {
    Tree.text(folder, "bottle/selected_samples_per_run.txt", "#1: 131\n");
    Tree.text(folder, "nut/selected_samples_per_run.txt", "#1: 007\n");
    List<Sample> shots = ShotSelection.listed(folder, OptionalInt.of(1)).select(BOTH);
    assertEquals(List.of("131", "007"), stems(shots));
    assertEquals(List.of("bottle", "nut"), shots.stream().map(Sample::category).toList());
  }

  @Test
  void aLineAtFaultIsNamed() {
    listRefused("003\n999", "line 2: '999' is not one of the 209 normal images");
    listRefused("003\n\n003.png", "line 3: '003.png' repeats the shot of line 1");
    listRefused("oo/003.png", "line 1: 'oo/003.png' is not one of the 209 normal images");
    listRefused("/", "line 1: '/' is not one of the 209 normal images");
    listRefused("# nothing\n", "lists no shots");
    listRefused("#0:", "lists no shots");
    listRefused("#4: 001 002", "line 1: names 2 images where '#4:' promises 4");
    listRefused("#1: 001\n#1: 002", "line 2: is a second line for 1");
    listRefused("#1: 001\n002", "line 2: '002' is not of the form");
    listRefused("#2: 001 001", "line 1: '001' repeats the shot of line 1");
  }

  @Test
  void aNameThatCouldBeTwoImagesIsRefused() {
    ShotSelection shots = ShotSelection.listed(list("003"), OptionalInt.empty());
    String told = assertThrows(InputException.class, () -> shots.select(BOTH)).getMessage();
    assertTrue(told.contains("line 1: '003' could be "), told);
    assertTrue(told.endsWith("write more of the path"), told);
    ShotSelection one = ShotSelection.listed(list("nut/train/good/003"), OptionalInt.empty());
    told = assertThrows(InputException.class, () -> one.select(BOTH)).getMessage();
    assertTrue(told.contains("lists no shot of category bottle (mvtec)"), told);
  }

  @Test
  void theWholeNameGoesBeforeTheStem() {
    Path good = Path.of("good");
    InspectionDataset dataset = dataset(good.resolve("a.png.jpg"), good.resolve("a.png"));
    ShotSelection shots = ShotSelection.listed(list("a.png"), OptionalInt.empty());
    assertEquals(good.resolve("a.png"), shots.select(dataset).get(0).image());
  }

  @Test
  void aWrittenListIsReadBackWhateverTheNames() {
    InspectionDataset odd =
        dataset(
            Path.of("x/#c.png"),
            Path.of("x/a/1.png"),
            Path.of("x/b/1.png"),
            Path.of("b/1.png"),
            Path.of("x/1.png.png"),
            Path.of("x/a b"));
    for (InspectionDataset dataset : List.of(BOTTLE, BOTH, odd)) {
      Path list = list(ShotSelection.format(dataset, dataset.train()));
      assertEquals(
          dataset.train(), ShotSelection.listed(list, OptionalInt.empty()).select(dataset));
    }
    List<Sample> shots = List.of(BOTH.train().get(0), BOTH.train().get(209));
    assertEquals(
        "bottle/train/good/000.png\nnut/train/good/000.png\n", ShotSelection.format(BOTH, shots));
    assertEquals("000.png\n", ShotSelection.format(BOTTLE, shots.subList(0, 1)));
  }

  @Test
  void aMissingListIsRefused() {
    refused(
        "none.txt: no such file",
        ShotSelection.listed(folder.resolve("none.txt"), OptionalInt.empty()));
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void aListOfNoiseIsReadOrRefusedButNeverCrashes() {
    long seed = 4;
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    String letters = "#:0123456789 \t\r\n./\\pngé\u0000\ud83d\ude00";
    int refusals = 0;
    int all = Fuzz.times("list of shots", 1000);
    for (int i = 0; i < all; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(30); length > 0; length--) {
        int at = random.nextInt(letters.codePointCount(0, letters.length()));
        text.appendCodePoint(letters.codePointAt(letters.offsetByCodePoints(0, at)));
      }
      try {
        ShotSelection.listed(list(text.toString()), OptionalInt.empty()).select(BOTTLE);
      } catch (InputException e) {
        refusals++;
      }
    }
    assertTrue(refusals > all * 2L / 3, "only " + refusals + " of " + all + " were refused");
  }

  private static InspectionDataset dataset(Path... images) {
    List<Sample> train =
        java.util.Arrays.stream(images).map(image -> Sample.normal(image, "x")).toList();
    return new InspectionDataset(
        "x", List.of(new InspectionDataset.Category("x", train, List.of())));
  }

  private Path list(String text) {
    return Tree.text(folder, "shots.txt", text);
  }

  private void listRefused(String text, String message) {
    refused(message, ShotSelection.listed(list(text), OptionalInt.empty()));
  }

  private static void refused(String message, ShotSelection shots) {
    String told = assertThrows(InputException.class, () -> shots.select(BOTTLE)).getMessage();
    assertTrue(told.contains(message), told);
  }

  private static List<String> stems(List<Sample> samples) {
    return samples.stream().map(sample -> ImageFiles.stem(sample.image())).toList();
  }
}
