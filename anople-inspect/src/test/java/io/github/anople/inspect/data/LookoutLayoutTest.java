package io.github.anople.inspect.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fuzz;
import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookoutLayoutTest {

  private static final int MUTATIONS = Fuzz.times("manifest of Lookout for Vision", 3000);

  @TempDir Path root;

  private static String line(String source, Object label, String name) {
    return """
        {"source-ref": "s3://bucket/parts/%s", "anomaly-label": %s, "anomaly-label-metadata": \
        {"confidence": 1, "job-name": "labeling-job/x", "class-name": "%s", "human-annotated": "yes", \
        "creation-date": "2021-10-12T14:16:45.668", "type": "groundtruth/image-classification"}}
        """
        .formatted(source, label, name);
  }

  private static String masked(String source, String mask) {
    return """
        {"source-ref": "s3://bucket/parts/%s", "anomaly-label": 1, "anomaly-label-metadata": \
        {"class-name": "anomaly", "type": "groundtruth/image-classification"}, \
        "anomaly-mask-ref": "s3://bucket/masks/%s", "anomaly-mask-ref-metadata": {"internal-color-map": \
        {"0": {"class-name": "BACKGROUND", "hex-color": "#ffffff", "confidence": 0.0}, \
        "1": {"class-name": "scratch", "hex-color": "#2ca02c", "confidence": 0.0}}, \
        "type": "groundtruth/semantic-segmentation"}}
        """
        .formatted(source, mask);
  }

  private Path whole(String name) {
    for (String file : List.of("train/1.jpg", "train/2.jpg", "bad/1.jpg", "masks/1.png")) {
      Tree.file(root, file);
    }
    return Tree.text(
        root,
        name,
        line("train/1.jpg", 0, "normal")
            + line("train/2.jpg", "\"0\"", "normal")
            + "\r\n"
            + masked("bad/1.jpg", "1.png"));
  }

  @Test
  void aManifestHasImagesLabelsKindsAndMasks() {
    InspectionDataset dataset = LookoutLayout.read(whole("all.manifest"), Optional.of("cookie"));
    assertEquals(List.of("cookie"), dataset.categoryNames());
    assertEquals(List.of("train/1.jpg", "train/2.jpg"), Tree.names(root, dataset.train()));
    assertEquals(
        List.of("bad/1.jpg", "train/1.jpg", "train/2.jpg"), Tree.names(root, dataset.test()));
    assertEquals(
        new Sample(
            root.resolve("bad/1.jpg"),
            Optional.of(root.resolve("masks/1.png")),
            Label.ANOMALOUS,
            "cookie",
            "scratch",
            new MaskStyle(0xffffff, MaskStyle.Pixels.UNSAID)),
        dataset.test().get(0));
    assertEquals(Remarks.NONE, dataset.remarks());
    assertEquals(
        List.of(ImageFiles.nameOf(root)),
        LookoutLayout.read(root, Optional.empty()).categoryNames());
  }

  @Test
  void theManifestMayLieBesideOrBelowTheImagesAndTheBucketMayBeTheFolder() {
    for (String file :
        List.of("bucket/parts/train/1.jpg", "bucket/parts/train/2.jpg", "bucket/parts/bad/1.jpg")) {
      Tree.file(root, file);
    }
    String lines = line("train/1.jpg", 0, "normal") + line("bad/1.jpg", 1, "anomaly");
    for (String place :
        List.of("x.manifest", "bucket/parts/x.manifest", "bucket/lists/x.manifest")) {
      InspectionDataset dataset =
          LookoutLayout.read(Tree.text(root, place, lines), Optional.of("x"));
      assertEquals(2, dataset.test().size(), place);
      assertTrue(Files.exists(dataset.test().get(0).image()), place);
      assertEquals("anomaly", dataset.test().get(0).defectType());
    }
  }

  @Test
  void twoManifestsAreTheTwoPartsAndOnlyNormalImagesAreShots() {
    Path all = whole("train.manifest");
    Tree.file(root, "test/3.jpg");
    Tree.text(root, "test.manifest", line("test/3.jpg", 1, "anomaly"));
    InspectionDataset dataset = LookoutLayout.read(root, Optional.of("x"));
    assertEquals(2, dataset.train().size());
    assertEquals(List.of("test/3.jpg"), Tree.names(root, dataset.test()));
    assertEquals(
        List.of(
            "1 of the 3 images to train with are left out: only those labelled normal are shots"),
        dataset.remarks().notes());
    Tree.text(root, "test-2.manifest", "");
    refused("holds 3 manifests", () -> LookoutLayout.read(root, Optional.of("x")));
    assertEquals(3, LookoutLayout.read(all, Optional.of("x")).test().size());
  }

  @Test
  void theClassNameCountsWhereItsNumberSaysOtherwise() {
    // Ground Truth numbers its classes by the alphabet: anomaly 0, normal 1.
    Tree.file(root, "1.jpg");
    Tree.file(root, "2.jpg");
    Path file =
        Tree.text(root, "x.manifest", line("1.jpg", 1, "normal") + line("2.jpg", 0, "Dent"));
    InspectionDataset dataset = LookoutLayout.read(file, Optional.of("x"));
    assertEquals(List.of("good", "Dent"), dataset.test().stream().map(Sample::defectType).toList());
    assertTrue(dataset.remarks().notes().get(0).startsWith("2 labels of "));
  }

  @Test
  void aLabelingJobsOwnNameIsUnderstoodAndALineWithoutLabelIsUnknown() {
    Tree.file(root, "1.jpg");
    Tree.file(root, "2.jpg");
    Path file =
        Tree.text(
            root,
            "x.manifest",
            """
            {"source-ref": "1.jpg", "my-job": 0, "my-job-metadata": {"type": "groundtruth/image-classification"}}
            {"source-ref": "2.jpg"}
            """);
    List<Sample> test = LookoutLayout.read(file, Optional.of("x")).test();
    assertEquals(List.of(Label.NORMAL, Label.UNKNOWN), test.stream().map(Sample::label).toList());
  }

  @Test
  void imagesThatAreNotThereAreToldAndTheOthersRead() throws IOException {
    Path file = whole("all.manifest");
    Files.delete(root.resolve("train/2.jpg"));
    InspectionDataset dataset = LookoutLayout.read(file, Optional.of("x"));
    assertEquals(2, dataset.test().size());
    String faults = dataset.remarks().faults().toString();
    assertTrue(faults.contains("names 1 image that is not there"), faults);
    Files.delete(root.resolve("train/1.jpg"));
    Files.delete(root.resolve("bad/1.jpg"));
    refused("names 3 images that are not there", () -> LookoutLayout.read(file, Optional.of("x")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "\"source-ref\";\"source\";all.manifest, line 1: has no source-ref",
        "parts/train/2;../../etc/2;names no file",
        "\"class-name\": \"normal\";\"class\": 1;is no fault",
        "train/2;train/1;line 2: names the same image as line 1",
        "{\"conf;\"conf;line 1: is not JSON"
      })
  void aManifestThatIsAtFaultIsRefusedByItsLine(String from, String to, String message)
      throws IOException {
    Path file = whole("all.manifest");
    Files.writeString(file, Files.readString(file).replace(from, to));
    if (message.equals("is no fault")) {
      assertEquals(2, LookoutLayout.read(file, Optional.of("x")).train().size());
      return;
    }
    refused(message, () -> LookoutLayout.read(file, Optional.of("x")));
  }

  @Test
  void aLabelThatIsNeitherIsRefused() {
    Tree.file(root, "1.jpg");
    Path file = Tree.text(root, "x.manifest", "{\"source-ref\": \"1.jpg\", \"anomaly-label\": 7}");
    refused(
        "line 1: the label '7' is neither 0 nor 1",
        () -> LookoutLayout.read(file, Optional.of("x")));
  }

  @Test
  void whateverAManifestHoldsItIsReadOrRefused() throws IOException {
    Path file = whole("all.manifest");
    byte[] bytes = Files.readAllBytes(file);
    Random random = new Random(20);
    int read = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      Files.write(file, Mutations.of(bytes, random));
      try {
        for (Sample sample : LookoutLayout.read(file, Optional.of("x")).test()) {
          assertTrue(sample.image().normalize().startsWith(root.getParent()));
        }
        read++;
      } catch (InputException e) {
        assertTrue(e.getMessage().lines().count() == 1, e::getMessage);
      }
    }
    assertTrue(read > 0 && read < MUTATIONS);
  }

  private static void refused(String message, org.junit.jupiter.api.function.Executable read) {
    String told = assertThrows(InputException.class, read).getMessage();
    assertTrue(told.contains(message), told);
  }
}
