package io.github.anople.benchmark.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.benchmark.Grid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GridOptionsTest {

  private static final String GRID =
      """
      {
        "name": "mixed",
        "data": [{"name": "parts", "layout": "mvtec", "root": "set"}],
        "shots": [0, 1, 2],
        "seeds": [5, 6],
        "variants": [{"method": "winclip"}, {"method": "anople"}]
      }
      """;

  @TempDir private Path folder;

  private Grid small(String... arguments) throws IOException {
    Path file = Files.writeString(folder.resolve("grid.json"), GRID);
    GridOptions options = new GridOptions();
    new CommandLine(options).parseArgs(arguments);
    return options.smallGrid(Optional.of(file.toString()), List.of());
  }

  @Test
  void aSmallGridHasShotsThatAreEnoughForItsVariants() throws IOException {
    assertEquals(List.of(1), small().shots());
    assertEquals(List.of(5L), small().seeds());
    assertEquals(List.of(0), small("--variant", "winclip").shots());
    assertEquals(List.of(2), small("--shots", "2").shots());
  }
}
