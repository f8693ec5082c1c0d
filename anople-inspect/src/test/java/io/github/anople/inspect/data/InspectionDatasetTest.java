package io.github.anople.inspect.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.anople.core.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InspectionDatasetTest {

  private static final Sample BAD =
      new Sample(Path.of("1.png"), Optional.empty(), Label.ANOMALOUS, "nut", "bent");

  @Test
  void trainingTakesNormalImagesOfItsOwnCategoryOnly() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new InspectionDataset.Category("nut", List.of(BAD), List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new InspectionDataset.Category("screw", List.of(), List.of(BAD)));
    assertEquals(
        List.of(BAD), new InspectionDataset.Category("nut", List.of(), List.of(BAD)).test());
  }

  @Test
  void onlyAnAnomalousImageHasAMask() {
    for (Label label : List.of(Label.NORMAL, Label.UNKNOWN)) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new Sample(Path.of("1.png"), Optional.of(Path.of("m.png")), label, "nut", "good"));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new Sample(Path.of("1.png"), Optional.empty(), Label.NORMAL, " ", "good"));
  }

  @Test
  void aDataSetNamesItsCategoriesOnce() {
    InspectionDataset.Category nut = Tree.category("nut", 1);
    assertThrows(
        IllegalArgumentException.class, () -> new InspectionDataset("x", List.of(nut, nut)));
    assertThrows(IllegalArgumentException.class, () -> new InspectionDataset("x", List.of()));
    assertThrows(IllegalArgumentException.class, () -> new InspectionDataset("", List.of(nut)));
    InspectionDataset dataset = new InspectionDataset("x", List.of(nut));
    assertEquals(
        "data set x: has no category 'bolt'; choose from nut",
        assertThrows(InputException.class, () -> dataset.category("bolt")).getMessage());
  }
}
