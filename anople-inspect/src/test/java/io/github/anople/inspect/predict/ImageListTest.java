package io.github.anople.inspect.predict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.inspect.data.ImageFiles;
import io.github.anople.inspect.report.ScoresCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageListTest {

  @TempDir Path root;

  @BeforeEach
  void someFiles() {
    for (String name :
        List.of(
            "b.png",
            "a.jpg",
            "notes.txt",
            ".hidden.png",
            "sub/c.PNG",
            "sub/deep/d.png",
            "sub/.h/e.png",
            "out/images/a.png",
            "empty/readme.md",
            "odd[1].png")) {
      Images.write(root, name, new byte[0]);
    }
  }

  @Test
  void aFolderStandsForItsImagesAndThoseBelow() {
    assertEquals(
        List.of("a.jpg", "b.png", "odd[1].png", "out/images/a.png", "sub/c.PNG", "sub/deep/d.png"),
        expand(""));
  }

  @Test
  void theResultsAreNotTakenForImages() {
    List<Path> found =
        ImageList.expand(List.of(root + "/**/*.png"), Optional.of(root.resolve("./out"))).images();
    assertEquals(List.of("b.png", "odd[1].png", "sub/deep/d.png"), names(found));
  }

  @Test
  void whatAnEarlierRunHasDrawnIsNoImage() {
    for (String name :
        List.of("old/images/a.png", "old/maps/x/a.png", "old/a.png", "old/my/a.png")) {
      Images.write(root, name, new byte[0]);
    }
    assertEquals(4, expand("old").size(), "nothing tells whose images and maps these are");
    ScoresCsv.write(root.resolve("old/scores.csv"), List.of());
    assertEquals(List.of("old/a.png", "old/my/a.png"), expand("old"));
    assertEquals(List.of("old/my/a.png"), expand("old/*/a.png"));
    assertEquals(List.of("old/a.png", "old/my/a.png"), expand("old/**/*.png"));
    assertEquals(
        List.of("old/images/a.png"), expand("old/images/*.png"), "what somebody names is meant");
    Images.write(root, "old/scores.csv", "name,score\r\n".getBytes(UTF_8));
    assertEquals(4, expand("old").size(), "another program's table");
  }

  @Test
  void aPatternOfOneLevelStaysThere() {
    assertEquals(List.of("a.jpg", "b.png"), expand("?.{png,jpg}"));
    assertEquals(List.of("sub/deep/d.png"), expand("*/deep/*.png"));
    assertEquals(List.of("sub/deep/d.png"), expand("sub/d*"));
  }

  @Test
  void twoStarsStandForAnyFoldersAndNone() {
    assertEquals(
        List.of("b.png", "odd[1].png", "out/images/a.png", "sub/deep/d.png"), expand("**/*.png"));
    assertEquals(List.of("sub/c.PNG", "sub/deep/d.png"), expand("sub/**"));
  }

  @Test
  void theArgumentsOrderIsKeptAndEachImageComesOnce() {
    assertEquals(
        List.of("sub/deep/d.png", "b.png", "sub/c.PNG"),
        expand("sub/deep/d.png", "b.png", "./sub/../b.png", "sub"));
  }

  @Test
  void aNamedFileIsTakenAtItsWordEvenWithBracketsOrAnotherExtension() {
    assertEquals(List.of("odd[1].png", "notes.txt"), expand("odd[1].png", "notes.txt"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none.png", "empty", "empty/*", "*.webp", "no/where/*.png", "[.png"})
  void anArgumentThatNamesNothingIsRefusedByName(String argument) {
    InputException fault = assertThrows(InputException.class, () -> expand(argument));
    assertTrue(fault.getMessage().contains(argument), fault.getMessage());
  }

  @Test
  void aManifestStandsForTheImagesThatItNames() {
    String lines =
        """
        {"source-ref": "s3://b/sub/deep/d.png"}
        {"source-ref": "s3://b/b.png", "anomaly-label": 1}
        {"source-ref": "s3://b/none.png"}
        """;
    Images.write(root, "x.manifest", lines.getBytes(UTF_8));
    ImageList.Found found = ImageList.expand(List.of(root + "/x.manifest"), Optional.empty());
    assertEquals(List.of("b.png", "sub/deep/d.png"), names(found.images()));
    assertTrue(found.faults().toString().contains("names 1 image that is not there"));
  }

  @Test
  void whatIsBrokenIsLeftOutAndToldAndTheRestIsThere() throws IOException {
    try {
      Files.createSymbolicLink(root.resolve("sub/gone.png"), root.resolve("nowhere.png"));
    } catch (UnsupportedOperationException e) {
      Assumptions.abort("no symbolic links here: " + e);
    }
    for (String argument : List.of("/sub", "/sub/*", "/**/*.png")) {
      ImageList.Found found = ImageList.expand(List.of(root + argument), Optional.empty());
      assertTrue(names(found.images()).contains("sub/deep/d.png"), argument);
      assertEquals(1, found.faults().size(), argument);
      assertTrue(found.faults().get(0).getMessage().contains("a link to a file that is gone"));
    }
    InputException alone =
        assertThrows(
            InputException.class,
            () -> ImageList.expand(List.of(root + "/sub/g*"), Optional.empty()));
    assertTrue(alone.getMessage().contains("gone.png"), alone.getMessage());
  }

  @Test
  void aBlankArgumentIsRefused() {
    assertThrows(
        InputException.class, () -> ImageList.expand(List.of("a.png", " "), Optional.empty()));
  }

  private List<String> expand(String... arguments) {
    List<String> below = Arrays.stream(arguments).map(name -> root + "/" + name).toList();
    return names(ImageList.expand(below, Optional.empty()).images());
  }

  private List<String> names(List<Path> found) {
    return found.stream().map(p -> ImageFiles.slashed(root.relativize(p.normalize()))).toList();
  }
}
