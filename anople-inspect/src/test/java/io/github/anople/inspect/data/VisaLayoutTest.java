package io.github.anople.inspect.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fuzz;
import io.github.anople.core.InputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class VisaLayoutTest {

  private static final String HEADER = "object,split,label,image,mask\n";
  private static final String NORMAL = "candle/Data/Images/Normal/";
  private static final String ANOMALY = "candle/Data/Images/Anomaly/";
  private static final String ROWS =
      ("candle,train,normal," + NORMAL + "0002.JPG,\n")
          + ("candle,train,normal," + NORMAL + "0000.JPG,\n")
          + ("candle,test,normal," + NORMAL + "0001.JPG,\n")
          + ("candle,test,anomaly," + ANOMALY + "001.JPG,candle/Data/Masks/Anomaly/001.png\n")
          + ("candle,test,anomaly," + ANOMALY + "000.JPG,candle/Data/Masks/Anomaly/000.png\n")
          + "\"cap, sules\",train,normal,\"caps/Data/Images/Normal/a, c.JPG\",\n";

  @TempDir Path root;

  @BeforeEach
  void published() {
    for (String name : List.of("0000", "0001", "0002")) {
      Tree.file(root, NORMAL + name + ".JPG");
    }
    for (String name : List.of("000", "001")) {
      Tree.file(root, ANOMALY + name + ".JPG");
      Tree.file(root, "candle/Data/Masks/Anomaly/" + name + ".png");
    }
    Tree.file(root, "caps/Data/Images/Normal/a, c.JPG");
    split(HEADER + ROWS);
  }

  @Test
  void theSplitSaysWhichImageIsForWhat() {
    InspectionDataset dataset = VisaLayout.read(root);
    assertEquals(List.of("candle", "cap, sules"), dataset.categoryNames());
    InspectionDataset.Category candle = dataset.category("candle");
    assertEquals(
        List.of(NORMAL + "0000.JPG", NORMAL + "0002.JPG"), Tree.names(root, candle.train()));
    assertEquals(
        List.of(ANOMALY + "000.JPG", ANOMALY + "001.JPG", NORMAL + "0001.JPG"),
        Tree.names(root, candle.test()));
    assertEquals(
        new Sample(
            root.resolve(ANOMALY + "000.JPG"),
            Optional.of(root.resolve("candle/Data/Masks/Anomaly/000.png")),
            Label.ANOMALOUS,
            "candle",
            "bad"),
        candle.test().get(0));
    assertEquals(
        List.of("caps/Data/Images/Normal/a, c.JPG"),
        Tree.names(root, dataset.category("cap, sules").train()));
    assertEquals(List.of("candle"), VisaLayout.read(root, List.of("candle")).categoryNames());
  }

  @Test
  void lineEndsAMarkAndTheOrderOfColumnsDoNotMatter() {
    InspectionDataset expected = VisaLayout.read(root);
    split("\uFEFF" + (HEADER + ROWS).replace("\n", "\r\n"));
    assertEquals(expected, VisaLayout.read(root));
    split((HEADER + "\n" + ROWS).replace("\n", "\r").stripTrailing());
    assertEquals(expected, VisaLayout.read(root));
    split(
        """
        Mask, IMAGE,label,split,object,note
        ,caps/Data/Images/Normal/b.JPG,normal,train,x,y
        """);
    Tree.file(root, "caps/Data/Images/Normal/b.JPG");
    assertEquals(List.of("x"), VisaLayout.read(root).categoryNames());
  }

  @Test
  void theConvertedLayoutGivesTheSameSamplesInTheSameOrder() {
    InspectionDataset.Category raw = VisaLayout.read(root).category("candle");
    Path converted = Tree.folder(root, "converted");
    for (String file :
        List.of(
            "train/good/0000",
            "train/good/0002",
            "test/good/0001",
            "test/bad/000",
            "test/bad/001")) {
      Tree.file(converted, "1cls/candle/" + file + ".JPG");
    }
    Tree.file(converted, "1cls/candle/ground_truth/bad/000.png");
    Tree.file(converted, "1cls/candle/ground_truth/bad/001.png");
    InspectionDataset dataset = VisaLayout.read(converted);
    assertEquals("converted", dataset.name());
    InspectionDataset.Category candle = dataset.category("candle");
    assertEquals(simple(raw.train()), simple(candle.train()));
    assertEquals(simple(raw.test()), simple(candle.test()));
    assertEquals(
        dataset.categories(), VisaLayout.read(converted.resolve("1cls/candle")).categories());
  }

  private static List<String> simple(List<Sample> samples) {
    return samples.stream()
        .map(
            one ->
                String.join(
                    " ",
                    ImageFiles.nameOf(one.image()),
                    one.label().name(),
                    one.defectType(),
                    one.mask().map(ImageFiles::nameOf).orElse("no mask")))
        .toList();
  }

  @Test
  void aPathThatLeavesTheRootIsRefusedWithItsLine() {
    Tree.file(root.getParent(), "outside.JPG");
    for (String path :
        List.of(
            "../outside.JPG",
            "candle/../../outside.JPG",
            root.resolveSibling("outside.JPG").toString(),
            "candle/..",
            "..",
            "",
            "bad\u0000name.JPG")) {
      split(HEADER + ROWS + "candle,train,normal," + path + ",\n");
      refused("1cls.csv, line 8: the image '");
    }
    split(HEADER + ROWS + "candle,test,anomaly," + NORMAL + "0000.JPG,../outside.JPG\n");
    refused("line 8: the mask '../outside.JPG' is not a path below");
  }

  @Test
  void aRowAtFaultIsNamedByItsLine() {
    rowRefused("candle,train,normal," + NORMAL + "9.JPG,", "line 8: the image " + root);
    rowRefused("candle,val,normal," + NORMAL + "0000.JPG,", "line 8: repeats the image of line 3");
    rowRefused("x,val,normal," + NORMAL + "0000.JPG,", "line 8: the split is 'val'");
    rowRefused("x,train,good," + NORMAL + "0000.JPG,", "line 8: the label is 'good'");
    rowRefused("x,train,anomaly," + NORMAL + "0000.JPG,", "line 8: trains with an anomalous image");
    rowRefused("x,test,normal," + NORMAL + "0000.JPG,", "lists no training images of x");
    rowRefused("candle,train,normal", "line 8: has 3 fields");
    rowRefused(
        ",train,normal," + NORMAL + "0000.JPG,",
        "line 8: the object '' is not the name of a folder");
    for (String name : List.of("..", ".", "a/b", "a\\b", "a\u0000")) {
      rowRefused(name + ",train,normal," + NORMAL + "0000.JPG,", "' is not the name of a folder");
    }
    rowRefused("x,\"train", "line 8: a quote is opened and never closed");
    rowRefused("x,\"train\"x,", "line 8: text follows a closing quote");
    rowRefused("\n\nx,\"a\nb\",normal," + NORMAL + "0000.JPG,", "line 10: the split is 'a?b'");
  }

  private void rowRefused(String row, String message) {
    split(HEADER + ROWS + row);
    refused(message);
  }

  @Test
  void aSplitFileThatIsNoneIsRefused() {
    split("");
    refused("1cls.csv: lists no images");
    split("object,split,label,image\na,b,c,d\n");
    refused("does not name the column 'mask' exactly once");
    split("object,split,label,image,mask,mask\na,b,c,d,e,f\n");
    refused("does not name the column 'mask' exactly once");
    split(",".repeat(9 << 20));
    refused("is larger than 8388608 bytes");
  }

  @Test
  void textThatIsNotUtf8IsRefused() throws java.io.IOException {
    java.nio.file.Files.write(
        root.resolve("split_csv/1cls.csv"), HEADER.getBytes(StandardCharsets.UTF_16));
    refused("1cls.csv: is not UTF-8 text; save it as UTF-8");
  }

  @Test
  void publishedFoldersWithoutTheirSplitAreRefused() {
    assertTrue(root.resolve("split_csv/1cls.csv").toFile().delete());
    refused("1cls.csv: no such file, and VisA's published folders need it");
    String told =
        assertThrows(InputException.class, () -> VisaLayout.read(root.resolve("candle")))
            .getMessage();
    assertTrue(told.contains("name the folder above the categories"), told);
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void aMutatedSplitIsReadOrRefusedButNeverCrashes() {
    long seed = 20_240_823;
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    byte[] whole = (HEADER + ROWS).getBytes(StandardCharsets.UTF_8);
    byte[] likely = ",\"\r\n./\\\0\u00ff".getBytes(StandardCharsets.ISO_8859_1);
    int refusals = 0;
    int all = Fuzz.times("split of VisA", 600);
    for (int i = 0; i < all; i++) {
      byte[] mutated = whole.clone();
      for (int change = random.nextInt(1, 4); change > 0; change--) {
        mutated[random.nextInt(mutated.length)] = likely[random.nextInt(likely.length)];
      }
      try {
        java.nio.file.Files.write(root.resolve("split_csv/1cls.csv"), mutated);
        VisaLayout.read(root);
      } catch (InputException e) {
        refusals++;
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    assertTrue(refusals > all / 2, "only " + refusals + " of " + all + " were refused");
  }

  private void split(String text) {
    Tree.text(root, "split_csv/1cls.csv", text);
  }

  private void refused(String message) {
    String told = assertThrows(InputException.class, () -> VisaLayout.read(root)).getMessage();
    assertTrue(told.contains(message), told);
  }
}
