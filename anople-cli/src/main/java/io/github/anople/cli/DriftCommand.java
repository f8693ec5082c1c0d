package io.github.anople.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.console.Output;
import io.github.anople.console.PictureOptions;
import io.github.anople.core.InputException;
import io.github.anople.core.drift.Drift;
import io.github.anople.core.drift.DriftReference;
import io.github.anople.core.drift.DriftSummary;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.core.open.DetectorFiles;
import io.github.anople.inspect.page.Words;
import io.github.anople.inspect.predict.FinishedRun;
import io.github.anople.inspect.report.DriftJson;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code anople drift}: has the line changed since calibration? */
@Command(
    name = "drift",
    description = {
      "Compares the pictures of a finished run with those of the detector's calibration: has the "
          + "light moved, the focus, is there dirt on the lens, have scores moved?",
      "Of windows of unchanged pictures at most 1 in 1,000 is told."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done, whether anything has moved or not",
      "1:the input is at fault",
      "2:wrong usage",
      "3:an internal fault"
    },
    mixinStandardHelpOptions = true)
final class DriftCommand implements Callable<Integer> {

  @Parameters(
      index = "0",
      paramLabel = "RESULTS",
      description = "The folder that predict --output wrote to.")
  private Path results;

  @Parameters(
      index = "1",
      paramLabel = "DETECTOR",
      description = "A detector that was calibrated with --normal (*.anople or *.onnx).")
  private Path detector;

  @Mixin private PictureOptions pictures;

  @Mixin private Output output;

  @Override
  public Integer call() {
    FinishedRun run = FinishedRun.read(results);
    FinishedRun.Found found;
    try (DetectorFile opened = DetectorFiles.open(detector)) {
      found =
          run.drift(
              reference(opened),
              pictures.reader(opened.provenance(), ImageReader.NoteListener.SILENT, output),
              opened.region());
    }
    if (found.left() > 0) {
      output.info(
          "left out: %s, gone since then, and how they looked was not kept"
              .formatted(Words.count(found.left(), "picture")));
    }
    DriftSummary summary = found.summary();
    if (output.json()) {
      JsonNode json = new JsonMapper().valueToTree(DriftJson.of(summary));
      output.result().println(json.toPrettyString());
      return 0;
    }
    summary.drifts().forEach(drift -> output.result().println(line(drift)));
    output.result().println(end(summary));
    return 0;
  }

  private DriftReference reference(DetectorFile opened) {
    return opened
        .drift()
        .orElseThrow(
            () ->
                new InputException(
                    detector,
                    "does not know how good pictures look",
                    "run 'anople calibrate --normal DIR' with further good ones first (and 'anople"
                        + " export' again after it)"));
  }

  private static String line(Drift drift) {
    String until = drift.ended().map(picture -> " until " + picture).orElse("");
    String range = "from " + drift.began() + until;
    return drift.change().words() + " (" + range.replaceAll("\\p{Cntrl}", "?") + ")";
  }

  private static String end(DriftSummary summary) {
    return summary
        .unable()
        .orElseGet(
            () ->
                "%s compared with %d of the calibration in %s%s%s"
                    .formatted(
                        Words.count(summary.pictures(), "picture"),
                        summary.calibrated(),
                        Words.count(summary.windows(), "window"),
                        summary.drifts().isEmpty() ? ": nothing has moved" : "",
                        summary.blind()
                            ? "; dirt was not looked for where pictures are gone or changed"
                            : ""));
  }
}
