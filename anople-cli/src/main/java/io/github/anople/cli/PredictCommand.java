package io.github.anople.cli;

import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.predict.FolderWatch;
import io.github.anople.core.predict.Outcome;
import io.github.anople.core.predict.PictureFiles;
import io.github.anople.core.predict.PredictionOptions;
import io.github.anople.core.predict.Predictor;
import io.github.anople.core.report.ImageResult;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.checkpoint.LoadedBackbone;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anople predict}: pictures in, scores and heat maps out. */
@Command(
    name = "predict",
    description =
        "Scores pictures with a detector. Exit code 1 if a picture could not be read, else 4 with "
            + "--fail-on-anomaly if one is NOT OK.",
    mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {

  private static final int ANOMALY_FOUND = 4;
  private static final long POLL_MILLIS = 500;

  @Parameters(index = "0", paramLabel = "DETECTOR", description = "A file that train wrote.")
  private Path detector;

  @Parameters(
      index = "1..*",
      paramLabel = "PICTURES",
      description = "Pictures, folders of them, or globs.")
  private List<String> pictures = List.of();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Writes scores.csv, results.json, images/ (heat maps) and maps/ there.")
  private Path output;

  @Option(
      names = "--watch",
      paramLabel = "DIR",
      description = "Scores pictures as they come to a folder, until Ctrl-C; needs --output.")
  private Path watch;

  @Option(
      names = "--threshold",
      paramLabel = "T",
      description = "Scores from T on are NOT OK, the others OK.")
  private Float threshold;

  @Option(names = "--fail-on-anomaly", description = "Exit code 4 if a picture is NOT OK.")
  private boolean failOnAnomaly;

  @Option(
      names = "--no-overlays",
      negatable = true,
      description = "Draw no heat maps into --output.")
  private boolean noOverlays;

  @Option(names = "--no-maps", negatable = true, description = "Write no raw maps into --output.")
  private boolean noMaps;

  @Option(
      names = "--scale-high",
      paramLabel = "V",
      description = "Map value that heat maps show as hottest. Default: ${DEFAULT-VALUE}.")
  private float scaleHigh = PredictionOptions.DEFAULT_SCALE_HIGH;

  @Mixin private BackboneOption backbone;

  @Mixin private Output words;

  @Override
  public Integer call() throws InterruptedException {
    if (failOnAnomaly && threshold == null) {
      throw new InputException("--fail-on-anomaly", "has nothing to decide by", "add --threshold");
    }
    List<Path> files = PictureFiles.expand(pictures);
    if (files.isEmpty() && watch == null) {
      throw new InputException("predict", "no picture is named", "name pictures, or --watch DIR");
    }
    DetectorBundle bundle = DetectorBundle.read(detector);
    PredictionOptions options =
        new PredictionOptions(
            Optional.ofNullable(output),
            !noOverlays,
            !noMaps,
            scaleHigh,
            Optional.ofNullable(threshold));
    String category = String.join(", ", bundle.provenance().classNames());
    try (LoadedBackbone loaded = backbone.load();
        TorchDetector torch = TorchDetector.of(bundle, detector.toString(), loaded)) {
      Predictor predictor = new Predictor(torch, new ImageReader(), category, options);
      int code = files.isEmpty() ? 0 : predict(predictor, files);
      if (watch != null) {
        watch(predictor);
      }
      return code;
    }
  }

  private int predict(Predictor predictor, List<Path> files) {
    List<Outcome> outcomes = predictor.run(files, this::tell);
    if (words.json()) {
      words.result().println(predictor.json(outcomes).toPrettyString());
    }
    if (output != null) {
      words.info("%d pictures, results in %s".formatted(outcomes.size(), output));
    }
    if (outcomes.stream().anyMatch(outcome -> outcome.failure().isPresent())) {
      return Main.INPUT_FAULT;
    }
    boolean bad =
        outcomes.stream()
            .flatMap(outcome -> outcome.result().stream())
            .anyMatch(result -> result.verdict().filter(PredictionOptions.BAD::equals).isPresent());
    return failOnAnomaly && bad ? ANOMALY_FOUND : 0;
  }

  /**
   * Until the process is told to stop; what a picture has come to is on the disk before the next.
   */
  private void watch(Predictor predictor) throws InterruptedException {
    FolderWatch watching = new FolderWatch(predictor, watch);
    words.info("watching " + watch + ", Ctrl-C ends it");
    while (!Thread.currentThread().isInterrupted()) {
      watching.poll(this::tell);
      Thread.sleep(POLL_MILLIS);
    }
  }

  private void tell(Outcome outcome) {
    outcome.failure().ifPresent(words::fault);
    if (!words.json()) {
      outcome.result().ifPresent(result -> words.result().println(line(result)));
    }
  }

  private static String line(ImageResult result) {
    return String.format(
        Locale.ROOT,
        "%.6f%s  %s",
        result.score(),
        result.verdict().map("  %-6s"::formatted).orElse(""),
        result.path());
  }
}
