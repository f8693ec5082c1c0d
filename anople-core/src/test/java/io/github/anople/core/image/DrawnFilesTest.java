package io.github.anople.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DrawnFilesTest {

  private static Stream<DrawnFiles.Drawn> files() {
    return DrawnFiles.all().stream();
  }

  @Test
  void thereAreMoreThanSixtyAndNoTwoAreTheSame() {
    List<DrawnFiles.Drawn> files = DrawnFiles.all();
    assertTrue(files.size() > 60, files.size() + " files");
    Set<String> names = new HashSet<>();
    files.forEach(file -> assertTrue(names.add(file.name()), file.name()));
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFileShowsWhatWasDrawnAndSaysWhatIsOddAboutIt(DrawnFiles.Drawn drawn) {
    NotedImage read = new ImageReader().readNoted(drawn.bytes(), drawn.name());
    assertEquals(drawn.picture(), read.image(), drawn.name());
    assertEquals(
        drawn.notes(),
        read.notes().stream().map(PictureNote::kind).collect(Collectors.toSet()),
        drawn.name());
  }
}
