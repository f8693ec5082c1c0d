package io.github.anople.inspect.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What others made of MVTec AD's folders, and layouts that are found by what is there. */
class DataLayoutTest {

  @TempDir Path root;

  @ParameterizedTest
  @EnumSource(DataLayout.class)
  void aLayoutIsFoundByItsName(DataLayout layout) {
    assertEquals(Optional.of(layout), DataLayout.of(layout.id()));
    assertTrue(DataLayout.IDS.contains(layout.id()));
  }

  @ParameterizedTest
  @EnumSource(DataLayout.class)
  void onlyRealIadShowsPartsInSeveralViews(DataLayout layout) {
    assertEquals(layout == DataLayout.REAL_IAD, layout.parts().isPresent());
  }

  @Test
  void namesAreWrittenWithHyphens() {
    assertEquals("mvtec|loco|mvtec-ad2|btad|visa|real-iad|lookout", DataLayout.IDS);
    assertEquals(Optional.empty(), DataLayout.of("folder"));
  }

  @Test
  void ofLocoAllMasksOfAnImageAreItsMask() {
    Tree.file(root, "box/train/good/000.png");
    Tree.file(root, "box/validation/good/000.png");
    Tree.file(root, "box/test/good/000.png");
    Tree.file(root, "box/test/logical_anomalies/000.png");
    Path structural = Tree.file(root, "box/test/structural_anomalies/000.png");
    Path first = Tree.file(root, "box/ground_truth/structural_anomalies/000/000.png");
    Path second = Tree.file(root, "box/ground_truth/structural_anomalies/000/001.png");
    Path logical = Tree.file(root, "box/ground_truth/logical_anomalies/000/000.png");
    InspectionDataset.Category box = found().category("box");
    assertEquals(
        List.of("good", "logical_anomalies", "structural_anomalies"),
        box.test().stream().map(Sample::defectType).toList());
    assertEquals(List.of(logical), box.test().get(1).maskFiles());
    assertEquals(structural, box.test().get(2).image());
    assertEquals(List.of(first, second), box.test().get(2).maskFiles());
    assertEquals(List.of(), box.test().get(0).maskFiles());
    assertEquals(1, box.remarks().notes().size());
    assertTrue(
        box.remarks()
            .notes()
            .get(0)
            .endsWith("validation is left out: 1 further images, to calibrate with"),
        box.remarks()::toString);
  }

  @Test
  void ofMvtecAd2ThePublicTestIsRead() {
    Tree.file(root, "can/train/good/000_regular.png");
    Tree.file(root, "can/test_public/good/000_regular.png");
    Tree.file(root, "can/test_public/bad/000_regular.png");
    Path mask = Tree.file(root, "can/test_public/ground_truth/bad/000_regular_mask.png");
    Tree.file(root, "can/test_private/000_regular.png");
    Tree.file(root, "can/test_private_mixed/000_mixed.png");
    Tree.file(root, "can/validation/good/000_regular.png");
    InspectionDataset.Category can = found().category("can");
    assertEquals(List.of("bad", "good"), can.test().stream().map(Sample::defectType).toList());
    assertEquals(Optional.of(mask), can.test().get(0).mask());
    String notes = String.join("|", can.remarks().notes());
    assertTrue(notes.contains("test_private is left out: it has no labels"), notes);
    assertTrue(notes.contains("test_private_mixed is left out"), notes);
    assertTrue(notes.contains("validation is left out"), notes);
    assertEquals(3, can.remarks().notes().size(), notes);
  }

  @Test
  void ofBtadOkIsGoodAndMasksHaveAnyExtension() {
    Tree.file(root, "01/train/ok/0000.bmp");
    Tree.file(root, "01/test/ok/0000.bmp");
    Tree.file(root, "01/test/ko/0000.bmp");
    Path mask = Tree.file(root, "01/ground_truth/ko/0000.png");
    InspectionDataset.Category one = found().category("01");
    assertEquals(1, one.train().size());
    assertEquals(
        List.of(Label.ANOMALOUS, Label.NORMAL), one.test().stream().map(Sample::label).toList());
    assertEquals(List.of("ko", "good"), one.test().stream().map(Sample::defectType).toList());
    assertEquals(Optional.of(mask), one.test().get(0).mask());
    assertEquals(Remarks.NONE, one.remarks());
  }

  @Test
  void everyLayoutIsFoundByWhatIsThere() {
    assertEquals(DataLayout.MVTEC, DataLayout.find(root));
    assertEquals(DataLayout.MVTEC, DataLayout.find(root.resolve("none")));
    Tree.file(root, "visa/split_csv/1cls.csv");
    Tree.file(root, "raw/candle/Data/Images/Normal/0.JPG");
    Tree.file(root, "real/realiad_jsons/realiad_jsons/usb.json");
    Tree.file(root, "real/realiad_jsons_sv/usb.json");
    Path manifest = Tree.file(root, "lookout/train.manifest");
    assertEquals(DataLayout.VISA, DataLayout.find(root.resolve("visa")));
    assertEquals(DataLayout.VISA, DataLayout.find(root.resolve("raw")));
    assertEquals(DataLayout.REAL_IAD, DataLayout.find(root.resolve("real")));
    assertEquals(DataLayout.REAL_IAD, DataLayout.find(root.resolve("real/realiad_jsons_sv")));
    assertEquals(DataLayout.LOOKOUT, DataLayout.find(root.resolve("lookout")));
    assertEquals(DataLayout.LOOKOUT, DataLayout.find(manifest));
  }

  private InspectionDataset found() {
    return DataLayout.find(root).read(root, List.of());
  }
}
