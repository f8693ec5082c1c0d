package io.github.anople.torch.clip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownArchitecturesTest {

  static List<String> names() {
    return KnownArchitectures.names();
  }

  @Test
  void fiveAreKnown() {
    assertEquals(
        List.of("ViT-B-16-plus-240", "ViT-B-16", "ViT-B-32", "ViT-L-14", "ViT-L-14-336"), names());
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyNameIsFoundHoweverItIsWritten(String name) {
    for (String text :
        List.of(
            name,
            name.toUpperCase(Locale.ROOT),
            name.replace('-', '_') + "-laion2b_s34b-0123abcd.pt",
            "my " + name.replace('-', '/') + " (copy)")) {
      ClipConfig config = KnownArchitectures.mentionedIn(text).orElseThrow();
      assertEquals(name, config.name(), text);
      assertEquals(false, config.quickGelu(), text);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void theSuffixChangesTheActivationAndNothingElse(String name) {
    ClipConfig plain = KnownArchitectures.mentionedIn(name).orElseThrow();
    ClipConfig quick = KnownArchitectures.mentionedIn(name + "-quickgelu").orElseThrow();

    assertTrue(quick.quickGelu());
    assertEquals(name + "-quickgelu", quick.name());
    assertEquals(plain.vision(), quick.vision());
    assertEquals(plain.text(), quick.text());
    assertEquals(plain.embedDim(), quick.embedDim());
  }

  @ParameterizedTest
  @CsvSource({
    "vit_b_16_plus_240-laion400m_e32-699c4b84.pt, ViT-B-16-plus-240",
    "ViT-B-16 and ViT-B-16-plus-240,              ViT-B-16-plus-240",
    "ViT-L-14-336px,                              ViT-L-14",
    "ViT-L-14-336-openai,                         ViT-L-14-336-quickgelu",
  })
  void theLongestNameWins(String text, String name) {
    assertEquals(name, KnownArchitectures.mentionedIn(text).orElseThrow().name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "open_clip_model.safetensors", "ViT-B-160", "xViT-B-16", "RN50"})
  void otherNamesSpeakOfNone(String text) {
    assertEquals(Optional.empty(), KnownArchitectures.mentionedIn(text));
  }

  /** The counts, in millions, that OpenCLIP publishes with its models. */
  @ParameterizedTest
  @CsvSource({
    "ViT-B-16-plus-240, 208.38",
    "ViT-B-16,          149.62",
    "ViT-B-32,          151.28",
    "ViT-L-14,          427.62",
    "ViT-L-14-336,      427.94"
  })
  void theFiguresGiveThePublishedCountOfParameters(String name, double millions) {
    ClipConfig config = KnownArchitectures.mentionedIn(name).orElseThrow();

    long count =
        ClipTensorNames.shapes(config).values().stream()
            .mapToLong(shape -> shape.stream().reduce(1L, (a, b) -> a * b))
            .sum();

    assertEquals(millions, count / 1e6, 0.005);
  }
}
