package io.github.anople.cli;

import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.Resampler;
import io.github.anople.inspect.data.FolderLayout;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.Sample;
import io.github.anople.torch.calibrate.ShotEstimate;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.synth.AnomalySource;
import io.github.anople.torch.train.Trainer;
import io.github.anople.torch.train.TrainingClass;
import io.github.anople.torch.train.TrainingFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code anople train}: a few good pictures in, a detector out. */
@Command(
    name = "train",
    description =
        "Trains a detector from a few pictures of good parts. An interrupted training goes on where "
            + "it was when it is started again.")
final class TrainCommand implements Callable<Integer> {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  private boolean help;

  @Mixin private DataOptions data;

  @Mixin private BackboneOption backbone;

  @Mixin private MethodOptions method;

  @Option(
      names = "--textures",
      paramLabel = "DIR",
      description =
          "Pictures of textures to simulate anomalies with. Default: the shots themselves.")
  private Path textures;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "The detector to write, such as bracket.anople; the losses of every step lie beside it in "
              + "bracket.training.csv. Default: detector.anople.")
  private Path output = Path.of("detector.anople");

  @Option(
      names = "--no-golden-image",
      description = "Leave the small picture of a shot, a self-test, out of the detector.")
  private boolean noGoldenImage;

  @Option(
      names = "--target-false-alarm",
      paramLabel = "SHARE|none",
      description =
          "Share of good pictures that may be NOT OK, at which the thresholds are estimated. none "
              + "estimates none: predict then gives scores without a verdict. Default: ${DEFAULT-VALUE}.")
  private String target = Double.toString(Calibration.USUAL_FALSE_ALARM);

  @Option(names = "--print-config", description = "Print all settings as JSON and do nothing else.")
  private boolean printConfig;

  @Mixin private Output words;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    TrainingConfig config = method.config();
    if (printConfig) {
      words.result().println(config.toPrettyJson());
      return 0;
    }
    OptionalDouble share = share();
    AtomicFile.requireWritable(output);
    InspectionDataset dataset = data.read();
    List<TrainingClass> classes = data.shots(dataset, config.seed());
    Path checkpoint = output.resolveSibling(output.getFileName() + ".checkpoint");
    if (Files.exists(checkpoint)) {
      words.info("going on from " + checkpoint + " (delete it to start anew)");
    }
    String name = output.getFileName().toString().replaceFirst("\\.anople$", "");
    Path losses = output.resolveSibling(name + ".training.csv");
    TrainingFiles files = new TrainingFiles(Optional.of(checkpoint), Optional.of(losses), true);
    DetectorBundle bundle = train(config, dataset.name(), classes, files, share);
    (noGoldenImage ? bundle.withGoldenImage(Optional.empty()) : bundle).write(output);
    delete(checkpoint);
    report(bundle, losses);
    return 0;
  }

  private DetectorBundle train(
      TrainingConfig config,
      String name,
      List<TrainingClass> classes,
      TrainingFiles files,
      OptionalDouble share) {
    try (LoadedBackbone loaded = backbone.load(words)) {
      words.info(
          "backbone: %s, %s on %s"
              .formatted(
                  loaded.identity().name(),
                  loaded.clip().precision().id(),
                  loaded.clip().device().id()));
      DetectorBundle trained = train(config, loaded, name, classes, files);
      return share.isEmpty() ? trained : calibrated(trained, loaded, classes, share.getAsDouble());
    }
  }

  private DetectorBundle train(
      TrainingConfig config,
      LoadedBackbone loaded,
      String name,
      List<TrainingClass> classes,
      TrainingFiles files) {
    int side = loaded.clip().config().vision().imageSize();
    try (TrainingProgress progress = new TrainingProgress(words)) {
      return new Trainer(config, source(side), new ImageReader(), progress)
          .train(loaded, name, classes, files);
    }
  }

  private DetectorBundle calibrated(
      DetectorBundle trained, LoadedBackbone loaded, List<TrainingClass> classes, double share) {
    words.info("estimating thresholds from altered views of the shots");
    List<Path> shots = classes.stream().flatMap(one -> one.shots().stream()).toList();
    ShotEstimate estimate = new ShotEstimate(loaded, new ImageReader(), share);
    return trained.withCalibration(
        Optional.of(estimate.calibrate(trained, output.toString(), shots)));
  }

  private OptionalDouble share() {
    if (target.equals("none")) {
      return OptionalDouble.empty();
    }
    try {
      double share = Double.parseDouble(target);
      Calibration.checkTarget(share);
      return OptionalDouble.of(share);
    } catch (NumberFormatException e) {
      throw new ParameterException(
          command.commandLine(),
          "--target-false-alarm '%s' is neither a share nor none".formatted(target));
    }
  }

  private AnomalySource source(int side) {
    if (textures == null) {
      return AnomalySource.ofItself();
    }
    List<Path> files =
        FolderLayout.unlabelled("texture", List.of(textures)).stream().map(Sample::image).toList();
    ImageReader reader = new ImageReader();
    return AnomalySource.ofTextures(
        files, file -> Resampler.resize(reader.read(file), 2 * side, 2 * side).toPlanar());
  }

  private void report(DetectorBundle bundle, Path losses) {
    if (words.json()) {
      words.result().println(DetectorJson.of(output, bundle).toPrettyString());
      return;
    }
    words.result().println(output);
    bundle
        .memory()
        .ifPresent(
            rows -> words.info("the memory holds %d patches".formatted(rows.shape().get(0))));
    words.info("losses of every step: " + losses);
    bundle
        .calibration()
        .ifPresent(
            known ->
                words.info(
                    "threshold %s: %s".formatted(known.imageThreshold(), known.statement())));
    words.info("next: anople predict " + output + " PICTURES --output results/");
  }

  private static void delete(Path checkpoint) {
    try {
      Files.deleteIfExists(checkpoint);
    } catch (IOException e) {
      throw new InputException(
          checkpoint, "cannot be deleted (" + e.getMessage() + ")", "delete it by hand", e);
    }
  }
}
