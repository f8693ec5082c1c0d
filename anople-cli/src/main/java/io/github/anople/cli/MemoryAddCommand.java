package io.github.anople.cli;

import io.github.anople.console.BackboneOption;
import io.github.anople.console.ExitCode;
import io.github.anople.console.Output;
import io.github.anople.console.PictureOptions;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.image.ImageReader;
import io.github.anople.inspect.data.FolderLayout;
import io.github.anople.inspect.data.Listing;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.page.Words;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.train.MemoryFiller;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anople memory add}: further good pictures, without training. */
@Command(
    name = "add",
    description = "Adds good pictures to a detector's memory, without training; takes seconds.",
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
      names = "--output",
      paramLabel = "FILE",
      description = "The extended detector. Default: replaces the old one.")
  private Path output;

  @Mixin private PictureOptions pictures;

  @Mixin private BackboneOption backbone;

  @Mixin private Output words;

  @Override
  public Integer call() {
    DetectorBundle bundle = DetectorBundle.read(detector);
    String product = product(bundle.provenance().classNames());
    Listing listing = new Listing();
    List<Path> samples =
        FolderLayout.unlabelled(product, images, listing).stream().map(Sample::image).toList();
    listing.tell();
    listing.faults().forEach(fault -> words.fault(fault.getMessage()));
    PictureNotes notes = new PictureNotes(words);
    ImageReader reader = pictures.reader(bundle.provenance(), notes, words);
    DetectorBundle extended;
    try (LoadedBackbone loaded = backbone.load(words)) {
      extended = MemoryFiller.extend(bundle, detector.toString(), loaded, product, samples, reader);
    }
    notes.finished();
    Path target = output == null ? detector : output;
    extended.write(target);
    if (words.json()) {
      words.result().println(DetectorJson.of(target, extended).toPrettyString());
    } else {
      words.result().println(target);
      words.info(
          "%s added, the memory now holds %d patches"
              .formatted(Words.count(samples.size(), "picture"), extended.memoryRows()));
    }
    if (bundle.calibration().isPresent()) {
      words.info(
          "its thresholds no longer hold and were dropped: run 'anople calibrate %s'"
              .formatted(target));
    }
    return listing.faults().isEmpty() ? 0 : ExitCode.INPUT_FAULT;
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
