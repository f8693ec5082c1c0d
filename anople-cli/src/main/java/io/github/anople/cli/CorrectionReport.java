package io.github.anople.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.app.Comparison;
import io.github.anople.app.Correcting;
import io.github.anople.console.Output;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.Verdict;
import io.github.anople.inspect.evaluate.Evaluation;
import io.github.anople.inspect.evaluate.ThresholdQuality;
import io.github.anople.inspect.metric.Metric;
import io.github.anople.inspect.page.Words;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Says what a correction changed.
 *
 * @param words where it is said
 * @param target where the detector is stored now
 */
record CorrectionReport(Output words, Path target) {

  private static final String ABSENT = "-";

  void print(DetectorBundle before, Correcting.Corrected corrected) {
    DetectorBundle after = corrected.bundle();
    if (words.json()) {
      words.result().println(json(corrected).toPrettyString());
    } else {
      words.result().println(target);
      table(corrected.comparison(), after);
    }
    words.info(
        "version %d: the memory holds %s of %s (before: %s)"
            .formatted(
                after.additions().version(),
                Words.count(after.memoryRows()) + " patches",
                Words.count(after.provenance().shots().size(), "picture"),
                Words.count(before.memoryRows())));
    hints(before, corrected);
  }

  private void hints(DetectorBundle before, Correcting.Corrected corrected) {
    Comparison comparison = corrected.comparison();
    comparison
        .stillNotOk()
        .forEach(
            change ->
                words.fault(
                    "%s is remembered now, and still %s: a memory cannot mend that; look whether it is good"
                        .formatted(change.picture(), text(change.after()))));
    comparison
        .wereOk()
        .forEach(
            change ->
                words.info(
                    "note: %s was OK before: adding it corrects little"
                        .formatted(change.picture())));
    comparison.tests().stream()
        .filter(test -> test.remembered() > 0)
        .forEach(
            test ->
                words.info(
                    "note: %s: the detector remembers %s of the test set, which flatters it"
                        .formatted(
                            test.after().category(), Words.count(test.remembered(), "picture"))));
    if (corrected.bundle().calibration().isEmpty() && before.calibration().isPresent()) {
      words.info(
          ("its thresholds no longer hold and were dropped: run 'anople calibrate %s', or give"
                  + " --calibrate DIR next time")
              .formatted(target));
    }
  }

  private void table(Comparison comparison, DetectorBundle after) {
    PrintWriter out = words.result();
    for (Comparison.Change change : comparison.added()) {
      out.println(
          "%s: %s before, %s now"
              .formatted(change.picture(), text(change.before()), text(change.after())));
    }
    comparison
        .good()
        .ifPresent(
            good ->
                out.println(
                    "good pictures of --calibrate that are NOT OK: %s before, %s now, of %s"
                        .formatted(
                            count(good.before()),
                            count(good.after()),
                            Words.count(good.pictures()))));
    for (Comparison.Test test : comparison.tests()) {
      out.println(
          test.after().category() + ", before: " + line(test.before(), test.verdictsBefore()));
      out.println(
          test.after().category() + ", now:    " + line(test.after(), test.verdictsAfter()));
    }
    if (comparison.tests().size() > 1) {
      out.println(
          "recall of all: %s before, %s now"
              .formatted(
                  Words.percent(comparison.recallBefore()),
                  Words.percent(comparison.recallAfter())));
    }
    if (comparison.good().isPresent()) {
      after.calibration().map(Calibration::statement).ifPresent(out::println);
    }
  }

  private static String line(Evaluation test, Optional<ThresholdQuality> verdicts) {
    return verdicts
            .map(
                quality ->
                    "recall %s (%d of %d defective are NOT OK), false alarms %s (%d of %d), "
                        .formatted(
                            Words.percent(quality.recall()),
                            quality.found(),
                            quality.anomalous(),
                            Words.percent(quality.falseAlarmRate()),
                            quality.falseAlarms(),
                            quality.normal()))
            .orElse("no thresholds, ")
        + "image AUROC "
        + Words.percent(test.overall().metrics().get(Metric.IMAGE_AUROC));
  }

  private static String count(OptionalInt count) {
    return count.isPresent() ? Words.count(count.getAsInt()) : ABSENT;
  }

  private static String text(Comparison.Judged judged) {
    return judged.verdict().map(Verdict::text).orElse("no threshold")
        + " ("
        + Words.score(judged.score())
        + ")";
  }

  private ObjectNode json(Correcting.Corrected corrected) {
    ObjectNode json = DetectorJson.of(target, corrected.bundle());
    json.put("version", corrected.bundle().additions().version());
    Comparison comparison = corrected.comparison();
    if (!comparison.added().isEmpty()) {
      ArrayNode added = json.putArray("added");
      for (Comparison.Change change : comparison.added()) {
        ObjectNode one = added.addObject().put("picture", change.picture().toString());
        put(one.putObject("before"), change.before());
        put(one.putObject("after"), change.after());
      }
    }
    comparison
        .good()
        .ifPresent(
            good -> {
              ObjectNode counts = json.putObject("good").put("pictures", good.pictures());
              good.before().ifPresent(count -> counts.put("not_ok_before", count));
              good.after().ifPresent(count -> counts.put("not_ok_after", count));
              corrected
                  .bundle()
                  .calibration()
                  .ifPresent(known -> json.put("statement", known.statement()));
            });
    if (!comparison.tests().isEmpty()) {
      put(json.putObject("test"), comparison);
    }
    return json;
  }

  private static void put(ObjectNode json, Comparison.Judged judged) {
    json.put("score", judged.score());
    judged.verdict().ifPresent(verdict -> json.put("verdict", verdict.kind()));
  }

  private static void put(ObjectNode json, Comparison comparison) {
    put(json, "recall_before", comparison.recallBefore());
    put(json, "recall_after", comparison.recallAfter());
    ArrayNode categories = json.putArray("categories");
    for (Comparison.Test test : comparison.tests()) {
      ObjectNode one = categories.addObject().put("category", test.after().category());
      one.put("remembered", test.remembered());
      put(one.putObject("before"), test.before(), test.verdictsBefore());
      put(one.putObject("after"), test.after(), test.verdictsAfter());
    }
  }

  private static void put(ObjectNode json, Evaluation test, Optional<ThresholdQuality> verdicts) {
    put(json, "image_auroc", test.overall().metrics().get(Metric.IMAGE_AUROC));
    json.put("good", test.overall().good()).put("defective", test.overall().defective());
    verdicts.ifPresent(
        quality -> {
          json.put("found", quality.found()).put("false_alarms", quality.falseAlarms());
          put(json, "recall", quality.recall());
          put(json, "false_alarm_rate", quality.falseAlarmRate());
        });
  }

  private static void put(ObjectNode json, String name, OptionalDouble value) {
    value.ifPresent(number -> json.put(name, number));
  }
}
