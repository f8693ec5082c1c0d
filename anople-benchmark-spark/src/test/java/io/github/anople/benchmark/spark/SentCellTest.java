package io.github.anople.benchmark.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.benchmark.Cell;
import io.github.anople.benchmark.FittedOn;
import io.github.anople.benchmark.GridData;
import io.github.anople.benchmark.Method;
import io.github.anople.benchmark.Variant;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cell on its way to an executor. */
class SentCellTest {

  /** What is learned from is not what is tested on. */
  @Test
  void aCellThatLeavesOneOutArrivesWhole() {
    GridData data =
        new GridData("parts", GridData.Layout.MVTEC, Path.of("/data/parts"), List.of("a", "b"));
    Variant variant = new Variant("left out", Method.ANOPLE, FittedOn.OTHERS, "{}");
    Cell cell = new Cell(data, variant, List.of("b", "c"), List.of("a"), 2, 7);

    Cell arrived = SentCell.of(cell).toCell();

    assertEquals(cell.fitted(), arrived.fitted());
    assertEquals(cell.categories(), arrived.categories());
    assertEquals(cell.variant(), arrived.variant());
    assertEquals(cell.folder(), arrived.folder());
    assertEquals(data.root(), arrived.data().root());
    assertEquals(cell.shots(), arrived.shots());
    assertEquals(cell.seed(), arrived.seed());
  }
}
