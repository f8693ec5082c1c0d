package io.github.anople.core.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fuzz;
import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceTest {

  private static final String HASH = "0123456789abcdef".repeat(4);
  private static final Provenance PROVENANCE =
      new Provenance(
          "0.1.0",
          new Provenance.Backbone("ViT-B-16-plus-240", HASH),
          "mvtec",
          List.of("bottle", "écrou \"M4\""),
          List.of(new Provenance.Shot("bottle/train/good/000.png", HASH.replace('0', 'f'))),
          Long.MIN_VALUE,
          "float32",
          new Provenance.Platform("17.0.15", "Linux amd64", "2.10.0"));

  @Test
  void itComesBackFromJsonAsItWas() {
    assertEquals(PROVENANCE, Provenance.fromJson(PROVENANCE.toJson(), "x.anople"));
    assertEquals(
        PROVENANCE.toJson(), Provenance.fromJson(PROVENANCE.toJson(), "x.anople").toJson());
  }

  @Test
  void encodersBesideTheBackboneAreNamedOnlyWhereThereAreAny() {
    assertTrue(!PROVENANCE.toJson().contains("encoders"), PROVENANCE.toJson());
    Provenance seeing =
        new Provenance(
            PROVENANCE.anopleVersion(),
            PROVENANCE.backbone(),
            PROVENANCE.dataset(),
            PROVENANCE.classNames(),
            PROVENANCE.shots(),
            PROVENANCE.seed(),
            PROVENANCE.precision(),
            PROVENANCE.platform(),
            List.of(new Provenance.Backbone("dinov2-small", HASH)));
    assertEquals(seeing, Provenance.fromJson(seeing.toJson(), "x.anople"));
    assertEquals(
        seeing.encoders(), seeing.withShots(List.of(new Provenance.Shot("a", HASH))).encoders());
    refused(
        seeing.toJson().replace("\"encoders\":[{\"name\"", "\"encoders\":[{\"nam\""),
        "provenance.encoders[0].name: is missing");
  }

  @Test
  void theBitDepthOfTheShotsIsThatOfAllReading() {
    assertEquals(OptionalInt.empty(), PROVENANCE.reading().bitDepth());
    assertTrue(!PROVENANCE.toJson().contains("bit_depth"), PROVENANCE.toJson());
    Provenance twelve =
        new Provenance(
            PROVENANCE.anopleVersion(),
            PROVENANCE.backbone(),
            PROVENANCE.dataset(),
            PROVENANCE.classNames(),
            PROVENANCE.shots(),
            PROVENANCE.seed(),
            PROVENANCE.precision(),
            PROVENANCE.platform(),
            List.of(),
            OptionalInt.of(12));
    Provenance read = Provenance.fromJson(twelve.toJson(), "x.anople");
    assertEquals(twelve, read);
    assertEquals(
        OptionalInt.of(12),
        read.withShots(List.of(new Provenance.Shot("a", HASH))).reading().bitDepth());
    refused(twelve.toJson().replace(":12", ":17"), "a bit depth of 17");
  }

  @Test
  void theFieldsAreWrittenInOneOrder() {
    String json = PROVENANCE.toJson();
    int last = -1;
    for (String field :
        List.of(
            "anople_version",
            "backbone",
            "dataset",
            "class_names",
            "shots",
            "seed",
            "precision",
            "platform")) {
      int at = json.indexOf("\"" + field + "\":");
      assertTrue(at > last, field + " in " + json);
      last = at;
    }
  }

  @Test
  void aFieldThatIsMissingUnknownTwiceOrOfAnotherTypeIsNamed() {
    changed("\"dataset\":\"mvtec\",", "", "x.anople, provenance.dataset: is missing; make");
    changed("\"java\"", "\"jav\"", "x.anople, provenance.platform.java: is missing");
    changed(
        "\"seed\":", "\"time\":1,\"seed\":", "x.anople, provenance.time: is not a field that this");
    changed("\"seed\":", "\"seed\":1,\"seed\":", "is not JSON: Duplicate field 'seed'");
    changed("\"mvtec\"", "5", "provenance.dataset: should be text, is number 5;");
    changed("\"mvtec\"", "null", "provenance.dataset: should be text, is null null;");
    changed("-9223372036854775808", "9223372036854775808", "provenance.seed: should be a whole");
    changed("-9223372036854775808", "1.0", "provenance.seed: should be a whole number of 64 bits");
    changed("-9223372036854775808", "\"1\"", "provenance.seed: should be a whole number");
    changed("\"bottle\",", "[],", "provenance.class_names[0]: should be text, is array;");
    changed("[\"bottle\",\"écrou \\\"M4\\\"\"]", "{}", "class_names: should be a list, is object");
    changed("[\"bottle\",\"écrou \\\"M4\\\"\"]", "[]", "at least one class and one shot");
    changed("[{\"name\"", "[7,{\"name\"", "provenance.shots[0]: should be an object, is number 7");
    changed("\"float32\"", "\" \"", "x.anople, provenance: the precision is blank");
    changed(HASH, "0", "provenance.backbone: '0' is not a SHA-256 (64 lower-case");
    changed(HASH, HASH.toUpperCase(java.util.Locale.ROOT), "is not a SHA-256");
  }

  private static void changed(String from, String to, String message) {
    String json = PROVENANCE.toJson();
    assertTrue(json.contains(from), from + " in " + json);
    refused(json.replace(from, to), message);
  }

  @Test
  void whatIsNotOneObjectIsRefused() {
    refused("", "x.anople, provenance: should be an object, is missing");
    refused("[]", "should be an object, is array");
    refused("null", "should be an object, is null");
    refused("{", "x.anople, provenance: is not JSON: ");
    refused(PROVENANCE.toJson() + "{}", "is not JSON: ");
    refused("[".repeat(200_000), "is not JSON: ");
    refused("{\"a\":".repeat(200_000), "is not JSON: ");
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void mutatedJsonIsReadOrRefusedButNeverCrashes() {
    long seed = 77;
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    String likely = "\"{}[],:\\0-.eE nul\u0000\ud800";
    int refusals = 0;
    int all = Fuzz.times("provenance", 5000);
    for (int i = 0; i < all; i++) {
      StringBuilder json = new StringBuilder(PROVENANCE.toJson());
      for (int change = random.nextInt(1, 4); change > 0; change--) {
        json.setCharAt(
            random.nextInt(json.length()), likely.charAt(random.nextInt(likely.length())));
      }
      try {
        Provenance.fromJson(json.toString(), "x.anople");
      } catch (InputException e) {
        refusals++;
      }
    }
    assertTrue(refusals > all / 2, "only " + refusals + " of " + all + " were refused");
  }

  @Test
  void aFilesHashIsItsContents(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("abc"), "abc");
    // FIPS 180-2, appendix B.1.
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Sha256.of(file));
    assertThrows(InputException.class, () -> Sha256.of(folder));
    assertThrows(InputException.class, () -> Sha256.of(folder.resolve("none")));
  }

  @Test
  void thePlatformIsThisOne() {
    assertEquals(System.getProperty("java.version"), Provenance.Platform.current("2.10.0").java());
  }

  private static void refused(String json, String message) {
    String told =
        assertThrows(InputException.class, () -> Provenance.fromJson(json, "x.anople"))
            .getMessage();
    assertTrue(told.contains(message), told);
  }
}
