package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Shots named in a file, as {@link ShotSelection#listed} says. */
record ListedShots(Path list, OptionalInt shots) implements ShotSelection {

  private static final String PROMPT_AD_FILE = "selected_samples_per_run.txt";

  @Override
  public List<Sample> select(InspectionDataset dataset) {
    if (!Files.isDirectory(list)) {
      return select(list, dataset, dataset.categories());
    }
    List<Sample> chosen = new ArrayList<>();
    for (InspectionDataset.Category category : dataset.categories()) {
      Path file = list.resolve(category.name()).resolve(PROMPT_AD_FILE);
      chosen.addAll(select(file, dataset, List.of(category)));
    }
    return List.copyOf(chosen);
  }

  private List<Sample> select(
      Path file, InspectionDataset dataset, List<InspectionDataset.Category> categories) {
    List<Sample> candidates = categories.stream().flatMap(one -> one.train().stream()).toList();
    ShotNames names = new ShotNames(candidates);
    Map<Sample, Integer> lines = new HashMap<>();
    List<Sample> chosen = new ArrayList<>();
    for (ShotList.Entry entry : ShotList.read(file, shots)) {
      Sample sample = names.find(file, entry);
      Integer earlier = lines.put(sample, entry.line());
      if (earlier != null) {
        throw new InputException(
            TextFiles.at(file, entry.line()),
            "'" + entry.name() + "' repeats the shot of line " + earlier,
            "list each image once");
      }
      chosen.add(sample);
    }
    for (InspectionDataset.Category category : categories) {
      requireCount(file, dataset, category, chosen);
    }
    return List.copyOf(chosen);
  }

  private void requireCount(
      Path file,
      InspectionDataset dataset,
      InspectionDataset.Category category,
      List<Sample> chosen) {
    long count = chosen.stream().filter(s -> s.category().equals(category.name())).count();
    if (count == 0) {
      throw new InputException(
          file,
          "lists no shot of category " + category.name() + " (" + dataset.name() + ")",
          "add one or leave the category out");
    }
    if (shots.isPresent() && shots.getAsInt() != count) {
      throw new InputException(
          file,
          "lists " + count + " shots of " + category.name() + ", not " + shots.getAsInt(),
          "ask for " + count + " shots or change the list");
    }
  }
}
