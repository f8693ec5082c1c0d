package io.github.anople.lab.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFilesTest {

  private final Results results = new Results(line -> {});
  private final Limits limits = new Limits(Map.of(Limit.FP32, 1e9));

  ResultFilesTest() {
    Work work = new Work(1e9, Limit.FP32);
    results.add(new Timing("encode", "AnoPLe", new Samples(new double[] {2}), work, "a|b"));
    results.add(new Timing("encode", "other", new Samples(new double[] {5}), work, ""));
    results.leaveOut("encode", "third", "is not here");
  }

  @Test
  void aRivalIsToldAsAMultipleOfOursAndBothAsSharesOfTheLimit() {
    List<String> lines = Table.of(results, limits).markdown().lines().toList();

    assertEquals("| encode | AnoPLe | 2.00 s | 0.0 % | 1 | 50 % FP32 | 1 | a\\|b |", lines.get(2));
    assertEquals("| encode | other | 5.00 s | 0.0 % | 1 | 20 % FP32 | 2.50 | |", lines.get(3));
  }

  @Test
  void plainColumnsStandUnderEachOther() {
    List<String> lines = Table.of(results, limits).plain().lines().toList();

    assertEquals(lines.get(0).indexOf("median"), lines.get(1).indexOf("2.00 s"));
    assertEquals(lines.get(0).indexOf("of limit"), lines.get(2).indexOf("20 % FP32"));
  }

  @Test
  void durationsAreToldInTheUnitThatFits() {
    assertEquals("12.3 s", Table.seconds(12.34));
    assertEquals("12.3 ms", Table.seconds(0.01234));
    assertEquals("123 µs", Table.seconds(0.0001234));
    assertEquals("9.3 %", Table.percent(0.0934));
  }

  @Test
  void filesHoldTimingsAndWhatWasLeftOut(@TempDir Path folder) throws IOException {
    ResultFiles files = new ResultFiles(Map.of("processor", "any"), limits, results);
    files.write(folder);

    String json = Files.readString(folder.resolve(ResultFiles.JSON));
    assertTrue(json.contains("\"times_ours\" : 2.5"), json);
    assertTrue(json.contains("\"share_of_limit\" : 0.5"), json);
    String page = Files.readString(folder.resolve(ResultFiles.MARKDOWN));
    assertTrue(page.contains("* left out: encode, third: is not here"), page);
  }

  @Test
  void onlyWhatIsBetweenThePagesMarksIsReplaced(@TempDir Path folder) throws IOException {
    ResultFiles files = new ResultFiles(Map.of("processor", "any"), limits, results);
    Path page = folder.resolve("page.md");
    Files.writeString(
        page, "before\n" + ResultFiles.BEGIN + "\nold\n" + ResultFiles.END + "\nend\n");

    files.update(page);

    String text = Files.readString(page);
    assertTrue(text.startsWith("before\n" + ResultFiles.BEGIN + "\n"), text);
    assertTrue(text.endsWith(ResultFiles.END + "\nend\n"), text);
    assertTrue(text.contains("| encode | other |") && !text.contains("old"), text);
  }

  @Test
  void aPageWithoutMarksIsRefused(@TempDir Path folder) throws IOException {
    Path page = Files.writeString(folder.resolve("page.md"), "nothing");
    ResultFiles files = new ResultFiles(Map.of(), limits, results);

    assertThrows(InputException.class, () -> files.update(page));
  }
}
