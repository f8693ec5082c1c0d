package io.github.anople.inspect.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.decide.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Results as JSON, for programs: UTF-8, indented, the same bytes on every platform. */
public final class ResultsJson {

  private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
  private static final ObjectWriter WRITER =
      new JsonMapper()
          .writer(new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT));

  private ResultsJson() {}

  /**
   * The images' results as {@code [{"path", "score", "verdict", "margin", "label", "category",
   * "defect_type"}, …]}; verdict and margin are left out where there was no threshold, the margin
   * also where that was 0. A margin is (score − threshold) / threshold.
   *
   * @param results the images, in order
   * @return a new array, for the caller to put where it belongs
   */
  public static ArrayNode images(List<ImageResult> results) {
    ArrayNode images = JsonNodeFactory.instance.arrayNode();
    for (ImageResult result : results) {
      ObjectNode image = images.addObject();
      image.put("path", result.path());
      image.put("score", result.score());
      result.verdict().ifPresent(verdict -> put(image, verdict));
      image.put("label", result.label().name().toLowerCase(Locale.ROOT));
      image.put("category", result.category());
      image.put("defect_type", result.defectType());
    }
    return images;
  }

  private static void put(ObjectNode image, Verdict verdict) {
    image.put("verdict", verdict.text());
    verdict.margin().ifPresent(margin -> image.put("margin", margin));
  }

  /**
   * A tree's text.
   *
   * @param tree what to write
   * @return indented JSON that ends in a line feed
   */
  public static String format(JsonNode tree) {
    try {
      return WRITER.writeValueAsString(tree) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a JSON tree that is not JSON", e);
    }
  }

  /**
   * Writes a tree.
   *
   * @param file where to
   * @param tree what to write
   * @throws io.github.anople.core.InputException if it cannot be written
   */
  public static void write(Path file, JsonNode tree) {
    ReportFile.write(file, format(tree));
  }
}
