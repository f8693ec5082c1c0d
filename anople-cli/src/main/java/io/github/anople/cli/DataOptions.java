package io.github.anople.cli;

import io.github.anople.core.InputException;
import io.github.anople.inspect.data.FolderLayout;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.ShotSelection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Which pictures: a data set's layout, or folders of good pictures; and which of them are shots.
 */
final class DataOptions {

  /** More pictures than this are hardly meant to be trained on all: few-shot means few. */
  private static final int MOST_WITHOUT_SAYING = 16;

  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");
  private static final Pattern COUNTED = Pattern.compile("(.+)#(\\d{1,9})");

  @Mixin private LayoutOptions layout;

  @Option(
      names = "--normal",
      paramLabel = "DIR",
      description = "A folder of good pictures, or one picture; may be repeated.")
  private List<Path> normal = List.of();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "What the pictures of --normal show, such as \"steel bracket\". One name for all, or one "
              + "for each --normal.")
  private List<String> names = List.of("object");

  @Option(
      names = "--shots",
      paramLabel = "K|FILE[#K]",
      description =
          "K: draw K good pictures of each category from the sorted listing, by --seed. FILE: the "
              + "pictures that it lists, a name a line, or PromptAD's lines such as '#4: 029 045 192 127', "
              + "of which #4 after the file's name takes those of 4.")
  private String shots;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** The data set that the options speak of. */
  InspectionDataset read() {
    layout
        .contradiction(!normal.isEmpty(), "--normal")
        .ifPresent(
            problem -> {
              throw new ParameterException(command.commandLine(), problem);
            });
    return layout.read(List.of(), this::folders);
  }

  private InspectionDataset folders() {
    if (normal.isEmpty()) {
      throw new InputException("--normal", "is missing", "name a folder of good pictures with it");
    }
    if (names.size() == 1) {
      return FolderLayout.ofNormal(names.get(0), normal).read();
    }
    if (names.size() != normal.size()) {
      throw new InputException(
          "--name",
          "is given %d times and --normal %d times".formatted(names.size(), normal.size()),
          "give one name for all, or one for each");
    }
    List<InspectionDataset.Category> all = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      all.addAll(FolderLayout.ofNormal(names.get(i), List.of(normal.get(i))).read().categories());
    }
    return new InspectionDataset("folder", all);
  }

  /** Which of its good images are shots. */
  ShotSelection selection(InspectionDataset dataset, long seed) {
    if (shots != null) {
      return NUMBER.matcher(shots).matches()
          ? ShotSelection.random(Integer.parseInt(shots), seed)
          : listed(shots);
    }
    if (dataset.train().size() > MOST_WITHOUT_SAYING) {
      throw new InputException(
          "data set " + dataset.name(),
          "has " + dataset.train().size() + " good pictures to train on",
          "say how many to use with --shots, 1 to 4 are usual");
    }
    return ShotSelection.all();
  }

  private static ShotSelection listed(String text) {
    Matcher counted = COUNTED.matcher(text);
    return !Files.exists(Path.of(text)) && counted.matches()
        ? ShotSelection.listed(
            Path.of(counted.group(1)), OptionalInt.of(Integer.parseInt(counted.group(2))))
        : ShotSelection.listed(Path.of(text), OptionalInt.empty());
  }
}
