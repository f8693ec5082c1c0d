package io.github.anople.core.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fuzz;
import io.github.anople.core.InputException;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.SceneLimits;
import io.github.anople.core.drift.DriftReference;
import io.github.anople.core.drift.Look;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.core.tensorfile.SafetensorsFile;
import io.github.anople.core.tensorfile.TensorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowthTest {

  private static final Addition.Signature ADA =
      new Addition.Signature(Instant.parse("2026-11-30T08:00:00Z"), Optional.of("Ada"));

  @TempDir Path folder;

  /** Draws detectors and what pictures give them; what a picture gives follows from its number. */
  private record Drawn(boolean withScene, long seed) {

    FloatTensor rows(int picture, int width) {
      SplittableRandom random = new SplittableRandom(seed + 1000L * picture + width);
      int rows = 1 + random.nextInt(4);
      float[] values = new float[rows * width];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextDouble() - 0.5f;
      }
      return new FloatTensor(List.of((long) rows, (long) width), values);
    }

    SceneMemory scene(int picture) {
      SplittableRandom random = new SplittableRandom(seed + 7L * picture);
      FloatTensor views = rows(picture, 6).inHalfPrecision();
      return new SceneMemory(
          new FloatTensor(List.of(views.shape().get(0), 2L, 3L), views.values()),
          new FloatTensor(List.of(1L, 2L), new float[] {random.nextInt(9), picture}),
          SceneLimits.ofShots(reach(random, 0.5f), reach(random, 0.5f), reach(random, 1)));
    }

    private static SceneLimits.Reach reach(SplittableRandom random, float most) {
      return new SceneLimits.Reach(
          most * (float) random.nextDouble(), most * (float) random.nextDouble());
    }

    Map<String, FloatTensor> memory(int picture) {
      Map<String, FloatTensor> memory = new LinkedHashMap<>();
      memory.put(DetectorBundle.BACKBONE_MEMORY, rows(picture, 3));
      memory.put("trunk", rows(picture, 2));
      return memory;
    }

    Provenance.Shot shot(int picture) {
      return new Provenance.Shot("nut/" + picture + ".png", "%064x".formatted(picture));
    }

    DetectorBundle trained() {
      Provenance provenance =
          new Provenance(
              "1",
              new Provenance.Backbone("tiny", "0".repeat(64)),
              "parts",
              List.of("nut"),
              List.of(shot(0)),
              0,
              "fp32",
              new Provenance.Platform("17", "Linux", "2"));
      DetectorBundle bundle =
          new DetectorBundle("{}", provenance, Map.of(), Map.of("trunk", new byte[] {1}))
              .withMemory(memory(0), provenance)
              .withGoldenImage(Optional.of(new GoldenImage(new byte[] {1, 2}, 0.25)));
      return withScene ? bundle.withScene(Optional.of(scene(0))) : bundle;
    }

    Growth.Learned learned(int picture) {
      return new Growth.Learned(
          shot(picture),
          memory(picture),
          withScene ? Optional.of(scene(picture)) : Optional.empty());
    }

    DetectorBundle add(DetectorBundle to, List<Integer> pictures) {
      DetectorBundle larger =
          Growth.add(to, ADA, "nut", pictures.stream().map(this::learned).toList());
      return larger.withGoldenImage(
          larger
              .goldenImage()
              .map(golden -> new GoldenImage(golden.png(), golden.score() / 2 + 0.01)));
    }
  }

  private static Calibration thresholds(float image) {
    return new Calibration(Calibration.Kind.ESTIMATE, image, 0.4f, 0.1f, 0.01, 4, Optional.empty());
  }

  private static DetectorBundle calibrated(DetectorBundle bundle, float image) {
    return bundle
        .withCalibration(Optional.of(thresholds(image)))
        .withDrift(
            Optional.of(
                DriftReference.of(
                    List.of(
                        new DriftReference.Seen(
                            image,
                            Look.of(RgbImage.of(2, 1, new byte[] {9, 8, 7, 60, 50, 40})))))));
  }

  private byte[] bytes(DetectorBundle bundle) throws IOException {
    Path file = folder.resolve("one.anople");
    bundle.write(file);
    return Files.readAllBytes(file);
  }

  @RepeatedTest(40)
  void whatIsLeftIsToTheBitWhatItWouldBeWithout(RepetitionInfo repetition) throws IOException {
    int seed = repetition.getCurrentRepetition();
    SplittableRandom random = new SplittableRandom(seed);
    Drawn drawn = new Drawn(random.nextBoolean(), seed);
    DetectorBundle bundle = calibrated(drawn.trained(), 0.3f);
    DetectorBundle without = bundle;
    List<String> gone = new ArrayList<>();
    int picture = 1;
    for (int addition = random.nextInt(4); addition >= 0; addition--) {
      List<Integer> all = new ArrayList<>();
      List<Integer> rest = new ArrayList<>();
      for (int left = 1 + random.nextInt(3); left > 0; left--, picture++) {
        all.add(picture);
        if (random.nextInt(3) == 0) {
          gone.add(drawn.shot(picture).sha256());
        } else {
          rest.add(picture);
        }
      }
      bundle = drawn.add(bundle, all);
      without = rest.isEmpty() ? without : drawn.add(without, rest);
    }
    Path file = folder.resolve("all.anople");
    bundle.write(file);
    DetectorBundle smaller = Growth.without(DetectorBundle.read(file), gone).bundle();
    assertSame(without, smaller, "seed " + seed);
    smaller.write(file);
    assertSame(without, DetectorBundle.read(file), "seed " + seed);
    assertArrayEquals(
        bytes(calibrated(drawn.trained(), 0.3f)), bytes(Growth.trained(bundle)), "seed " + seed);
  }

  private static void assertSame(DetectorBundle expected, DetectorBundle actual, String seed) {
    expected.memory().forEach((name, rows) -> assertSame(rows, actual.memory().get(name), seed));
    assertEquals(expected.provenance(), actual.provenance(), seed);
    assertEquals(expected.scene().isPresent(), actual.scene().isPresent(), seed);
    if (expected.scene().isPresent()) {
      SceneMemory one = expected.scene().get();
      SceneMemory other = actual.scene().get();
      assertSame(one.patches(), other.patches(), seed);
      assertSame(one.statistics(), other.statistics(), seed);
      assertEquals(one.limits(), other.limits(), seed);
    }
    assertEquals(expected.additions().pictures(), actual.additions().pictures(), seed);
    assertEquals(expected.additions().trained(), actual.additions().trained(), seed);
  }

  private static void assertSame(FloatTensor expected, FloatTensor actual, String seed) {
    assertEquals(expected.shape(), actual.shape(), seed);
    assertArrayEquals(expected.values(), actual.values(), 0, seed);
  }

  @Test
  void theLastVersionUndoneIsTheOneBeforeWithItsThresholds() throws IOException {
    Drawn drawn = new Drawn(true, 1);
    DetectorBundle first = calibrated(drawn.add(drawn.trained(), List.of(1, 2)), 0.2f);
    DetectorBundle second = calibrated(drawn.add(first, List.of(3)), 0.1f);
    assertEquals(2, second.additions().version());
    Growth.Shrunk undone = Growth.without(second, List.of(drawn.shot(3).sha256()));
    assertTrue(undone.known());
    assertArrayEquals(bytes(first), bytes(undone.bundle()));
    Growth.Shrunk nothing = Growth.without(second, List.of("f".repeat(64)));
    assertArrayEquals(bytes(second), bytes(nothing.bundle()));
  }

  @Test
  void aVersionThatNeverWasHasNoThresholdsUntilItIsOneAgain() {
    Drawn drawn = new Drawn(true, 2);
    DetectorBundle trained = calibrated(drawn.trained(), 0.3f);
    DetectorBundle first = calibrated(drawn.add(trained, List.of(1, 2)), 0.2f);
    DetectorBundle second = calibrated(drawn.add(first, List.of(3)), 0.15f);
    DetectorBundle third = calibrated(drawn.add(second, List.of(4)), 0.1f);
    Growth.Shrunk middle =
        Growth.without(third, List.of(drawn.shot(1).sha256(), drawn.shot(2).sha256()));
    assertFalse(middle.known());
    assertEquals(Optional.empty(), middle.bundle().calibration());
    assertEquals(
        List.of(2, 3), middle.bundle().additions().all().stream().map(Addition::version).toList());
    assertFalse(Growth.without(middle.bundle(), List.of(drawn.shot(4).sha256())).known());
    List<String> rest = List.of(drawn.shot(3).sha256(), drawn.shot(4).sha256());
    Growth.Shrunk all = Growth.without(middle.bundle(), rest);
    assertTrue(all.known());
    assertEquals(trained.calibration(), all.bundle().calibration());
    assertEquals(0.25, all.bundle().goldenImage().orElseThrow().score());
    assertEquals(Additions.NONE, all.bundle().additions());
  }

  @Test
  void whoAndWhenAreKeptOrLeftOut() throws IOException {
    Drawn drawn = new Drawn(false, 3);
    Path file = folder.resolve("signed.anople");
    drawn.add(drawn.trained(), List.of(1)).write(file);
    assertEquals(ADA, DetectorBundle.read(file).additions().all().get(0).signature());
    Addition.Signature nobody = new Addition.Signature(ADA.time(), Optional.of(" "));
    Growth.add(drawn.trained(), nobody, "nut", List.of(drawn.learned(1))).write(file);
    assertEquals(
        Optional.empty(), DetectorBundle.read(file).additions().all().get(0).signature().by());
    assertFalse(
        Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1).contains("\\\"by"));
    assertEquals("a?b", new Addition.Signature(ADA.time(), Optional.of("a\nb")).by().orElseThrow());
  }

  @Test
  void additionsThatAreNotOfTheMemoryAreRefused() {
    Drawn drawn = new Drawn(true, 4);
    DetectorBundle bundle = drawn.add(drawn.trained(), List.of(1, 2));
    String json = bundle.additions().toJson();
    refused(bundle, json.replace("1.png", "3.png"), "not of its memory");
    refused(
        bundle,
        json.replace("\"memory\":\"clip\",\"rows\":", "\"memory\":\"clip\",\"rows\":9"),
        "not of its memory");
    refused(bundle, json.replace("\"views\":", "\"views\":9"), "not of its memory");
    refused(bundle, json.replace("\"version\":1", "\"version\":0"), "version of 0");
    refused(bundle, json.replace("\"time\":\"2026", "\"time\":\"x"), "of no time");
    refused(bundle, json.replace("\"by\"", "\"bye\""), "bye: is not a field");
    refused(bundle, "{\"list\":[]}", "holds nothing");
    refused(bundle, "{", "is not JSON");
    refused(bundle, json.replaceAll("\"trained_scene\":\\{.*?\\}\\},", ""), "without scene");
  }

  private void refused(DetectorBundle bundle, String additions, String message) {
    Path file = folder.resolve("bad.anople");
    write(bundle, additions, file);
    InputException fault =
        assertThrows(InputException.class, () -> DetectorBundle.read(file), additions);
    assertTrue(fault.getMessage().contains(message), fault::getMessage);
    assertEquals(1, fault.getMessage().lines().count());
  }

  /** The bundle with another text for its additions. */
  private void write(DetectorBundle bundle, String additions, Path to) {
    Path file = folder.resolve("good.anople");
    bundle.write(file);
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      Map<String, String> metadata = new LinkedHashMap<>(tensors.metadata());
      metadata.put("additions", additions);
      List<TensorSource> copies = new ArrayList<>();
      for (String name : tensors.names()) {
        copies.add(
            new TensorSource(
                name,
                tensors.info(name).dtype(),
                tensors.info(name).shape(),
                () -> tensors.bytes(name)));
      }
      SafetensorsFile.write(to, metadata, copies);
    }
  }

  @Test
  void damagedAdditionsAreReadOrRefusedInOneLine() {
    Drawn drawn = new Drawn(true, 5);
    DetectorBundle bundle =
        drawn.add(calibrated(drawn.add(drawn.trained(), List.of(1, 2)), 0.2f), List.of(3));
    String json = bundle.additions().toJson();
    Path file = folder.resolve("fuzz.anople");
    int seed = 20261130;
    Random random = new Random(seed);
    int refused = 0;
    int all = Fuzz.times("additions", 300);
    for (int i = 0; i < all; i++) {
      StringBuilder text = new StringBuilder(json);
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, "{}[]\",:0123456789-eE.\\ntf".charAt(random.nextInt(25)));
          case 1 -> text.insert(at, "9");
          default -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(40)));
        }
      }
      write(bundle, text.toString(), file);
      try {
        DetectorBundle read = DetectorBundle.read(file);
        read.additions().pictures().forEach(one -> Growth.without(read, List.of(one.sha256())));
      } catch (InputException e) {
        refused++;
        assertEquals(1, e.getMessage().lines().count(), e::getMessage);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("mutant " + i + " of seed " + seed + ": " + text, e);
      }
    }
    assertTrue(refused > all / 2, refused + " of " + all + " refused");
  }
}
