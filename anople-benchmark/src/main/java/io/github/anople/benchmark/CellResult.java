package io.github.anople.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.inspect.evaluate.Evaluation;
import io.github.anople.inspect.metric.MetricTable;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/**
 * What a run came to.
 *
 * @param categories a category's measures each, in the cell's order
 * @param notes what a reader should know: images that could not be scored, missing masks
 * @param thresholds what thresholds are worth, where that was asked for
 */
public record CellResult(
    List<Measured> categories, List<String> notes, List<ThresholdResult> thresholds) {

  public CellResult {
    categories = List.copyOf(categories);
    notes = List.copyOf(notes);
    thresholds = List.copyOf(thresholds);
  }

  /**
   * A result without thresholds.
   *
   * @param categories a category's measures each
   * @param notes what a reader should know
   */
  public CellResult(List<Measured> categories, List<String> notes) {
    this(categories, notes, List.of());
  }

  /**
   * The measures of a category.
   *
   * @param category its name
   * @param metrics those that are defined
   * @param good good test images
   * @param defective defective test images
   */
  public record Measured(String category, MetricTable metrics, int good, int defective) {}

  /**
   * The result of evaluations.
   *
   * @param evaluations a category each
   * @param thresholds what thresholds are worth, if that was asked for
   * @return their measures, notes and failures
   */
  public static CellResult of(List<Evaluation> evaluations, List<ThresholdResult> thresholds) {
    return new CellResult(
        evaluations.stream()
            .map(
                one ->
                    new Measured(
                        one.category(),
                        one.overall().metrics(),
                        one.overall().good(),
                        one.overall().defective()))
            .toList(),
        evaluations.stream().flatMap(CellResult::notes).toList(),
        thresholds);
  }

  /**
   * The result as text, for another process.
   *
   * @return JSON, which {@link #fromJson} reads
   */
  public String toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    CellResultJson.write(this, json);
    return json.toString();
  }

  /**
   * Reads a result.
   *
   * @param text what {@link #toJson} wrote
   * @return the same result
   * @throws IllegalArgumentException if it is something else
   */
  public static CellResult fromJson(String text) {
    try {
      return CellResultJson.read(new JsonMapper().readTree(text)).orElseThrow();
    } catch (JsonProcessingException | NoSuchElementException e) {
      throw new IllegalArgumentException("not the result of a run: " + text, e);
    }
  }

  private static Stream<String> notes(Evaluation one) {
    return Stream.concat(
        one.notes().stream().map(note -> one.category() + ": " + note),
        one.failures().stream().map(failure -> one.category() + ": " + failure.reason()));
  }
}
