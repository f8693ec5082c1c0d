package io.github.anople.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.app.Calibrating;
import io.github.anople.console.BackboneOption;
import io.github.anople.console.ExitCode;
import io.github.anople.console.OnnxOptions;
import io.github.anople.console.Output;
import io.github.anople.console.PictureOptions;
import io.github.anople.console.TargetOption;
import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.SceneFault;
import io.github.anople.core.decide.Targets;
import io.github.anople.core.drift.DriftTest;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.core.open.DetectorFiles;
import io.github.anople.inspect.calibrate.CalibrationSet;
import io.github.anople.inspect.data.FolderLayout;
import io.github.anople.inspect.data.Listing;
import io.github.anople.inspect.data.Sample;
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

  private static final String UNCERTAIN_THRESHOLD = "--uncertain-threshold";
  private static final String UNCERTAIN_SHARE = "--uncertain-false-alarm";

  @Parameters(
      index = "0",
      paramLabel = "DETECTOR",
      description = "A detector (*.anople or *.onnx).")
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

  @Option(
      names = UNCERTAIN_THRESHOLD,
      paramLabel = "U",
      description =
          "With --threshold T, a second, lower one by hand: what exceeds it, but not T, is UNCERTAIN.")
  private Float uncertainThreshold;

  @Mixin private SceneOption scene;

  @Mixin private PictureOptions pictures;

  @Mixin private TargetOption target;

  @Option(
      names = UNCERTAIN_SHARE,
      paramLabel = "SHARE",
      description =
          "Share of good pictures that may be UNCERTAIN or NOT OK, greater than the other: gives a "
              + "second, lower threshold. Default: one threshold, and nothing is UNCERTAIN.")
  private Double uncertainShare;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The calibrated detector. Default: replaces the old one.")
  private Path output;

  @Mixin private BackboneOption backbone;

  @Mixin private OnnxOptions onnx;

  @Mixin private Output words;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InterruptedException {
    checkUsage();
    Targets targets = Targets.checked(target.share(), Optional.ofNullable(uncertainShare));
    Path file = output == null ? bundle : output;
    requireSameKind(file);
    AtomicFile.requireWritable(file);
    List<InputException> unreadable = new ArrayList<>();
    PictureNotes notes = new PictureNotes(words);
    if (normal.isEmpty()) {
      Calibration calibration = threshold == null ? estimated(targets, notes) : byHand();
      notes.finished();
      Calibrating.store(bundle, calibration, file);
      report(file, calibration, 0);
      if (threshold == null) {
        words.info("how good pictures look is not kept: that takes further ones (--normal)");
      }
      return 0;
    }
    CalibrationSet.Measured measured = measured(targets, unreadable, notes);
    notes.finished();
    Calibrating.store(bundle, measured, file);
    int kept = measured.drift().pictures().size();
    report(file, measured.calibration(), kept);
    words.info(kept(kept));
    return unreadable.isEmpty() ? 0 : ExitCode.INPUT_FAULT;
  }

  private Calibration estimated(Targets targets, PictureNotes notes) {
    return Calibrating.estimated(
        bundle,
        shots,
        targets,
        () -> backbone.load(words),
        made -> pictures.reader(made, notes, words));
  }

  private Calibration byHand() {
    try (DetectorFile detector = DetectorFiles.open(bundle)) {
      return Calibrating.byHand(detector, threshold, Optional.ofNullable(uncertainThreshold));
    }
  }

  private static String kept(int pictures) {
    int needed = DriftTest.needed(DriftTest.WINDOW);
    return pictures < needed
        ? "too few to notice drift later: %d are needed".formatted(needed)
        : "kept how %d of them look: predict will say when light, focus, lens or scores have moved"
            .formatted(pictures);
  }

  /** The name tells what a file is: a graph under another name would never be opened again. */
  private void requireSameKind(Path file) {
    if (DetectorBundle.isNamedAsGraph(bundle) != DetectorBundle.isNamedAsGraph(file)) {
      throw new ParameterException(
          command.commandLine(),
          "--output must end as the detector does: %s and %s are of two kinds"
              .formatted(bundle.getFileName(), file.getFileName()));
    }
  }

  private void checkUsage() {
    int ways = (normal.isEmpty() ? 0 : 1) + (shots.isEmpty() ? 0 : 1) + (threshold == null ? 0 : 1);
    if (ways != 1) {
      throw new ParameterException(
          command.commandLine(),
          "give one of --normal DIR (further good pictures), --shots-dir DIR (those it was "
              + "trained on) and --threshold T");
    }
    if (threshold != null && (TargetOption.isGiven(command) || uncertainShare != null)) {
      throw new ParameterException(
          command.commandLine(),
          "--threshold T is set by hand, and %s does not change it: give only one of them"
              .formatted(uncertainShare == null ? "--target-false-alarm" : UNCERTAIN_SHARE));
    }
    if (threshold == null && uncertainThreshold != null) {
      throw new ParameterException(
          command.commandLine(),
          "%s U needs --threshold T, the higher of the two; from pictures %s gives it"
              .formatted(UNCERTAIN_THRESHOLD, UNCERTAIN_SHARE));
    }
  }

  private CalibrationSet.Measured measured(
      Targets targets, List<InputException> unreadable, PictureNotes notes)
      throws InterruptedException {
    Listing listing = new Listing();
    List<Path> files =
        FolderLayout.unlabelled("good", normal, listing).stream().map(Sample::image).toList();
    listing.tell();
    listing.faults().forEach(fault -> words.fault(fault.getMessage()));
    unreadable.addAll(listing.faults());
    try (DetectorFile detector =
        DetectorFiles.open(bundle, backbone.settings(bundle, onnx, words))) {
      CalibrationSet further = Calibrating.further(detector, files);
      if (further.shots() + further.copies() > 0) {
        words.info(
            "left out: %d that the detector has learned from, %d that are there twice"
                .formatted(further.shots(), further.copies()));
      }
      return Calibrating.measured(
          detector,
          further,
          targets,
          scene.ofShots(detector, words),
          pictures.reader(detector.provenance(), notes, words),
          new CalibrationSet.Listener() {
            @Override
            public void unreadable(InputException fault) {
              words.fault(Hints.with(fault.getMessage(), fault.topic()));
              unreadable.add(fault);
            }

            @Override
            public void unlike(Path image, List<SceneFault> faults) {
              words.info(
                  "%s looks unlike the others (%s): is it a good picture?"
                      .formatted(image, SceneFault.words(faults)));
            }
          });
    }
  }

  private void report(Path file, Calibration calibration, int kept) {
    PrintWriter result = words.result();
    if (words.json()) {
      ObjectNode json = DetectorJson.tree(calibration);
      json.put("detector", file.toString());
      json.put("statement", calibration.statement());
      if (kept > 0) {
        json.put("drift_pictures", kept);
      }
      result.println(json.toPrettyString());
      return;
    }
    result.println("image threshold " + calibration.imageThreshold());
    calibration
        .uncertain()
        .ifPresent(lower -> result.println("uncertain above " + lower.threshold()));
    result.println("pixel threshold " + calibration.pixelThreshold());
    result.println("normal level    " + calibration.normalLevel());
    result.println(calibration.statement());
    words.info("stored in " + file);
  }
}
