package io.github.anople.cli;

import io.github.anople.app.Correcting;
import io.github.anople.app.Remembered;
import io.github.anople.console.ExitCode;
import io.github.anople.core.AtomicFile;
import io.github.anople.core.bundle.DetectorBundle;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anople memory remove}: pictures out again, as if they had never been added. */
@Command(
    name = "remove",
    description =
        "Takes pictures out of a detector's memory that were added: its scores are then what they "
            + "were, to the bit, and an earlier version has its thresholds again.",
    mixinStandardHelpOptions = true)
final class MemoryRemoveCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "DETECTOR", description = "A file that memory add wrote.")
  private Path detector;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "VERSION|PICTURE",
      description =
          "What to take out: an addition by its number in 'memory list'; a picture by its file, its "
              + "name or the first 8 or more digits of its SHA-256.")
  private List<String> what = List.of();

  @Option(names = "--last", description = "Take the last addition out.")
  private boolean last;

  @Option(
      names = "--to",
      paramLabel = "VERSION",
      description = "Go back to a version: take out all that was added after it. 0 is as trained.")
  private Integer to;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The detector without them. Default: replaces the old one.")
  private Path output;

  @Mixin private CorrectionOptions options;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws InterruptedException {
    if ((what.isEmpty() ? 0 : 1) + (last ? 1 : 0) + (to == null ? 0 : 1) != 1) {
      throw new ParameterException(
          command.commandLine(),
          "say what to take out: a version or pictures, --last, or --to VERSION");
    }
    DetectorBundle before = Correcting.read(detector);
    Set<String> hashes = hashes(new Remembered(detector, before));
    Path target = output == null ? detector : output;
    AtomicFile.requireWritable(target);
    PictureNotes notes = new PictureNotes(options.words());
    Correcting correcting =
        options.correcting(before, before.provenance().classNames().get(0), notes);
    Correcting.Corrected corrected = correcting.remove(detector, options::backbone, hashes);
    notes.finished();
    corrected.bundle().write(target);
    new CorrectionReport(options.words(), target).print(before, corrected);
    return options.faults().isEmpty() ? 0 : ExitCode.INPUT_FAULT;
  }

  private Set<String> hashes(Remembered remembered) {
    if (last) {
      return remembered.last();
    }
    if (to != null) {
      return remembered.after(to);
    }
    Set<String> hashes = new LinkedHashSet<>();
    what.forEach(one -> hashes.addAll(remembered.find(one)));
    return hashes;
  }
}
