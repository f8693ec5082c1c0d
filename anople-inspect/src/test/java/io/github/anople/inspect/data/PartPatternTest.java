package io.github.anople.inspect.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartPatternTest {

  @ParameterizedTest
  @CsvSource({
    "{part}_cam{view}.png, new/A17_cam2.png, new/A17, 2",
    "{part}_cam{view}.png, A17_cam2.png, A17, 2",
    "{part}_cam{view}, A17_cam2.tiff, A17, 2",
    "{part}_{view}, a_b_1.png, a_b, 1",
    "{view}_{part}, top_a_b.png, a_b, top",
    "cam{view}/{part}.png, day1/cam3/A17.png, day1/A17, 3",
    "{part}/{view}, day1/A17/left.bmp, day1/A17, left",
    "{part}/*, day1/A17/left.bmp, day1/A17,",
    "*/{part}_{view}, test/scratch/A17_1.png, test/A17, 1",
    "{part}-*-{view}.*, A17-20261130-top.jpeg, A17, top",
    "(a)[{part}]+{view}.png, (a)[b]+c.png, b, c",
    "{part}.v{view}, A17.v2.png, A17, 2"
  })
  void aNameTellsPartAndView(String pattern, String path, String part, String view) {
    assertEquals(
        Optional.of(new PartPattern.Match(part, Optional.ofNullable(view))),
        PartPattern.of(pattern).match(path));
  }

  @ParameterizedTest
  @CsvSource({
    "{part}_cam{view}.png, A17_cam2.jpg",
    "{part}_cam{view}.png, A17.png",
    "{part}_cam{view}.png, _cam2.png",
    "{part}_cam{view}.png, A17_cam.png",
    "cam{view}/{part}, A17.png",
    "{part}.png, A17xpng"
  })
  void whatDoesNotFitIsNoView(String pattern, String path) {
    assertEquals(Optional.empty(), PartPattern.of(pattern).match(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cam*.png",
        "{view}.png",
        "{part}{part}",
        "{part}_{cam}",
        "{part",
        "part}",
        "{}"
      })
  void whatIsNoPatternIsRefusedWithAnExample(String pattern) {
    InputException refusal = assertThrows(InputException.class, () -> PartPattern.of(pattern));
    assertTrue(refusal.getMessage().contains("{part}_cam{view}.png"), refusal::getMessage);
    assertFalse(refusal.getMessage().contains("\n"), refusal::getMessage);
  }

  @Test
  void realIadNamesItsPartsAndCameras() {
    assertEquals(
        Optional.of(new PartPattern.Match("usb/NG/AK/S0009/usb_0009_NG_AK", Optional.of("C1"))),
        PartPattern.realIad().match("usb/NG/AK/S0009/usb_0009_NG_AK_C1_20230922.jpg"));
    assertEquals(
        Optional.of(new PartPattern.Match("usb_0001_OK", Optional.of("C5"))),
        PartPattern.realIad().match("usb_0001_OK_C5.jpg"));
    // Names of some categories have two underscores.
    String jack = "audiojack/NG/HS/S0064/audiojack__0064_NG_HS";
    assertEquals(
        Optional.of(new PartPattern.Match(jack, Optional.of("C1"))),
        PartPattern.realIad().match(jack + "_C1_20231023092610.jpg"));
    assertEquals(Optional.empty(), PartPattern.realIad().match("usb_0001_OK.jpg"));
  }

  /** A regular expression would go back and forth among the stars for years. */
  @Test
  void aPatternOfManyStarsIsAnswered() {
    String name = "a".repeat(200);
    for (String stars : new String[] {"*".repeat(60), "*a".repeat(60)}) {
      PartPattern pattern = PartPattern.of("{part}" + stars + "Q");
      assertEquals(Optional.empty(), pattern.match(name + ".png"));
      assertTrue(pattern.match(name + "Q.png").isPresent(), stars);
    }
    assertEquals(
        Optional.empty(), PartPattern.of("{part}" + "*a".repeat(5_000)).match(name + ".png"));
  }

  @Test
  void namesMayHaveBreaksOfLines() {
    assertEquals(
        Optional.of(new PartPattern.Match("new\nest/A\n17", Optional.of("2\n"))),
        PartPattern.of("{part}_cam{view}").match("new\nest/A\n17_cam2\n.png"));
  }

  @Test
  void theLongestPartAndTheShortestViewAreThoseOfARegularExpression() {
    SplittableRandom random = new SplittableRandom(5);
    String letters = "ab_/.";
    for (int trial = 0; trial < 20_000; trial++) {
      String path = text(random, letters, 12);
      String before = text(random, "ab_*/", 3);
      String between = text(random, "a_*/", 3);
      String after = text(random, "ab_*", 3);
      String regex =
          "(?<before>(?:.*/)?)"
              + regex(before)
              + "(?<part>[^/]+)"
              + regex(between)
              + "(?<view>[^/]+?)"
              + regex(after)
              + "\\.[^./]+";
      Matcher matcher = Pattern.compile(regex).matcher(path);
      Optional<PartPattern.Match> expected =
          matcher.matches()
              ? Optional.of(
                  new PartPattern.Match(
                      matcher.group("before") + matcher.group("part"),
                      Optional.of(matcher.group("view"))))
              : Optional.empty();
      String pattern = before + "{part}" + between + "{view}" + after;
      assertEquals(expected, PartPattern.of(pattern).match(path), () -> pattern + " in " + path);
    }
  }

  private static String text(SplittableRandom random, String letters, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  private static String regex(String text) {
    return text.replace("*", "[^/]*?");
  }

  @Test
  void anyTextIsAPatternOrRefusedInOneLine() {
    long seed = 23L;
    System.out.println("patterns of parts: seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    String pieces = "{}partview*/\\.?+()[]^$|EQ\n";
    for (int trial = 0; trial < 5_000; trial++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "{part}" : "");
      for (int i = random.nextInt(8); i > 0; i--) {
        text.append(pieces.charAt(random.nextInt(pieces.length())));
      }
      try {
        PartPattern.of(text.toString()).match("a/b_1.png");
      } catch (InputException e) {
        assertEquals(1, e.getMessage().lines().count(), e::getMessage);
      }
    }
  }
}
