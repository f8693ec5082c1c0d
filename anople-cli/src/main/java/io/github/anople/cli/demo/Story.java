package io.github.anople.cli.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.evaluate.Evaluation;
import io.github.anople.inspect.metric.Metric;
import io.github.anople.inspect.metric.MetricTable;
import io.github.anople.inspect.predict.Failure;
import io.github.anople.inspect.report.Inspection;
import io.github.anople.torch.config.TrainingConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Tells what a demo did, what its numbers mean, and what to type next. */
public final class Story {

  private final DemoResult demo;

  /**
   * A story.
   *
   * @param demo what it tells
   */
  public Story(DemoResult demo) {
    this.demo = demo;
  }

  /**
   * The story for a person.
   *
   * @return its lines
   */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    did(lines);
    table(lines);
    meaning(lines);
    odd(lines);
    next(lines);
    return lines;
  }

  private void did(List<String> lines) {
    lines.add(
        "%d pictures of %d products were drawn (seed %d). For each product a detector learned from"
            .formatted(
                demo.images(), demo.products().size() + demo.hard().stream().count(), demo.seed()));
    lines.add(
        "ONE picture of a good part, %d times over (train takes %d); it has seen no defect. Then it"
            .formatted(demo.epochs(), TrainingConfig.usual().optimizer().epochs()));
    lines.add("scored the test pictures, good and defective, none of which it had seen:");
    lines.add("");
  }

  private void table(List<String> lines) {
    lines.add(row("product", "image AUROC", "pixel AUROC", "good NOT OK", "defective NOT OK"));
    demo.products().forEach(product -> lines.add(row(product.product(), product)));
    MetricTable mean =
        Evaluation.mean(demo.products().stream().map(ProductResult::evaluation).toList());
    lines.add(
        row(
            "mean",
            number(mean.get(Metric.IMAGE_AUROC)),
            number(mean.get(Metric.PIXEL_AUROC)),
            "",
            ""));
    lines.add("");
    demo.hard().ifPresent(hard -> hard(lines, hard));
  }

  private static void hard(List<String> lines, HardCase hard) {
    lines.add(
        "A hard case, "
            + hard.one().product()
            + ": the needle of a good one may stand anywhere, and one");
    lines.add(
        "picture shows one place. Once more with further good pictures in memory, without training:");
    lines.add(row("one picture", hard.one()));
    lines.add(row(hard.shots() + " pictures", hard.remembering()));
    lines.add("");
  }

  private static void meaning(List<String> lines) {
    lines.addAll(
        List.of(
            "What the numbers mean:",
            "  score        higher is worse; a detector's scores compare with one another only",
            "  image AUROC  how often a defective picture scores higher than a good one: 1 is always,",
            "               0.5 is guessing. With so few pictures one of them moves it by points",
            "  pixel AUROC  the same for pixels: whether the heat map lights up where the defect is",
            "  NOT OK       above the threshold, which came from 19 further good pictures of each",
            "               product: they promise that on average at most 5 % of good ones are NOT OK",
            "They speak of these drawings and of the small built-in backbone, not of your parts.",
            ""));
  }

  private void odd(List<String> lines) {
    lines.add(
        "Files that do not belong there, shown to the detector of "
            + demo.products().get(0).product()
            + ":");
    for (Inspection inspection : demo.odd().scored()) {
      lines.add("  " + inspection.path() + ": " + judged(inspection));
    }
    for (Failure failure : demo.odd().failed()) {
      lines.add("  refused, and the rest continues: " + failure.reason());
    }
    lines.add("");
  }

  private static String judged(Inspection inspection) {
    String score = String.format(Locale.ROOT, "score %.3f", inspection.score());
    return inspection
        .verdict()
        .map(
            verdict ->
                String.format(
                    Locale.ROOT,
                    "%s (%s, the threshold is %.3f)",
                    verdict.text(),
                    score,
                    verdict.threshold().value()))
        .orElse(score);
  }

  private void next(List<String> lines) {
    ProductResult product = demo.products().get(0);
    Path images = demo.folder().resolve("pictures").resolve(product.product());
    lines.add("Look at (reports to open in a browser; scores and heat maps lie beside them):");
    results().forEach(each -> lines.add("  " + each.report()));
    lines.add("");
    lines.add("Try by hand what the demo did:");
    lines.add(
        "  ./anople train --backbone mini --normal %s --name \"%s\" --output mine.anople"
            .formatted(
                images.resolve("train").resolve("good"), product.product().replace('_', ' ')));
    lines.add(
        "  ./anople predict mine.anople --backbone mini %s --output results/"
            .formatted(images.resolve("test")));
    lines.add("");
    lines.add("With pictures of your own, one to four good ones in good/ and others in new/:");
    lines.add("  ./anople train --normal good/ --name \"steel bracket\" --output bracket.anople");
    lines.add("  ./anople calibrate bracket.anople --normal further_good/");
    lines.add("  ./anople predict bracket.anople new/ --output results/");
    lines.add("and for real work with a larger backbone (832 MB, once):");
    lines.add("  ./anople backbone pull vit-b-16-plus-240");
  }

  private List<ProductResult> results() {
    List<ProductResult> results = new ArrayList<>(demo.products());
    demo.hard().ifPresent(hard -> results.addAll(List.of(hard.one(), hard.remembering())));
    return results;
  }

  /**
   * What came out for one product, as soon as it has.
   *
   * @param result what came out
   * @return a line
   */
  public static String line(ProductResult result) {
    return "%s: image AUROC %s; NOT OK are %s good and %s defective pictures"
        .formatted(
            result.name(),
            number(result.evaluation().overall().metrics().get(Metric.IMAGE_AUROC)),
            rejected(result, Label.NORMAL),
            rejected(result, Label.ANOMALOUS));
  }

  private static String row(String title, ProductResult result) {
    MetricTable metrics = result.evaluation().overall().metrics();
    return row(
        title,
        number(metrics.get(Metric.IMAGE_AUROC)),
        number(metrics.get(Metric.PIXEL_AUROC)),
        rejected(result, Label.NORMAL),
        rejected(result, Label.ANOMALOUS));
  }

  private static String row(
      String product, String image, String pixel, String good, String defective) {
    return String.format(
            Locale.ROOT, "  %-16s %12s %12s   %-16s %-16s", product, image, pixel, good, defective)
        .stripTrailing();
  }

  private static String number(OptionalDouble value) {
    return value.isEmpty() ? "-" : String.format(Locale.ROOT, "%.3f", value.getAsDouble());
  }

  private static String rejected(ProductResult product, Label label) {
    return "%d of %d".formatted(product.rejected(label), product.count(label));
  }

  /**
   * The story for a program.
   *
   * @return JSON with seed, folder, each product's detector, results and metrics, the hard case's,
   *     and what was said of the odd files
   */
  public String toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("folder", demo.folder().toString());
    json.put("seed", demo.seed());
    json.put("epochs", demo.epochs());
    json.put("pictures", demo.images());
    json.put("report", demo.report().toString());
    ArrayNode products = json.putArray("products");
    demo.products().forEach(product -> products.add(json(product)));
    demo.hard().ifPresent(hard -> json.set("hard_case", json(hard)));
    json.set("odd", new JsonMapper().valueToTree(demo.odd().content()));
    return json.toPrettyString();
  }

  private static ObjectNode json(HardCase hard) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("shots_in_memory", hard.shots());
    node.set("one_shot", json(hard.one()));
    node.set("remembering", json(hard.remembering()));
    return node;
  }

  private static ObjectNode json(ProductResult product) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("product", product.product());
    node.put("detector", product.detector().toString());
    node.put("results", product.results().toString());
    ObjectNode metrics = node.putObject("metrics");
    product
        .evaluation()
        .overall()
        .metrics()
        .values()
        .forEach((metric, value) -> metrics.put(metric.id(), value));
    node.put("good_not_ok", product.rejected(Label.NORMAL));
    node.put("defective_not_ok", product.rejected(Label.ANOMALOUS));
    return node;
  }
}
