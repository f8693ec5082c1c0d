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
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
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
