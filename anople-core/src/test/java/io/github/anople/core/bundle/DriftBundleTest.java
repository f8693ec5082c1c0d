package io.github.anople.core.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.drift.DriftReference;
import io.github.anople.core.drift.Look;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.tensorfile.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftBundleTest {

  private static final DriftReference REFERENCE =
      DriftReference.of(
          List.of(
              new DriftReference.Seen(
                  0.125f, Look.of(RgbImage.of(2, 1, new byte[] {9, 8, 7, 60, 50, 40})))));

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
    return new DetectorBundle("{}", provenance, Map.of(), Map.of());
  }

  @Test
  void aDetectorKeepsHowGoodPicturesLookAndNeedsNoNewProgramForIt() throws IOException {
    Path plain = folder.resolve("plain.anople");
    bundle().write(plain);
    Path file = folder.resolve("nut.anople");
    bundle().withDrift(Optional.of(REFERENCE)).write(file);
    DetectorBundle read = DetectorBundle.read(file);
    assertEquals(Optional.of(REFERENCE), read.drift());
    assertEquals(read.drift(), read.withCalibration(Optional.empty()).drift());
    assertTrue(read.withMemory(Map.of(), read.provenance()).drift().isEmpty(), "other scores");
    assertTrue(read.withScene(Optional.empty()).drift().isEmpty());
    Path without = folder.resolve("without.anople");
    read.withDrift(Optional.empty()).write(without);
    assertEquals(-1, Files.mismatch(plain, without));
    try (SafetensorsFile one = SafetensorsFile.open(plain);
        SafetensorsFile other = SafetensorsFile.open(file)) {
      Map<String, String> metadata = new LinkedHashMap<>(other.metadata());
      metadata.remove("drift");
      assertEquals(one.metadata(), metadata);
    }
  }

  @Test
  void aDamagedReferenceIsTheFilesFault() {
    Path file = folder.resolve("bad.anople");
    bundle().write(file);
    try (SafetensorsFile whole = SafetensorsFile.open(file)) {
      Map<String, String> metadata = new LinkedHashMap<>(whole.metadata());
      metadata.put("drift", REFERENCE.toJson().replace("0.125", "1.25"));
      SafetensorsFile.write(file, metadata, List.of());
    }
    InputException fault = assertThrows(InputException.class, () -> DetectorBundle.read(file));
    assertTrue(fault.getMessage().contains("bad.anople, drift"), fault.getMessage());
  }
}
