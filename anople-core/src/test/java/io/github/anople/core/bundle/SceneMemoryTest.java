package io.github.anople.core.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.SceneLimits;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.core.tensorfile.SafetensorsFile;
import io.github.anople.core.tensorfile.TensorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SceneMemoryTest {

  private static final SceneLimits LIMITS =
      SceneLimits.ofShots(
          new SceneLimits.Reach(0.1f, 0.1f),
          SceneLimits.Reach.NONE,
          new SceneLimits.Reach(0.3f, 0.4f));

  private static final SceneMemory SCENE =
      new SceneMemory(
          new FloatTensor(List.of(1L, 2L, 2L), new float[] {1, 0, 0.5f, -0.5f}),
          new FloatTensor(List.of(1L, 2L), new float[] {4.25f, 1e-3f}),
          LIMITS);

  @TempDir Path folder;

  private static DetectorBundle bundle() {
    Provenance provenance =
        new Provenance(
            "1",
            new Provenance.Backbone("tiny", "0".repeat(64)),
            "parts",
            List.of("nut"),
            List.of(new Provenance.Shot("nut/a.png", "1".repeat(64))),
            0,
            "fp32",
            new Provenance.Platform("17", "Linux", "2"));
    return new DetectorBundle("{}", provenance, Map.of(), Map.of("trunk", new byte[] {1}))
        .withScene(Optional.of(SCENE));
  }

  @Test
  void aDetectorKeepsItsSceneCheck() throws IOException {
    Path file = folder.resolve("nut.anople");
    bundle().write(file);
    DetectorBundle read = DetectorBundle.read(file);
    SceneMemory scene = read.scene().orElseThrow();
    assertEquals(LIMITS, scene.limits());
    assertEquals(SCENE.patches().shape(), scene.patches().shape());
    assertArrayEquals(SCENE.patches().values(), scene.patches().values());
    assertArrayEquals(SCENE.statistics().values(), scene.statistics().values());
    Path again = folder.resolve("again.anople");
    read.write(again);
    assertEquals(-1, Files.mismatch(file, again));
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      assertEquals("2.1", tensors.metadata().get("format_version"));
    }
  }

  @Test
  void aCalibrationFromBeforeTheCheckHasTheLimitsOfTheShots() {
    Calibration old =
        new Calibration(Calibration.Kind.ESTIMATE, 0.1f, 0.2f, 0.1f, 0.01, 1, Optional.empty());
    DetectorBundle bundle = bundle().withCalibration(Optional.of(old));
    assertEquals(Optional.of(LIMITS), bundle.decided().orElseThrow().scene());
    Calibration own = old.withScene(Optional.of(LIMITS.from(List.of())));
    assertEquals(Optional.of(own), bundle.withCalibration(Optional.of(own)).decided());
    assertTrue(bundle.withScene(Optional.empty()).calibration().isEmpty(), "its verdicts change");
  }

  @Test
  void partsThatDoNotBelongTogetherAreRefused() {
    refused(Map.of(), List.of("scene"));
    refused(Map.of("scene.patches", List.of(1L, 4L)), List.of());
    refused(Map.of("scene.statistics", List.of(2L)), List.of());
    refused(Map.of("scene.more", List.of(2L)), List.of());
    InputException limits = refused(Map.of("metadata", List.of()), List.of());
    assertTrue(limits.getMessage().contains("scene"), limits.getMessage());
  }

  /** Reads a file in which some tensors have another shape and some entries are missing. */
  private InputException refused(Map<String, List<Long>> shapes, List<String> without) {
    Path file = folder.resolve("bad.anople");
    bundle().write(file);
    try (SafetensorsFile whole = SafetensorsFile.open(file)) {
      Map<String, String> metadata = new LinkedHashMap<>(whole.metadata());
      without.forEach(metadata::remove);
      if (shapes.containsKey("metadata")) {
        metadata.put("scene", metadata.get("scene").replaceFirst("\"dark\":[^,]*", "\"dark\":NaN"));
      }
      List<TensorSource> tensors = new ArrayList<>();
      for (String name : List.of("scene.patches", "scene.statistics", "scene.more")) {
        if (shapes.containsKey(name) || whole.contains(name)) {
          List<Long> shape = shapes.containsKey(name) ? shapes.get(name) : whole.info(name).shape();
          int size = Math.toIntExact(shape.stream().reduce(1L, (a, b) -> a * b));
          tensors.add(TensorSource.of(name, shape, new float[size]));
        }
      }
      SafetensorsFile.write(folder.resolve("worse.anople"), metadata, tensors);
    }
    return assertThrows(
        InputException.class, () -> DetectorBundle.read(folder.resolve("worse.anople")));
  }
}
