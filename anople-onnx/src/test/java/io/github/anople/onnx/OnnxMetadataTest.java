package io.github.anople.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.bundle.GoldenImage;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.Uncertain;
import io.github.anople.core.detect.Tiling;
import io.github.anople.core.drift.DriftReference;
import io.github.anople.core.drift.Look;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.FilledRegion;
import io.github.anople.onnx.OnnxMetadata.Thresholds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OnnxMetadataTest {

  private static final String SHA = "0123456789abcdef".repeat(4);

  private static final Calibration CALIBRATION =
      new Calibration(
          Calibration.Kind.CONFORMAL, 0.25f, 0.125f, 0.01f, 0.05, 19, Optional.of(0.05));

  private final OnnxMetadata metadata =
      new OnnxMetadata(
          "fp32",
          240,
          Thresholds.of(CALIBRATION),
          new Provenance(
              "1.0",
              new Provenance.Backbone("ViT", SHA),
              "parts",
              List.of("bolt, \"left\"", "nüt \uD83D\uDD29"),
              List.of(new Provenance.Shot("a.png", SHA)),
              7,
              "fp32",
              new Provenance.Platform("17", "Linux", "2.10")),
          "1.1",
          Optional.of(new GoldenImage(new byte[] {1, 2, 3}, 0.0625)));

  @Test
  void howManyBitsACameraUsesIsSaidInWordsToo() {
    Provenance known = metadata.provenance();
    OnnxMetadata twelve =
        new OnnxMetadata(
            "fp32",
            240,
            metadata.thresholds(),
            new Provenance(
                known.anopleVersion(),
                known.backbone(),
                known.dataset(),
                known.classNames(),
                known.shots(),
                known.seed(),
                known.precision(),
                known.platform(),
                List.of(),
                OptionalInt.of(12)),
            "1.1",
            Optional.empty());
    Map<String, String> said = twelve.toProperties();
    assertTrue(said.get("anople.preprocessing").contains("v >> 4"), said::toString);
    assertFalse(metadata.toProperties().get("anople.preprocessing").contains(">>"));
    assertEquals(OptionalInt.of(12), OnnxMetadata.of(said, "x.onnx").provenance().bitDepth());
  }

  @Test
  void whatIsWrittenIsRead() {
    OnnxMetadata read = OnnxMetadata.of(metadata.toProperties(), "x.onnx");
    assertEquals(metadata.precision(), read.precision());
    assertEquals(metadata.imageSize(), read.imageSize());
    assertEquals(metadata.thresholds(), read.thresholds());
    assertEquals(metadata.provenance(), read.provenance());
    assertEquals(metadata.exporter(), read.exporter());
    assertEquals(0.0625, read.golden().orElseThrow().score());
    assertArrayEquals(new byte[] {1, 2, 3}, read.golden().orElseThrow().png());
    assertEquals(
        "[\"bolt, \\\"left\\\"\",\"n\\u00fct \\ud83d\\udd29\"]",
        metadata.toProperties().get("anople.classes"));
    for (String value : metadata.toProperties().values()) {
      assertTrue(value.chars().allMatch(c -> c < 0x7f), value); // all that the runtime hands back
    }
  }

  @Test
  void sizesBesidesTheBackbonesAreKeptAndCheckedAndOtherwiseNotMentioned() {
    assertEquals(List.of(), OnnxMetadata.of(metadata.toProperties(), "x.onnx").furtherSizes());
    assertFalse(metadata.toProperties().containsKey("anople.further_image_sizes"));
    OnnxMetadata larger = with(List.of(448, 518), Optional.empty(), Optional.empty());
    Map<String, String> properties = new LinkedHashMap<>(larger.toProperties());
    assertEquals(List.of(448, 518), OnnxMetadata.of(properties, "x.onnx").furtherSizes());
    for (String wrong : List.of("", "448,", "0", "-448", "448.5", "1e9", "x")) {
      properties.put("anople.further_image_sizes", wrong);
      assertFault(properties, "further_image_sizes");
    }
  }

  @Test
  void howGoodPicturesLookIsKeptAndCheckedAndOtherwiseNotMentioned() {
    assertFalse(metadata.toProperties().containsKey("anople.drift"));
    Look look = Look.of(RgbImage.of(2, 1, new byte[] {1, 2, 3, 40, 50, 60}));
    DriftReference reference = DriftReference.of(List.of(new DriftReference.Seen(0.25f, look)));
    OnnxMetadata known = metadata.withDrift(Optional.of(reference));
    Map<String, String> properties = new LinkedHashMap<>(known.toProperties());
    assertEquals(Optional.of(reference), OnnxMetadata.of(properties, "x.onnx").drift());
    assertEquals(Optional.of(reference), known.with(Thresholds.NONE).drift());
    for (String wrong : List.of("", "{}", "{\"scores\":[1]}", "null")) {
      properties.put("anople.drift", wrong);
      assertFault(properties, "drift");
    }
  }

  @Test
  void aRegionIsKeptAndOlderProgramsRefuseItsGraph() {
    FilledRegion region =
        FilledRegion.fromJson("{\"ignore\":[[[0,0],[0.5,0],[0.5,0.5]]],\"fill\":[1,2,3]}", "here");
    OnnxMetadata with = with(List.of(), Optional.of(region), Optional.empty());
    Map<String, String> properties = new LinkedHashMap<>(with.toProperties());
    assertEquals("anople-onnx 2", properties.get("anople.format"));
    assertEquals("anople-onnx 1", metadata.toProperties().get("anople.format"));
    assertEquals(Optional.of(region), OnnxMetadata.of(properties, "x.onnx").region());
    assertEquals(Optional.of(region), with.with(Thresholds.NONE).region());
    properties.put("anople.format", "anople-onnx 1");
    assertFault(properties, "region");
    properties.put("anople.format", "anople-onnx 2");
    properties.put("anople.region", "{\"ignore\":[]}");
    assertFault(properties, "region");
    properties.remove("anople.region");
    assertFault(properties, "region");
  }

  @Test
  void thresholdsThatSomebodyChoseHaveNoCalibration() {
    Map<String, String> properties = new LinkedHashMap<>(metadata.toProperties());
    properties.remove("anople.calibration");
    assertEquals(
        Thresholds.chosen(0.25f, 0.125f), OnnxMetadata.of(properties, "x.onnx").thresholds());
    properties.put("anople.image_threshold", "1.5");
    assertFault(properties, "image_threshold");
    properties.putAll(metadata.toProperties());
    properties.put("anople.image_threshold", "0.2");
    assertFault(properties, "calibration");
  }

  @Test
  void ofTwoThresholdsTheLowerIsKeptAndCheckedAndOtherwiseNotMentioned() {
    assertFalse(metadata.toProperties().containsKey("anople.uncertain_threshold"));
    Thresholds chosen = Thresholds.chosen(0.25f, 0.125f, Optional.of(0.1875f));
    Map<String, String> properties = new LinkedHashMap<>(metadata.with(chosen).toProperties());
    assertEquals("0.1875", properties.get("anople.uncertain_threshold"));
    assertEquals(chosen, OnnxMetadata.of(properties, "x.onnx").thresholds());
    for (String wrong : List.of("", "0.26", "-0.1", "NaN", "high")) {
      properties.put("anople.uncertain_threshold", wrong);
      assertFault(properties, "uncertain_threshold");
    }
    Calibration two =
        new Calibration(Calibration.Kind.ESTIMATE, 0.25f, 0.125f, 0.1f, 0.01, 2, Optional.empty())
            .withUncertain(
                Optional.of(new Uncertain(0.1875f, Optional.of(0.05), Optional.empty())));
    properties.putAll(metadata.with(Thresholds.of(two)).toProperties());
    assertEquals(Thresholds.of(two), OnnxMetadata.of(properties, "x.onnx").thresholds());
    properties.put("anople.uncertain_threshold", "0.125");
    assertFault(properties, "calibration");
    properties.remove("anople.uncertain_threshold");
    assertFault(properties, "calibration");
  }

  @Test
  void everyMissingEntryIsNamed() {
    for (String key : metadata.toProperties().keySet()) {
      if (Set.of("anople.classes", "anople.preprocessing", "anople.calibration").contains(key)) {
        continue; // for people: the provenance and the program know them; the last one may lack
      }
      Map<String, String> properties = new LinkedHashMap<>(metadata.toProperties());
      properties.remove(key);
      if (key.equals("anople.golden_image")) {
        assertTrue(OnnxMetadata.of(properties, "x.onnx").golden().isEmpty());
      } else {
        assertFault(properties, key);
      }
    }
  }

  @Test
  void nonsenseIsNamed() {
    Map<String, String> nonsense =
        Map.of(
            "anople.format", "anople-onnx 9",
            "anople.image_size", "-1",
            "anople.image_threshold", "NaN",
            "anople.pixel_threshold", "high",
            "anople.provenance", "{}",
            "anople.golden_score", "",
            "anople.golden_image", "?");
    nonsense.forEach(
        (key, value) -> {
          Map<String, String> properties = new LinkedHashMap<>(metadata.toProperties());
          properties.put(key, value);
          assertFault(properties, key.equals("anople.format") ? "anople-onnx 9" : key.substring(7));
        });
  }

  private static void assertFault(Map<String, String> properties, String part) {
    String message = ExportedWasher.refusal(() -> OnnxMetadata.of(properties, "x.onnx"));
    assertTrue(message.startsWith("x.onnx") && message.contains(part), message);
  }

  @Test
  void tilesAreKeptWithOrWithoutARegionAndOlderProgramsRefuseTheirGraph() {
    Tiling tiles = new Tiling(3, 2, 0, 0.25, true);
    FilledRegion region =
        FilledRegion.fromJson("{\"ignore\":[[[0,0],[0.5,0],[0.5,0.5]]],\"fill\":[1,2,3]}", "here");
    for (Optional<FilledRegion> counted :
        List.of(Optional.<FilledRegion>empty(), Optional.of(region))) {
      OnnxMetadata with = with(List.of(), counted, Optional.of(tiles));
      Map<String, String> properties = new LinkedHashMap<>(with.toProperties());
      assertEquals("anople-onnx 2", properties.get("anople.format"));
      OnnxMetadata read = OnnxMetadata.of(properties, "x.onnx");
      assertEquals(Optional.of(tiles), read.tiles());
      assertEquals(counted, read.region());
      assertEquals(Optional.of(tiles), with.with(Thresholds.NONE).tiles());
      for (String wrong :
          List.of(
              "",
              "null",
              "{}",
              "[3, 2]",
              "{\"columns\":0,\"rows\":2,\"size\":0,\"overlap\":0.25,\"by_place\":true}")) {
        properties.put("anople.tiles", wrong);
        assertFault(properties, "tiles");
      }
      properties.put("anople.tiles", with.toProperties().get("anople.tiles"));
      properties.put("anople.format", "anople-onnx 1");
      properties.remove("anople.region");
      assertFault(properties, "tiles");
    }
  }

  /** The test's metadata with what only some graphs have. */
  private OnnxMetadata with(
      List<Integer> furtherSizes, Optional<FilledRegion> region, Optional<Tiling> tiles) {
    return new OnnxMetadata(
        metadata.precision(),
        metadata.imageSize(),
        metadata.thresholds(),
        metadata.provenance(),
        metadata.exporter(),
        metadata.golden(),
        furtherSizes,
        Optional.empty(),
        region,
        Optional.empty(),
        tiles);
  }
}
