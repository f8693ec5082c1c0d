package io.github.anople.cli;

import io.github.anople.app.Correcting;
import io.github.anople.console.BackboneOption;
import io.github.anople.console.Output;
import io.github.anople.console.PictureOptions;
import io.github.anople.console.TargetOption;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.SceneFault;
import io.github.anople.core.decide.Targets;
import io.github.anople.core.decide.Uncertain;
import io.github.anople.inspect.data.DataLayout;
import io.github.anople.inspect.data.FolderLayout;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.Listing;
import io.github.anople.inspect.data.Sample;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.train.TrainingRemark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a corrected detector gets its thresholds, and what it is measured with. */
final class CorrectionOptions {

  private static final String UNCERTAIN_SHARE = "--uncertain-false-alarm";

  @Option(
      names = "--calibrate",
      paramLabel = "DIR",
      description =
          "Find its thresholds anew with these good pictures, as 'anople calibrate --normal' does: "
              + "folders or files; may be repeated. Those that it remembers are left out.")
  private List<Path> calibration = List.of();

  @Option(
      names = "--test",
      paramLabel = "DIR",
      description =
          "The root of a labelled data set, or a manifest, as 'anople test --root': say what is found "
              + "before and after.")
  private Path test;

  @Option(
      names = "--test-good",
      paramLabel = "DIR",
      description = "Instead of --test: a folder of good pictures; may be repeated.")
  private List<Path> good = List.of();

  @Option(
      names = "--test-bad",
      paramLabel = "DIR",
      description = "Instead of --test: a folder of defective pictures; may be repeated.")
  private List<Path> bad = List.of();

  @Mixin private SceneOption scene;

  @Mixin private TargetOption target;

  @Option(
      names = UNCERTAIN_SHARE,
      paramLabel = "SHARE",
      description =
          "With --calibrate: share of good pictures that may be UNCERTAIN or NOT OK, greater than "
              + "the other. Default: what the detector's present thresholds aim at.")
  private Double uncertainShare;

  @Mixin private PictureOptions pictures;

  @Mixin private BackboneOption backbone;

  @Mixin private Output words;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private final List<InputException> faults = new ArrayList<>();

  Output words() {
    return words;
  }

  LoadedBackbone backbone() {
    return backbone.load(words);
  }

  /** What could not be read: a command's exit code says so. */
  List<InputException> faults() {
    return faults;
  }

  /** Pictures of files and folders; what is broken among them is told. */
  List<Path> pictures(List<Path> places) {
    Listing listing = new Listing();
    List<Path> found =
        FolderLayout.unlabelled("good", places, listing).stream().map(Sample::image).toList();
    listing.tell();
    listing.faults().forEach(fault -> words.fault(fault.getMessage()));
    faults.addAll(listing.faults());
    return found;
  }

  /**
   * What is asked for.
   *
   * @param detector the detector as it is
   * @param product the class of the pictures of --test-good and --test-bad
   */
  Correcting correcting(DetectorBundle detector, String product, PictureNotes notes) {
    if (calibration.isEmpty() && (TargetOption.isGiven(command) || uncertainShare != null)) {
      throw new ParameterException(
          command.commandLine(),
          "--target-false-alarm and --uncertain-false-alarm are of --calibrate DIR: give both");
    }
    if (!calibration.isEmpty() && !scene.isWanted() && detector.scene().isPresent()) {
      words.info(SceneOption.SCORE_ALONE);
    }
    Optional<InspectionDataset> tests = tests(detector.provenance().classNames(), product);
    Optional<Correcting.Recalibration> wanted =
        calibration.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Correcting.Recalibration(
                    pictures(calibration), targets(detector), scene.isWanted()));
    return new Correcting(
        pictures.reader(detector.provenance(), notes, words), wanted, tests, new Telling());
  }

  /** A detector that had two thresholds has two afterwards. */
  private Targets targets(DetectorBundle detector) {
    Optional<Double> uncertain =
        Optional.ofNullable(uncertainShare)
            .or(
                () ->
                    detector
                        .calibration()
                        .flatMap(Calibration::uncertain)
                        .flatMap(Uncertain::target)
                        .filter(share -> share > target.share()));
    return Targets.checked(target.share(), uncertain);
  }

  private Optional<InspectionDataset> tests(List<String> classes, String product) {
    if (test != null && !(good.isEmpty() && bad.isEmpty())) {
      throw new ParameterException(
          command.commandLine(),
          "--test says which pictures there are: leave --test-good and --test-bad out");
    }
    if (test != null) {
      return Optional.of(DataLayout.find(test).read(test, classes));
    }
    return good.isEmpty() && bad.isEmpty()
        ? Optional.empty()
        : Optional.of(new FolderLayout(product, List.of(), good, bad, Optional.empty()).read());
  }

  private final class Telling implements Correcting.Listener {

    @Override
    public void known(Path picture, Provenance.Shot as) {
      words.info(
          "left out: %s is remembered already, as %s"
              .formatted(picture, InputException.quoted(as.name())));
    }

    @Override
    public void noted(TrainingRemark remark) {
      words.info("note: " + remark.words());
    }

    @Override
    public void stage(String what) {
      words.info(what);
    }

    @Override
    public void unreadable(InputException fault) {
      words.fault(Hints.with(fault.getMessage(), fault.topic()));
      faults.add(fault);
    }

    @Override
    public void unlike(Path image, List<SceneFault> unlike) {
      words.info(
          "%s looks unlike the others (%s): is it a good picture?"
              .formatted(image, SceneFault.words(unlike)));
    }
  }
}
