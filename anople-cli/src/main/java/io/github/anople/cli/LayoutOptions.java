package io.github.anople.cli;

import io.github.anople.core.InputException;
import io.github.anople.inspect.data.DataLayout;
import io.github.anople.inspect.data.InspectionDataset;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How pictures lie on disk: a data set's layout, its root and its categories. */
final class LayoutOptions {

  private static final String FOLDER = "folder";

  /** What was named: a layout, or none for folders of one's own. */
  record Choice(Optional<DataLayout> layout) {}

  /** A choice by its name. */
  static final class Choices implements ITypeConverter<Choice> {
    @Override
    public Choice convert(String text) {
      String id = text.toLowerCase(Locale.ROOT);
      Optional<DataLayout> layout = DataLayout.of(id);
      if (layout.isEmpty() && !id.equals(FOLDER)) {
        throw new TypeConversionException(
            "'%s' is none of %s, %s".formatted(text, DataLayout.IDS.replace("|", ", "), FOLDER));
      }
      return new Choice(layout);
    }
  }

  @Option(
      names = "--data",
      paramLabel = "LAYOUT",
      converter = Choices.class,
      description =
          "Layout of the pictures: mvtec, loco, mvtec-ad2, btad, visa, real-iad, lookout (a manifest)"
              + " or folder. Default: with --root what is found there, else folder.")
  private Choice choice;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "Root of a data set, or a manifest of Lookout for Vision.")
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
    if (!given()) {
      return folders.get();
    }
    if (root == null) {
      throw new InputException("--root", "is missing", "name the data set's folder with it");
    }
    return found().read(root, categories.isEmpty() ? usual : categories);
  }

  /** The layout of the root: named, or found. */
  private DataLayout found() {
    return named().orElseGet(() -> DataLayout.find(root));
  }

  /** The layout that was named, unless it is folders; picocli leaves what is not given null. */
  private Optional<DataLayout> named() {
    return choice == null ? Optional.empty() : choice.layout();
  }

  private boolean isFolder() {
    return choice != null && choice.layout().isEmpty();
  }

  /**
   * What contradicts itself on the command line, if anything does.
   *
   * @param folders whether the user names folders of pictures too
   * @param options the options that name these
   */
  Optional<String> contradiction(boolean folders, String options) {
    boolean set = root != null || !categories.isEmpty();
    if (isFolder() && set) {
      return Optional.of("--root and --category are of data sets: leave --data folder out");
    }
    if (named().isPresent() && folders) {
      return Optional.of(
          "--data %s says which pictures there are: leave %s out".formatted(name(), options));
    }
    if (set && folders) {
      return Optional.of(
          "--root and --category are of data sets (--data), which say which pictures there are: "
              + "leave %s out".formatted(options));
    }
    return Optional.empty();
  }

  /** Whether the user speaks of a data set at all. */
  boolean given() {
    return named().isPresent() || root != null || !categories.isEmpty();
  }

  /** The layout's name, for the record. */
  String name() {
    if (!given()) {
      return FOLDER;
    }
    return root == null ? named().map(DataLayout::id).orElse(FOLDER) : found().id();
  }
}
