package io.github.anople.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.app.export.ExportCost;
import io.github.anople.app.export.ExportSettings;
import io.github.anople.app.export.LayerErrors;
import io.github.anople.app.export.OnnxPrecision;
import io.github.anople.app.export.Verification;
import io.github.anople.console.ExitCode;
import io.github.anople.console.Output;
import io.github.anople.core.InputException;
import io.github.anople.inspect.evaluate.Evaluation;
import io.github.anople.inspect.metric.Metric;
import io.github.anople.onnx.FileChecksum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** What {@code anople export} says in the end. */
final class ExportReport {

  /** The metrics by which an export is judged. */
  private static final List<Metric> METRICS = List.of(Metric.IMAGE_AUROC, Metric.PIXEL_AUROC);

  private final Output words;
  private final ExportSettings settings;
  private final Path target;

  ExportReport(Output words, ExportSettings settings, Path target) {
    this.words = words;
    this.settings = settings;
    this.target = target;
  }

  /** Prints, and says how the command ends. */
  int print(LayerErrors errors, Verification verification, List<ExportCost> costs) {
    Optional<Path> weights = FileChecksum.weightsOf(target);
    long bytes = size(target) + weights.map(ExportReport::size).orElse(0L);
    if (words.json()) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("model", target.toString());
      weights.ifPresent(file -> json.put("weights", file.toString()));
      json.put("format", "onnx");
      json.put("precision", settings.precision().id());
      json.put("input", settings.input().id()).put("bytes", bytes);
      put(json, errors);
      put(json, verification);
      put(json, costs);
      words.result().println(json.toPrettyString());
    } else {
      words.result().println(target);
      weights.ifPresent(words.result()::println);
      words.info(format("%s, %.1f MB", settings.precision().id(), bytes / 1e6));
      say(errors);
      say(verification);
      say(costs);
    }
    costs.stream().filter(ExportCost::tooMuch).forEach(this::warn);
    boolean whole =
        costs.stream()
            .allMatch(
                cost ->
                    cost.libtorch().failures().isEmpty() && cost.exported().failures().isEmpty());
    return whole ? 0 : ExitCode.INPUT_FAULT;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new InputException(file, "cannot be read (" + e + ")", "check the file", e);
    }
  }

  private static void put(ObjectNode json, LayerErrors errors) {
    ObjectNode layers = json.putObject("int8_errors");
    errors.defined().forEach(layers::put);
    ArrayNode floating = json.putArray("float_layers");
    errors.floating().forEach(floating::add);
  }

  private static void put(ObjectNode json, Verification verification) {
    json.put("verified_pictures", verification.images());
    put(json, "largest_score_difference", verification.score());
    put(json, "largest_map_difference", verification.map());
  }

  /** JSON has no word for what is not a number: such a field is left out. */
  private static void put(ObjectNode json, String field, double value) {
    if (Double.isFinite(value)) {
      json.put(field, value);
    }
  }

  private static void put(ObjectNode json, List<ExportCost> costs) {
    ArrayNode measured = json.putArray("measured");
    for (ExportCost cost : costs) {
      ObjectNode category = measured.addObject().put("category", cost.libtorch().category());
      put(category.putObject("libtorch"), cost.libtorch());
      put(category.putObject("exported"), cost.exported());
      category.put("too_much", cost.tooMuch());
    }
  }

  private static void put(ObjectNode json, Evaluation evaluation) {
    for (Metric metric : METRICS) {
      evaluation.overall().metrics().get(metric).ifPresent(value -> json.put(metric.id(), value));
    }
  }

  private void say(LayerErrors errors) {
    if (settings.precision() == OnnxPrecision.INT8) {
      String names = errors.floating().isEmpty() ? "" : ": " + String.join(", ", errors.floating());
      words.info(
          format(
              "%d of %d layers lose more than %.3g of their output in 8 bits and stay in floating "
                  + "point%s",
              errors.floating().size(), errors.byLayer().size(), settings.int8Error(), names));
      int undefined = errors.byLayer().size() - errors.defined().size();
      if (undefined > 0) {
        words.info(format("of %d of them the loss is undefined: numbers overflowed", undefined));
      }
    }
  }

  private void say(Verification verification) {
    if (verification.images() > 0) {
      words.info(
          format(
              "largest difference from libtorch in fp32 over %d pictures: score %.2g, map %.2g",
              verification.images(), verification.score(), verification.map()));
    }
  }

  private void say(List<ExportCost> costs) {
    for (ExportCost cost : costs) {
      for (Metric metric : METRICS) {
        OptionalDouble lost = cost.lost(metric);
        String found =
            lost.isPresent()
                ? format(
                    "%.4f by libtorch in fp32, %.4f by the graph: %.2f points lost",
                    value(cost.libtorch(), metric),
                    value(cost.exported(), metric),
                    lost.getAsDouble())
                : "cannot be measured on these pictures";
        words.result().println(name(cost) + ": " + metric.title() + " " + found);
      }
    }
  }

  private static double value(Evaluation evaluation, Metric metric) {
    return evaluation.overall().metrics().get(metric).orElseThrow();
  }

  private void warn(ExportCost cost) {
    String remedy =
        settings.precision() == OnnxPrecision.INT8
            ? format("a smaller --int8-error than %.3g, or --precision fp16", settings.int8Error())
            : "--precision fp32";
    words.fault(
        format(
            "%s: the export costs %.2f points of image AUROC, more than %.1f; use %s",
            name(cost), cost.lost(Metric.IMAGE_AUROC).orElseThrow(), ExportCost.MOST, remedy));
  }

  /** A name may hold a line break; a line a metric is promised. */
  private static String name(ExportCost cost) {
    return cost.libtorch().category().replaceAll("\\p{Cntrl}", "?");
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
