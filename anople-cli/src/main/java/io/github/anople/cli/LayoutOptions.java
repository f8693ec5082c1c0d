package io.github.anople.cli;

import io.github.anople.core.InputException;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.MvtecLayout;
import io.github.anople.inspect.data.VisaLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** How pictures lie on disk: a data set's layout, its root and its categories. */
final class LayoutOptions {

  private enum Layout {
    MVTEC,
    VISA,
    FOLDER
  }

  @Option(
      names = "--data",
      paramLabel = "mvtec|visa|folder",
      defaultValue = "folder",
      description = "Layout of the pictures. Default: ${DEFAULT-VALUE}.")
  private Layout layout;

  @Option(names = "--root", paramLabel = "DIR", description = "Root of an mvtec or visa data set.")
  private Path root;

  @Option(
      names = "--category",
      paramLabel = "NAME",
      split = ",",
      description =
          "Categories of the data set. Default: all of them to train, where several make one "
              + "detector; those that the detector knows to test.")
  private List<String> categories = List.of();

  /** The data set: of the root, where categories not named are the usual ones; or of folders. */
  InspectionDataset read(List<String> usual, Supplier<InspectionDataset> folders) {
    List<String> wanted = categories.isEmpty() ? usual : categories;
    return switch (layout) {
      case MVTEC -> MvtecLayout.read(required(), wanted);
      case VISA -> VisaLayout.read(required(), wanted);
      case FOLDER -> folders.get();
    };
  }

  /**
   * What contradicts itself on the command line, if anything does.
   *
   * @param folders whether the user names folders of pictures too
   * @param options the options that name these
   */
  Optional<String> contradiction(boolean folders, String options) {
    if (layout != Layout.FOLDER && folders) {
      return Optional.of(
          "--data %s says which pictures there are: leave %s out".formatted(name(), options));
    }
    if (layout == Layout.FOLDER && (root != null || !categories.isEmpty())) {
      return Optional.of("--root and --category are for --data mvtec or --data visa: add it");
    }
    return Optional.empty();
  }

  /** Whether the user speaks of a data set at all. */
  boolean given() {
    return layout != Layout.FOLDER || root != null || !categories.isEmpty();
  }

  private Path required() {
    if (root == null) {
      throw new InputException("--root", "is missing", "name the data set's folder with it");
    }
    return root;
  }

  /** The layout's name, for the record. */
  String name() {
    return layout.name().toLowerCase(Locale.ROOT);
  }
}
