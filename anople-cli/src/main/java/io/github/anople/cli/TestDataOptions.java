package io.github.anople.cli;

import io.github.anople.core.InputException;
import io.github.anople.inspect.data.FolderLayout;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.MaskStyle;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which labelled pictures a detector is tested on: a data set's layout, or one's own folders. */
final class TestDataOptions {

  @Mixin private LayoutOptions layout;

  @Option(
      names = "--test-good",
      paramLabel = "DIR",
      description =
          "A folder of good pictures that the detector did not learn from; may be repeated.")
  private List<Path> good = List.of();

  @Option(
      names = "--test-bad",
      paramLabel = "DIR",
      description =
          "A folder of defective pictures, in a folder for each kind of defect; may be repeated.")
  private List<Path> bad = List.of();

  @Option(
      names = "--masks",
      paramLabel = "DIR",
      description =
          "The masks of --test-bad, not black where there is a defect: scratch/1.jpg has "
              + "scratch/1.png or scratch/1_mask.png, also where --test-bad names the folder scratch "
              + "itself. Without: image metrics only.")
  private Path masks;

  /** Over which pixels masks are drawn. */
  private enum Pixels {
    SHOWN,
    STORED
  }

  @Option(
      names = "--mask-pixels",
      paramLabel = "shown|stored",
      description =
          "Where a picture is turned by its EXIF orientation: whether its mask is drawn over the "
              + "picture as it is shown, or over the pixels as they are stored. Default: as shown, "
              + "unless only the stored size fits; test then says so.")
  private Pixels pixels;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What the pictures of --test-good and --test-bad show. Default: the class.")
  private String name;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** The labelled pictures; classes are those that the detector knows. */
  InspectionDataset read(List<String> classes) {
    layout
        .contradiction(foldersGiven(), "--test-good, --test-bad, --masks and --name")
        .ifPresent(
            problem -> {
              throw new ParameterException(command.commandLine(), problem);
            });
    InspectionDataset found = layout.read(classes, () -> folders(classes));
    InspectionDataset dataset =
        pixels == null
            ? found
            : found.withMasksOver(
                pixels == Pixels.STORED ? MaskStyle.Pixels.STORED : MaskStyle.Pixels.SHOWN);
    if (dataset.test().isEmpty()) {
      throw new InputException(
          "data set " + dataset.name(),
          "has no test picture of " + String.join(", ", dataset.categoryNames()),
          "add good and defective pictures, as test/good and test/<kind of defect>");
    }
    return dataset;
  }

  private InspectionDataset folders(List<String> classes) {
    if (good.isEmpty() && bad.isEmpty()) {
      throw new InputException(
          "--test-good and --test-bad",
          "are missing",
          "name a folder of good and one of defective pictures, or a data set with --data");
    }
    if (name == null && classes.size() > 1) {
      throw new InputException(
          "--name",
          "is missing, and the detector knows several classes",
          "say which of them the pictures show: " + String.join(", ", classes));
    }
    String shown = name == null ? classes.get(0) : name;
    return new FolderLayout(shown, List.of(), good, bad, Optional.ofNullable(masks)).read();
  }

  /** Whether the user speaks of labelled pictures at all. */
  boolean given() {
    return foldersGiven() || layout.given();
  }

  private boolean foldersGiven() {
    return !good.isEmpty() || !bad.isEmpty() || masks != null || name != null;
  }

  /** The layout's name, for the record. */
  String layout() {
    return layout.name();
  }
}
