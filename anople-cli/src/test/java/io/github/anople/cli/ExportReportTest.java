package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.app.export.ExportSettings;
import io.github.anople.app.export.LayerErrors;
import io.github.anople.app.export.OnnxPrecision;
import io.github.anople.app.export.Verification;
import io.github.anople.console.Output;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ExportReportTest {

  private static final Map<String, Double> ERRORS = new LinkedHashMap<>();

  @TempDir Path folder;

  @BeforeEach
  void someLayersOverflowed() {
    ERRORS.clear();
    ERRORS.put("layer1", 0.01);
    ERRORS.put("layer2", Double.NaN);
    ERRORS.put("layer3", 0.5);
    ERRORS.put("layer4", Double.POSITIVE_INFINITY);
  }

  @Command
  private static final class Reporting implements Callable<Integer> {

    private final Path target;

    @Mixin private Output words;

    Reporting(Path target) {
      this.target = target;
    }

    @Override
    public Integer call() {
      ExportReport report = new ExportReport(words, ExportSettings.of(OnnxPrecision.INT8), target);
      Verification overflowed = new Verification(1, Double.NaN, 0.25);
      return report.print(new LayerErrors(ERRORS, 0.1), overflowed, List.of());
    }
  }

  private String told(String... args) throws IOException {
    StringWriter told = new StringWriter();
    PrintWriter writer = new PrintWriter(told, true);
    Path target = Files.write(folder.resolve("a.onnx"), new byte[1]);
    assertEquals(
        0, new CommandLine(new Reporting(target)).setOut(writer).setErr(writer).execute(args));
    return told.toString();
  }

  @Test
  void anErrorThatIsUndefinedIsAbsent() throws IOException {
    String told = told("--json");
    JsonNode json = new JsonMapper().readTree(told);

    assertEquals("{\"layer1\":0.01,\"layer3\":0.5}", json.path("int8_errors").toString());
    assertEquals("[\"layer2\",\"layer3\",\"layer4\"]", json.path("float_layers").toString());
    assertTrue(json.path("largest_score_difference").isMissingNode());
    assertEquals(0.25, json.path("largest_map_difference").doubleValue());
    assertFalse(told.contains("NaN") || told.contains("Infinity"), told);
  }

  @Test
  void aPersonIsToldThatItIsUndefined() throws IOException {
    String told = told();

    assertTrue(told.contains("3 of 4 layers"), told);
    assertTrue(told.contains("of 2 of them the loss is undefined"), told);
  }
}
