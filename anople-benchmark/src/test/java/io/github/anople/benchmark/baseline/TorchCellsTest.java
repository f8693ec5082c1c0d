package io.github.anople.benchmark.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.benchmark.Cell;
import io.github.anople.benchmark.CellResult;
import io.github.anople.benchmark.FittedOn;
import io.github.anople.benchmark.GridData;
import io.github.anople.benchmark.Method;
import io.github.anople.benchmark.Variant;
import io.github.anople.core.InputException;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.image.ImageReader;
import io.github.anople.inspect.metric.Metric;
import io.github.anople.inspect.metric.MetricTable;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchCellsTest {

  @TempDir private static Path folder;

  private static LoadedBackbone backbone;
  private static GridData data;

  @BeforeAll
  static void open() {
    backbone = TinyTraining.backbone();
    for (String category : List.of("nut", "bolt")) {
      Path one = folder.resolve("set").resolve(category);
      SyntheticParts.writeGood(one.resolve("train/good"), 2);
      SyntheticParts.writeGood(one.resolve("test/good"), 2);
      SyntheticParts.write(one.resolve("test/bent/000.png"), SyntheticParts.scratched(1));
    }
    data = new GridData("parts", GridData.Layout.MVTEC, folder.resolve("set"), List.of());
  }

  @AfterAll
  static void close() {
    backbone.close();
  }

  private static Cell cell(Variant variant, int shots) {
    List<String> categories =
        (variant.fittedOn() == FittedOn.ALL) ? List.of("nut", "bolt") : List.of("nut");
    return new Cell(data, variant, categories, shots, 3);
  }

  private static Variant anople(String settings) {
    return new Variant("mine", Method.ANOPLE, FittedOn.ALL, settings);
  }

  @Test
  void oneDetectorForAllCategoriesIsTestedOnEach() throws Exception {
    Path own = Files.createDirectories(folder.resolve("together"));

    CellResult result =
        new TorchCells(backbone).run(cell(anople("{\"epochs\": 1}"), 1), own).result();

    assertEquals(
        List.of("nut", "bolt"),
        result.categories().stream().map(CellResult.Measured::category).toList());
    for (CellResult.Measured measured : result.categories()) {
      assertEquals(2, measured.good());
      assertEquals(1, measured.defective());
      assertTrue(measured.metrics().get(Metric.IMAGE_AUROC).isPresent());
      assertTrue(measured.metrics().get(Metric.PIXEL_AUROC).isEmpty(), "there are no masks");
    }
    assertTrue(result.notes().toString().contains("no masks"), result.notes()::toString);
    assertTrue(Files.exists(own.resolve("scores.csv")));
    assertFalse(Files.exists(own.resolve("training.checkpoint")));
  }

  @Test
  void thresholdsAreMeasuredWhereTheyAreAskedFor() throws Exception {
    Path own = Files.createDirectories(folder.resolve("thresholds"));
    TorchCells cells = new TorchCells(backbone, OptionalDouble.of(0.5), new ImageReader());

    CellResult trained = cells.run(cell(anople("{\"epochs\": 1}"), 1), own).result();
    CellResult remembered = cells.run(cell(Variant.of(Method.MEMORY), 1), own).result();

    // A category has two good pictures to train on: one is a shot, one is left to calibrate with.
    assertEquals(
        List.of("nut conformal", "nut estimate", "bolt conformal", "bolt estimate"),
        origins(trained));
    assertEquals(List.of("nut conformal"), origins(remembered), "without training no estimate");
    assertEquals(trained.toJson(), CellResult.fromJson(trained.toJson()).toJson());
    assertEquals(remembered, CellResult.fromJson(remembered.toJson()));
    assertThrows(IllegalArgumentException.class, () -> CellResult.fromJson("{}"));
    assertEquals(2, trained.thresholds().get(0).quality().normal());
    assertEquals(1, trained.thresholds().get(0).quality().anomalous());
    assertEquals(1, trained.thresholds().get(0).quality().calibration().images());
    assertNotEquals(
        cells.configuration(cell(anople("{}"), 1)),
        new TorchCells(backbone).configuration(cell(anople("{}"), 1)));
  }

  private static List<String> origins(CellResult result) {
    return result.thresholds().stream()
        .map(one -> one.category() + " " + one.quality().calibration().kind().id())
        .toList();
  }

  @Test
  void viewsOfOnePartGiveItItsLargestScore() throws Exception {
    GridData views = partsInTwoViews(folder.resolve("iad"));
    TorchCells cells = new TorchCells(backbone);
    Variant memory = Variant.of(Method.MEMORY);
    Path both = Files.createDirectories(folder.resolve("both"));
    Path one = Files.createDirectories(folder.resolve("one"));

    CellResult result = cells.run(new Cell(views, memory, List.of("nut"), 1, 3), both).result();
    CellResult ofOneView =
        cells.run(new Cell(views, memory, List.of("nut_C1"), 1, 3), one).result();

    MetricTable metrics = result.categories().get(0).metrics();
    assertEquals(5, result.categories().get(0).good(), "images, not parts");
    assertEquals(
        aurocOfParts(both.resolve(TorchCells.SCORES)),
        metrics.get(Metric.PART_AUROC).orElseThrow());
    assertEquals(result, CellResult.fromJson(result.toJson()));
    MetricTable single = ofOneView.categories().get(0).metrics();
    assertTrue(single.get(Metric.IMAGE_AUROC).isPresent());
    assertTrue(single.get(Metric.PART_AUROC).isEmpty(), "a part has one view there");
  }

  /** A shot, two good parts, and one whose defect the first view alone shows; each in two views. */
  private static GridData partsInTwoViews(Path root) throws IOException {
    StringBuilder train = new StringBuilder();
    StringBuilder test = new StringBuilder();
    for (int view = 1; view <= 2; view++) {
      String comma = view == 1 ? "" : ",";
      train.append(comma).append(view(root, "OK/S0001/nut_0001_OK", view, false));
      test.append(comma).append(view(root, "OK/S0002/nut_0002_OK", view, false));
      test.append(",").append(view(root, "OK/S0003/nut_0003_OK", view, false));
      test.append(",").append(view(root, "NG/HS/S0004/nut__0004_NG_HS", view, view == 1));
    }
    String lists =
        """
        {"meta": {"prefix": "nut/", "normal_class": "OK"}, "train": [%s], "test": [%s]}"""
            .formatted(train, test);
    Path file = Files.createDirectories(root.resolve("realiad_jsons")).resolve("nut.json");
    Files.writeString(file, lists);
    return new GridData("iad", GridData.Layout.REAL_IAD, root, List.of());
  }

  private static String view(Path root, String part, int view, boolean bad) {
    String name = part + "_C" + view + "_2023.png";
    int number = name.hashCode() & 0xff;
    SyntheticParts.write(
        root.resolve("realiad_256/nut").resolve(name),
        bad ? SyntheticParts.scratched(number) : SyntheticParts.good(number));
    return """
        {"anomaly_class": "%s", "image_path": "%s", "mask_path": null}"""
        .formatted(bad ? "HS" : "OK", name);
  }

  /** Counted by hand: the bad part against each good one. */
  private static double aurocOfParts(Path scores) throws IOException {
    Map<String, Double> largest = new TreeMap<>();
    for (String line : Files.readAllLines(scores).stream().skip(1).toList()) {
      List<String> fields = List.of(line.split(",", -1));
      largest.merge(fields.get(fields.size() - 1), Double.valueOf(fields.get(1)), Math::max);
    }
    assertEquals(3, largest.size(), largest::toString);
    double bad =
        largest.entrySet().stream()
            .filter(part -> part.getKey().contains("nut__0004_NG_HS"))
            .mapToDouble(Map.Entry::getValue)
            .sum();
    return largest.values().stream()
                .mapToDouble(score -> bad > score ? 1 : bad == score ? 0.5 : 0)
                .sum()
            / 2
        - 0.25; // It ties with itself.
  }

  @Test
  void withoutShotsWinClipRuns() throws Exception {
    Path own = Files.createDirectories(folder.resolve("zero"));

    CellResult result =
        new TorchCells(backbone).run(cell(Variant.of(Method.WINCLIP), 0), own).result();

    assertEquals(1, result.categories().size());
  }

  @Test
  void whatChangesTheResultChangesTheConfiguration() {
    TorchCells cells = new TorchCells(backbone);
    Cell plain = cell(anople("{}"), 1);

    assertEquals(cells.configuration(plain), cells.configuration(cell(anople("{}"), 1)));
    ImageReader twelve =
        new ImageReader(ImageReader.Options.defaults().withBitDepth(OptionalInt.of(12)));
    assertNotEquals(
        cells.configuration(plain),
        new TorchCells(backbone, OptionalDouble.empty(), twelve).configuration(plain));
    assertNotEquals(
        cells.configuration(plain), cells.configuration(cell(anople("{\"epochs\": 1}"), 1)));
    String text = cells.configuration(plain);
    assertTrue(text.contains(backbone.identity().sha256()), text);
    assertTrue(text.contains("\"seed\":3"), text);
  }

  @Test
  void aSettingThatThereIsNotIsNamedWithItsVariant() {
    TorchCells cells = new TorchCells(backbone);
    List<String> faults =
        List.of("{\"epoch\": 1}", "{\"epochs\": \"many\"}", "{\"epochs\": -1}", "[]", "{");
    for (String settings : faults) {
      Cell cell = cell(anople(settings), 1);

      InputException fault =
          assertThrows(InputException.class, () -> cells.configuration(cell), settings);

      assertEquals(1, fault.getMessage().lines().count());
      assertTrue(
          fault.getMessage().contains("variant mine") || fault.getMessage().contains("epochs"),
          fault.getMessage());
    }
  }
}
