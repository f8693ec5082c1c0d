package io.github.anople.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.app.Enrolment;
import io.github.anople.console.BackboneOption;
import io.github.anople.console.ExitCode;
import io.github.anople.console.Output;
import io.github.anople.console.PictureOptions;
import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.region.Region;
import io.github.anople.inspect.data.FolderLayout;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.Listing;
import io.github.anople.inspect.data.Sample;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.synth.AnomalySource;
import io.github.anople.torch.train.MemoryFiller;
import io.github.anople.torch.train.TrainingClass;
import io.github.anople.torch.train.TrainingFiles;
import io.github.anople.torch.train.TrainingRemark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
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
        "Trains a detector from a few pictures of good parts. An interrupted training continues "
            + "after its last epoch when it is started again.")
final class TrainCommand implements Callable<Integer> {

  /** The grid on which a region's share is told. */
  private static final int GRID = 1024;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable") // picocli reads it.
  private boolean help;

  @Mixin private DataOptions data;

  @Mixin private BackboneOption backbone;

  @Mixin private MethodOptions method;

  @Mixin private PictureOptions pictures;

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

  @Mixin private RegionOptions regions;

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
    PictureNotes notes = new PictureNotes(words);
    ImageReader reader = pictures.reader(notes);
    AtomicFile.requireWritable(output);
    Optional<Region> region = regions.read();
    InspectionDataset dataset = data.read();
    dataset.remarks().notes().forEach(note -> words.info("note: " + note));
    List<InputException> broken = new ArrayList<>(dataset.remarks().faults());
    List<TrainingClass> products =
        Enrolment.products(dataset, data.selection(dataset, config.seed()));
    List<Path> textureFiles = textures == null ? List.of() : textures(broken);
    broken.forEach(fault -> words.fault(fault.getMessage()));
    String name = output.getFileName().toString().replaceFirst("\\.anople$", "");
    Enrolment.Target target =
        new Enrolment.Target(
            output,
            output.resolveSibling(name + ".training.csv"),
            TrainingFiles.Resume.OWN,
            !noGoldenImage);
    try (LoadedBackbone loaded = backbone.load(words);
        TrainingProgress progress = new TrainingProgress(words)) {
      words.info(
          "backbone: %s, %s on %s"
              .formatted(
                  loaded.identity().name(),
                  loaded.clip().precision().id(),
                  loaded.clip().device().id()));
      AnomalySource source =
          textures == null
              ? AnomalySource.ofItself()
              : Enrolment.textures(textureFiles, loaded, ofAnyCamera(reader));
      Enrolment enrolment = new Enrolment(config, source, share, progress, reader, region);
      DetectorBundle trained = enrolment.write(loaded, dataset.name(), products, target);
      notes.finished();
      report(config, trained, progress.remarks(), target.log());
    }
    return broken.isEmpty() ? 0 : ExitCode.INPUT_FAULT;
  }

  private List<Path> textures(List<InputException> broken) {
    Listing listing = new Listing();
    List<Sample> found = FolderLayout.unlabelled("texture", List.of(textures), listing);
    listing.tell();
    broken.addAll(listing.faults());
    return found.stream().map(Sample::image).toList();
  }

  /** Textures are mostly of another camera than the shots. */
  private static ImageReader ofAnyCamera(ImageReader reader) {
    return new ImageReader(reader.options().withBitDepth(OptionalInt.empty()));
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

  /** Of tiles, which are many, some patches only. */
  private static String ofTiles(TrainingConfig config) {
    return config.tiles().enabled()
        ? " of tiles, at most %d of each encoder".formatted(MemoryFiller.MOST_OF_TILES)
        : "";
  }

  private void report(
      TrainingConfig config, DetectorBundle bundle, List<TrainingRemark> remarks, Path losses) {
    if (words.json()) {
      ObjectNode json = DetectorJson.of(output, bundle);
      DetectorJson.putRemarks(json, remarks);
      words.result().println(json.toPrettyString());
      return;
    }
    words.result().println(output);
    if (bundle.memoryRows() > 0) {
      words.info("the memory holds %d patches%s".formatted(bundle.memoryRows(), ofTiles(config)));
    }
    bundle
        .region()
        .ifPresent(
            known ->
                words.info(
                    String.format(
                        Locale.ROOT,
                        "%.1f %% of each picture is ignored",
                        100 * known.region().ignoredShare(GRID, GRID))));
    words.info("losses of every step: " + losses);
    bundle
        .calibration()
        .ifPresent(
            known ->
                words.info(
                    "threshold %s: %s".formatted(known.imageThreshold(), known.statement())));
    words.info("next: anople predict " + output + " PICTURES --output results/");
  }
}
