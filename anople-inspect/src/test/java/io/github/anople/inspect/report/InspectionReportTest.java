package io.github.anople.inspect.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.anople.inspect.report.InspectionReport.Background;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class InspectionReportTest {

  private static final OptionalDouble NO = OptionalDouble.empty();

  @Test
  void aNumberThatIsNoNumberIsRefusedRatherThanShown() {
    for (double wrong : new double[] {Double.NaN, -0.01, 1.01, Double.POSITIVE_INFINITY}) {
      OptionalDouble number = OptionalDouble.of(wrong);
      assertThrows(
          IllegalArgumentException.class,
          () -> new KeyNumbers(NO, NO, NO, NO, NO, NO, number, NO, NO));
      assertThrows(
          IllegalArgumentException.class,
          () -> new DefectRow("scratch", 3, NO, number, NO, OptionalInt.empty()));
    }
  }

  @Test
  void moreCannotBeMissedThanThereAre() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new DefectRow("scratch", 3, NO, NO, NO, OptionalInt.of(4)));
  }

  @Test
  void aThresholdHasAnOriginAndNoneHasNone() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new ReportThreshold(NO, ReportThreshold.Origin.CALIBRATED, "from 20 good images"));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ReportThreshold(OptionalDouble.of(0.2), ReportThreshold.Origin.NONE, ""));
    assertEquals(NO, ReportThreshold.none("not calibrated").value());
  }

  @Test
  void bytesOfAnotherFormatAreNoThumbnail() {
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 7};
    assertArrayEquals(png, new Thumbnail(Thumbnail.Format.PNG, 8, 8, png).bytes());
    assertThrows(
        IllegalArgumentException.class, () -> new Thumbnail(Thumbnail.Format.JPEG, 8, 8, png));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Thumbnail(Thumbnail.Format.PNG, Thumbnail.LONGEST_SIDE + 1, 8, png));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Thumbnail(Thumbnail.Format.PNG, 8, 8, new byte[] {(byte) 0x89, 'P'}));
  }

  @Test
  void aThumbnailsBytesCannotBeChangedFromOutside() {
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 7};
    Thumbnail thumbnail = new Thumbnail(Thumbnail.Format.PNG, 8, 8, png);
    png[6] = 0;
    thumbnail.bytes()[6] = 1;
    assertEquals(7, thumbnail.bytes()[6]);
  }

  @Test
  void settingsKeepTheirOrder() {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String name : List.of("shots", "epochs", "seed", "views", "width")) {
      settings.put(name, "1");
    }
    Background background = new Background(settings, Map.of(), Map.of(), List.of());
    assertEquals(List.copyOf(settings.keySet()), List.copyOf(background.configuration().keySet()));
  }

  @Test
  void aCalibratedScaleEndsAtTwiceTheThreshold() {
    assertEquals(new ColourScale(0.05f, 0.4f), ColourScale.calibrated(0.05f, 0.2f));
    assertThrows(IllegalArgumentException.class, () -> ColourScale.calibrated(0.3f, 0.2f));
    assertThrows(IllegalArgumentException.class, () -> ColourScale.calibrated(0, 0));
    assertThrows(IllegalArgumentException.class, () -> ColourScale.calibrated(Float.NaN, 1));
  }
}
