package io.github.anople.cli;

import io.github.anople.app.Correcting;
import io.github.anople.console.ExitCode;
import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.Addition;
import io.github.anople.core.bundle.DetectorBundle;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anople memory add}: good pictures that were wrongly NOT OK, without training. */
@Command(
    name = "add",
    description =
        "Adds good pictures to a detector's memory, without training; takes seconds. With --calibrate "
            + "its thresholds are found anew.",
    mixinStandardHelpOptions = true)
final class MemoryAddCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "DETECTOR", description = "A file that train wrote.")
  private Path detector;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PICTURE",
      description = "Good pictures, or folders of them.")
  private List<Path> images;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The class they show. Default: the detector's only class.")
  private String name;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description =
          "Who adds them, for 'memory list'; --by '' keeps it to yourself. Default: the system's name "
              + "of the user.")
  private String by;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The extended detector. Default: replaces the old one.")
  private Path output;

  @Mixin private CorrectionOptions options;

  @Override
  public Integer call() throws InterruptedException {
    DetectorBundle before = Correcting.read(detector);
    String product = product(before.provenance().classNames());
    Path target = output == null ? detector : output;
    AtomicFile.requireWritable(target);
    PictureNotes notes = new PictureNotes(options.words());
    Correcting correcting = options.correcting(before, product, notes);
    Correcting.Corrected corrected =
        correcting.add(detector, options::backbone, product, options.pictures(images), signature());
    notes.finished();
    corrected.bundle().write(target);
    new CorrectionReport(options.words(), target).print(before, corrected);
    return options.faults().isEmpty() ? 0 : ExitCode.INPUT_FAULT;
  }

  private Addition.Signature signature() {
    return new Addition.Signature(
        Instant.now(),
        by == null ? Optional.ofNullable(System.getProperty("user.name")) : Optional.of(by));
  }

  private String product(List<String> classes) {
    if (name == null && classes.size() == 1) {
      return classes.get(0);
    }
    if (name == null || !classes.contains(name)) {
      throw new InputException(
          detector,
          name == null ? "knows several classes" : "does not know the class '" + name + "'",
          "say with --name which of them the pictures show: " + String.join(", ", classes));
    }
    return name;
  }
}
