package io.github.anople.inspect.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fuzz;
import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RealIadLayoutTest {

  private static final int MUTATIONS = Fuzz.times("list of Real-IAD", 3000);

  @TempDir Path root;

  @BeforeEach
  void oneCategoryOfTwoViews() {
    StringBuilder train = new StringBuilder();
    StringBuilder test = new StringBuilder();
    for (int view = 1; view <= 2; view++) {
      String good = "OK/S0001/usb_0001_OK_C" + view + "_20230922.jpg";
      String other = "OK/S0002/usb_0002_OK_C" + view + "_20230922.jpg";
      String bad = "NG/AK/S0009/usb_0009_NG_AK_C" + view + "_20230922";
      for (String size : List.of("realiad_256", "realiad_1024")) {
        Tree.file(root, size + "/usb/" + good);
        Tree.file(root, size + "/usb/" + other);
        Tree.file(root, size + "/usb/" + bad + ".jpg");
        Tree.file(root, size + "/usb/" + bad + ".png");
      }
      String comma = view == 1 ? "" : ",";
      train.append(comma).append(entry("OK", good, "null"));
      test.append(comma).append(entry("OK", other, "null"));
      test.append(",").append(entry("AK", bad + ".jpg", "\"" + bad + ".png\""));
    }
    list("realiad_jsons/realiad_jsons/usb.json", train.toString(), test.toString());
  }

  private static String entry(String kind, String image, String mask) {
    return """
        {"category": "usb", "anomaly_class": "%s", "image_path": "%s", "mask_path": %s}"""
        .formatted(kind, image, mask);
  }

  private Path list(String name, String train, String test) {
    return Tree.text(
        root,
        name,
        """
        {"meta": {"prefix": "usb/", "normal_class": "OK", "pre_transform": null},
         "train": [%s], "test": [%s]}"""
            .formatted(train, test));
  }

  @Test
  void aListSaysWhichImagesAreOfWhichPartAndTheLargestAreTaken() {
    InspectionDataset.Category usb = RealIadLayout.read(root).category("usb");
    assertEquals(2, usb.train().size());
    assertEquals(4, usb.test().size());
    Sample bad = usb.test().get(0);
    Path folder = root.resolve("realiad_1024/usb/NG/AK/S0009");
    assertEquals(folder.resolve("usb_0009_NG_AK_C1_20230922.jpg"), bad.image());
    assertEquals(Optional.of(folder.resolve("usb_0009_NG_AK_C1_20230922.png")), bad.mask());
    assertEquals("AK", bad.defectType());
    assertEquals(Label.NORMAL, usb.test().get(2).label());
    assertEquals(Remarks.NONE, usb.remarks());
  }

  @Test
  void aCategoryMayBeOfOneViewAlone() {
    InspectionDataset dataset = RealIadLayout.read(root, List.of("usb_C2"));
    assertEquals(List.of("usb_C2"), dataset.categoryNames());
    assertEquals(1, dataset.train().size());
    assertEquals(2, dataset.test().size());
    assertTrue(dataset.test().stream().allMatch(one -> one.image().toString().contains("_C2_")));
    refused("has no category 'usb_D2'", () -> RealIadLayout.read(root, List.of("usb_D2")));
    refused("asked for twice", () -> RealIadLayout.read(root, List.of("usb_C2", "usb_C2")));
  }

  @Test
  void theListsOfAnotherProtocolAreReadWhereTheirFolderIsNamed() {
    list(
        "realiad_jsons_sv/usb.json",
        entry("OK", "OK/S0001/usb_0001_OK_C1_20230922.jpg", "null"),
        "");
    InspectionDataset dataset = RealIadLayout.read(root.resolve("realiad_jsons_sv"));
    assertEquals(1, dataset.train().size());
    assertTrue(ImageFiles.slashed(dataset.train().get(0).image()).contains("realiad_1024/usb/OK"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "realiad_jsons_sv",
        "realiad_jsons/realiad_jsons_sv",
        "realiad_jsons_fuiad_0.0",
        "realiad_jsons/realiad_jsons_fuiad_0.0"
      })
  void theListsOfAnotherProtocolMayBeBesideTheOthersOrAmongThem(String lists) {
    list(lists + "/usb.json", entry("OK", "OK/S0001/usb_0001_OK_C1_20230922.jpg", "null"), "");
    assertEquals(DataLayout.REAL_IAD, DataLayout.find(root.resolve(lists)));
    InspectionDataset dataset = RealIadLayout.read(root.resolve(lists));
    assertEquals(List.of("usb"), dataset.categoryNames());
    assertEquals(
        List.of("realiad_1024/usb/OK/S0001/usb_0001_OK_C1_20230922.jpg"),
        Tree.names(root.toAbsolutePath(), dataset.train()));
    // The usual lists are found as before.
    assertEquals(2, RealIadLayout.read(root).train().size());
    assertEquals(2, RealIadLayout.read(root.resolve("realiad_jsons")).train().size());
  }

  /** The defect is not seen from there. */
  @Test
  void aViewOfADefectivePartMayBeGoodInTrainingAndTest() {
    String ng = "NG/HS/S0064/audiojack__0064_NG_HS_C%d_20231023092610";
    for (int view = 1; view <= 3; view++) {
      Tree.file(root, "realiad_1024/audiojack/" + ng.formatted(view) + ".jpg");
    }
    Tree.file(root, "realiad_1024/audiojack/" + ng.formatted(3) + ".png");
    list(
        "realiad_jsons/realiad_jsons/audiojack.json",
        entry("OK", ng.formatted(1) + ".jpg", "null"),
        entry("OK", ng.formatted(2) + ".jpg", "null")
            + ","
            + entry("HS", ng.formatted(3) + ".jpg", "\"" + ng.formatted(3) + ".png\""));
    InspectionDataset.Category jack =
        RealIadLayout.read(root, List.of("audiojack")).category("audiojack");
    assertEquals(1, jack.train().size());
    assertEquals(
        List.of(Label.NORMAL, Label.ANOMALOUS), jack.test().stream().map(Sample::label).toList());
    assertEquals(List.of(Sample.GOOD, "HS"), jack.test().stream().map(Sample::defectType).toList());
    assertTrue(jack.test().get(0).mask().isEmpty());
    assertTrue(jack.test().get(1).mask().isPresent());
    assertEquals(Remarks.NONE, jack.remarks());
    assertEquals(1, RealIadLayout.read(root, List.of("audiojack_C3")).test().size());
  }

  @Test
  void listsWithBadImagesInTrainingAreRefusedWithTheListsToTake() {
    list(
        "realiad_jsons_fuiad_0.1/usb.json",
        entry("OK", "OK/S0001/usb_0001_OK_C1_20230922.jpg", "null")
            + ","
            + entry("AK", "NG/AK/S0009/usb_0009_NG_AK_C1_20230922.jpg", "null"),
        "");
    Path lists = root.resolve("realiad_jsons_fuiad_0.1");
    refused("usb.json, train[1]: trains with an anomalous image", () -> RealIadLayout.read(lists));
    refused("realiad_jsons_fuiad_0.0", () -> RealIadLayout.read(lists));
  }

  @Test
  void pathsStartFromThePrefixWhateverTheListIsCalled() throws IOException {
    Path file = root.resolve("realiad_jsons/realiad_jsons/usb.json");
    Files.move(file, file.resolveSibling("usb_small.json"));
    InspectionDataset dataset = RealIadLayout.read(root);
    assertEquals(List.of("usb_small"), dataset.categoryNames());
    assertEquals(4, dataset.test().size());
    assertTrue(
        ImageFiles.slashed(dataset.train().get(0).image()).contains("realiad_1024/usb/OK/S0001"));
  }

  /** The images were moved, or are those of a set that somebody has made. */
  @ParameterizedTest
  @ValueSource(strings = {"plug/", "./", ""})
  void wherePrefixAndFolderDifferTheFolderThatHasTheImagesIsTaken(String prefix)
      throws IOException {
    Path file = root.resolve("realiad_jsons/realiad_jsons/usb.json");
    Files.writeString(file, Files.readString(file).replace("\"usb/\"", "\"" + prefix + "\""));
    assertEquals(4, RealIadLayout.read(root).test().size());
  }

  @Test
  void aTestThatHasTrainingImagesIsTold() throws IOException {
    Path file = root.resolve("realiad_jsons/realiad_jsons/usb.json");
    String both = entry("OK", "OK/S0001/usb_0001_OK_C1_20230922.jpg", "null");
    Files.writeString(
        file, Files.readString(file).replace("\"test\": [", "\"test\": [" + both + ","));
    String notes = RealIadLayout.read(root).remarks().notes().toString();
    assertTrue(notes.contains("usb.json tests with 1 of its training images ("), notes);
    assertTrue(notes.contains("usb/OK/S0001/usb_0001_OK_C1_20230922.jpg"), notes);
  }

  @Test
  void imagesThatAreNotThereAreToldAndTheOthersRead() throws IOException {
    Path gone = root.resolve("realiad_1024/usb/OK/S0002/usb_0002_OK_C1_20230922.jpg");
    Files.delete(gone);
    Files.delete(root.resolve("realiad_1024/usb/NG/AK/S0009/usb_0009_NG_AK_C2_20230922.png"));
    InspectionDataset dataset = RealIadLayout.read(root);
    assertEquals(3, dataset.test().size());
    String faults = dataset.remarks().faults().toString();
    assertTrue(faults.contains("names 1 image that is not there (" + gone + ")"), faults);
    assertTrue(faults.contains("names 1 mask that is not there"), faults);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "\"train\";\"training\";has no list 'train'",
        "\"image_path\";\"image\";train[0]: has no image_path",
        "\"OK/S0001;\"../S0001;is not a path below the category",
        "\"OK/S0001;\"/S0001;is not a path below the category",
        "C2_2023;C1_2023;train[1]: repeats OK",
        "\"anomaly_class\": \"OK\";\"anomaly_class\": 7;its anomaly_class is no text",
        "\"normal_class\": \"OK\";\"normal_class\": \"GOOD\";trains with an anomalous image",
        "\"prefix\": \"usb/\";\"prefix\": \"/usb/\";'/usb/' is not a path below the folder of the images",
        "\"prefix\": \"usb/\";\"prefix\": \"../usb\";is not a path below the folder of the images",
        "\"prefix\": \"usb/\";\"prefix\": 7;its prefix is no text",
        "\"prefix\": \"usb/\";\"normal_class\": \"OK\";is not JSON",
        "OK/S0002/;OK/\\u0000/;is not a path below the category",
        "\"OK/S0002;\"OK/S0001/../S0002;is not a path below the category",
        "\"mask_path\": \"NG;\"mask_path\": \"/NG;is not a path below the category",
        "\"train\": [;\"train\": [[],;train[0]: has no image_path",
        "\"train\": [;\"train\": [\"OK\",;train[0]: has no image_path",
        "\"test\": [;\"test\": {\"of\": [;is not JSON",
        "[{;[;is not JSON",
        "S000;S777;names no image that is there"
      })
  void aListThatIsAtFaultIsRefusedByNameAndPlace(String from, String to, String message)
      throws IOException {
    Path file = root.resolve("realiad_jsons/realiad_jsons/usb.json");
    Files.writeString(file, Files.readString(file).replace(from, to));
    refused(message, () -> RealIadLayout.read(root));
    refused("usb.json", () -> RealIadLayout.read(root));
  }

  @Test
  void aListThatIsNestedWithoutEndIsRefused() throws IOException {
    Path file = root.resolve("realiad_jsons/realiad_jsons/usb.json");
    Files.writeString(file, "{\"meta\": " + "[".repeat(1_000_000));
    refused("is not JSON", () -> RealIadLayout.read(root));
  }

  @Test
  void aFolderWithoutListsIsRefused() {
    refused("holds no lists of Real-IAD", () -> RealIadLayout.read(root.resolve("realiad_256")));
  }

  @Test
  void whateverAListHoldsItIsReadOrRefused() throws IOException {
    Path file = root.resolve("realiad_jsons/realiad_jsons/usb.json");
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(19);
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      Files.write(file, Mutations.of(whole, random));
      try {
        assertEquals(1, RealIadLayout.read(root).categories().size());
      } catch (InputException e) {
        assertTrue(e.getMessage().lines().count() == 1, e::getMessage);
        refused++;
      }
    }
    assertTrue(refused > MUTATIONS / 2, "most mutations do harm");
    Files.write(file, "{}".getBytes(StandardCharsets.UTF_8));
    refused("has no list 'train'", () -> RealIadLayout.read(root));
  }

  private static void refused(String message, org.junit.jupiter.api.function.Executable read) {
    String told = assertThrows(InputException.class, read).getMessage();
    assertTrue(told.contains(message), told);
  }
}
