package io.github.anople.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.image.ImageReader;
import io.github.anople.inspect.calibrate.CalibrationSet;
import io.github.anople.inspect.calibrate.ShotFiles;
import io.github.anople.inspect.data.FolderLayout;
import io.github.anople.inspect.data.Sample;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.calibrate.ShotEstimate;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anople calibrate}: from which score on is a part not good enough? */
@Command(
    name = "calibrate",
    description = {
      "Sets a detector's thresholds from pictures of good parts alone, without training.",
      "With further good pictures (--normal) it can promise a rate of false alarms; from the shots "
          + "(--shots-dir) it can only estimate one."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the input is at fault, or a good picture could not be read and was left out",
      "2:wrong usage",
      "3:an internal fault"
    },
    mixinStandardHelpOptions = true)
final class CalibrateCommand implements Callable<Integer> {

  /** A score is half the harmonic mean of two numbers in [0, 1]. */
  private static final float HIGHEST_SCORE = 0.5f;

  @Parameters(index = "0", paramLabel = "BUNDLE", description = "A detector (*.anople).")
  private Path bundle;

  @Option(
      names = "--normal",
      paramLabel = "DIR",
      description =
          "Good pictures that the detector has not learned from: folders or files; may be repeated.")
  private List<Path> normal = List.of();

  @Option(
      names = "--shots-dir",
      paramLabel = "DIR",
      description =
          "Where the pictures that it was trained on are: folders or files; may be repeated. They "
              + "are recognised by their content.")
  private List<Path> shots = List.of();

  @Option(
      names = "--threshold",
      paramLabel = "T",
      description = "Change the threshold of a calibrated detector by hand.")
  private Float threshold;

  @Mixin private TargetOption target;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The calibrated detector. Default: replaces the old one.")
  private Path output;

  @Mixin private BackboneOption backbone;

  @Mixin private Output words;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    checkUsage();
    double share = target.share();
    Path file = output == null ? bundle : output;
    AtomicFile.requireWritable(file);
    DetectorBundle detector = DetectorBundle.read(bundle);
    List<InputException> unreadable = new ArrayList<>();
    Calibration calibration =
        threshold != null
            ? byHand(detector)
            : shots.isEmpty() ? promised(detector, share, unreadable) : estimated(detector, share);
    detector.withCalibration(Optional.of(calibration)).write(file);
    report(file, calibration);
    return unreadable.isEmpty() ? 0 : Main.INPUT_FAULT;
  }

  private void checkUsage() {
    int ways = (normal.isEmpty() ? 0 : 1) + (shots.isEmpty() ? 0 : 1) + (threshold == null ? 0 : 1);
    if (ways != 1) {
      throw new ParameterException(
          command.commandLine(),
          "give one of --normal DIR (further good pictures), --shots-dir DIR (those it was "
              + "trained on) and --threshold T");
    }
    if (threshold != null && TargetOption.isGiven(command)) {
      throw new ParameterException(
          command.commandLine(),
          "--threshold T is set by hand, and --target-false-alarm does not change it: give only"
              + " one of them");
    }
  }

  private Calibration byHand(DetectorBundle detector) {
    if (threshold > HIGHEST_SCORE) {
      throw new InputException(
          "threshold",
          threshold + " can never be reached, since scores end at " + HIGHEST_SCORE,
          "choose a score from 0 to " + HIGHEST_SCORE);
    }
    return detector
        .calibration()
        .orElseThrow(
            () ->
                new InputException(
                    bundle,
                    "is not calibrated, and maps need a threshold too",
                    "calibrate it with --normal or --shots-dir first, or give 'anople predict' a "
                        + "--threshold"))
        .withImageThreshold(threshold);
  }

  private Calibration promised(
      DetectorBundle detector, double share, List<InputException> unreadable) {
    List<Path> files = FolderLayout.unlabelled("good", normal).stream().map(Sample::image).toList();
    CalibrationSet further = CalibrationSet.of(detector.provenance(), files);
    if (further.images().isEmpty()) {
      throw new InputException(
          bundle,
          "has learned from all of these pictures",
          "give good pictures that it has not seen, or estimate with --shots-dir");
    }
    if (further.shots() + further.copies() > 0) {
      words.info(
          "left out: %d that the detector has learned from, %d that are given twice"
              .formatted(further.shots(), further.copies()));
    }
    try (LoadedBackbone loaded = backbone.load(words);
        AnomalyDetector opened = TorchDetector.of(detector, bundle.toString(), loaded)) {
      return further.calibrate(
          opened,
          new ImageReader(),
          share,
          fault -> {
            words.fault(fault.getMessage());
            unreadable.add(fault);
          });
    }
  }

  private Calibration estimated(DetectorBundle detector, double share) {
    List<Path> files = ShotFiles.find(detector.provenance(), bundle.toString(), shots);
    try (LoadedBackbone loaded = backbone.load(words)) {
      return new ShotEstimate(loaded, new ImageReader(), share)
          .calibrate(detector, bundle.toString(), files);
    }
  }

  private void report(Path file, Calibration calibration) {
    PrintWriter result = words.result();
    if (words.json()) {
      ObjectNode json = calibration.toTree();
      json.put("detector", file.toString());
      json.put("statement", calibration.statement());
      result.println(json.toPrettyString());
      return;
    }
    result.println("image threshold " + calibration.imageThreshold());
    result.println("pixel threshold " + calibration.pixelThreshold());
    result.println("normal level    " + calibration.normalLevel());
    result.println(calibration.statement());
    words.info("stored in " + file);
  }
}
