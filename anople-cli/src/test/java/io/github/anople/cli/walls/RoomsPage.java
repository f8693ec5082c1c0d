package io.github.anople.cli.walls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The table of rooms in {@code docs/architecture.md}. */
final class RoomsPage {

  private static final Path PAGE = Path.of("..", "docs", "architecture.md");
  private static final String HEADER = "| room | question | enter by | may use |";
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /**
   * A line of the table.
   *
   * @param room the room
   * @param enterBy the types to begin with
   */
  record Row(Room room, List<String> enterBy) {}

  private RoomsPage() {}

  static List<Row> rows() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .dropWhile(line -> !line.equals(HEADER))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(RoomsPage::row)
        .toList();
  }

  private static Row row(String line) {
    String[] cells = line.substring(1, line.length() - 1).split("\\|", -1);
    if (cells.length != 4) {
      throw new IllegalArgumentException("not four cells: " + line);
    }
    return new Row(new Room(codes(cells[0]).get(0), codes(cells[3])), codes(cells[2]));
  }

  private static List<String> codes(String cell) {
    return CODE.matcher(cell)
        .results()
        .map(found -> found.group(1))
        .flatMap(text -> Arrays.stream(text.split(", ", -1)))
        .toList();
  }

  /** The last cell as it should be. */
  static String mayUse(Room room) {
    return room.mayUse().isEmpty() ? "–" : "`" + String.join("`, `", room.mayUse()) + "`";
  }
}
