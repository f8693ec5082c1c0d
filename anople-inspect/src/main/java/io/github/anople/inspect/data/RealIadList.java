package io.github.anople.inspect.data;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.anople.core.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One list of Real-IAD: {@code {"meta": {"normal_class", "prefix"}, "train": […], "test": […]}}
 * with entries {@code {"category", "anomaly_class", "image_path", "mask_path"}}.
 */
final class RealIadList {

  /** Thirty times the longest published list. */
  private static final int LIMIT = 64 << 20;

  /** So many entries tell which folder the paths start from. */
  private static final int TRIED = 50;

  private final Path file;
  private final String category;
  private final String normal;
  private final List<Entry> train;
  private final List<Entry> test;

  /** An entry; its path starts from the folder of the category. */
  private record Entry(String kind, Path image, Optional<Path> mask) {}

  private RealIadList(Path file, String category, Optional<String> view) {
    this.file = file;
    this.category = category;
    JsonNode list = JsonLists.object(TextFiles.read(file, LIMIT), file.toString());
    this.normal = JsonLists.text(list.path("meta"), "normal_class", file + ", meta").orElse("OK");
    this.train = entries(list, "train", view);
    this.test = entries(list, "test", view);
  }

  /**
   * The category of a list.
   *
   * @param file the list, named after the category
   * @param bases folders that may hold the category's folder, or be it
   * @param name what the category is called
   * @param view the view that counts, for example {@code C1}; empty for all
   */
  static InspectionDataset.Category read(
      Path file, List<Path> bases, String name, Optional<String> view) {
    return new RealIadList(file, name, view).category(bases);
  }

  private List<Entry> entries(JsonNode list, String part, Optional<String> view) {
    JsonNode entries = list.path(part);
    if (!entries.isArray()) {
      throw new InputException(file, "has no list '" + part + "'", "restore it");
    }
    List<Entry> all = new ArrayList<>();
    Set<Path> seen = new HashSet<>();
    for (int i = 0; i < entries.size(); i++) {
      String where = "%s, %s[%d]".formatted(file, part, i);
      JsonNode one = entries.get(i);
      Path image = path(JsonLists.required(one, "image_path", where), where);
      if (!seen.add(image)) {
        throw new InputException(where, "repeats " + image, "remove one of the two");
      }
      Entry entry =
          new Entry(
              JsonLists.required(one, "anomaly_class", where),
              image,
              JsonLists.text(one, "mask_path", where).map(text -> path(text, where)));
      if (view.isEmpty() || isOf(image, view.get())) {
        all.add(entry);
      }
    }
    return all;
  }

  private static boolean isOf(Path image, String view) {
    return ("_" + ImageFiles.stem(image) + "_").contains("_" + view + "_");
  }

  private static Path path(String text, String where) {
    return ListedPath.relative(text)
        .orElseThrow(
            () ->
                new InputException(
                    where, "'" + text + "' is not a path below the category", "correct it"))
        .normalize();
  }

  private InspectionDataset.Category category(List<Path> bases) {
    Listing listing = new Listing();
    Path folder = folder(bases);
    List<Sample> shots = samples(folder, train, listing);
    for (Sample shot : shots) {
      if (shot.label() != Label.NORMAL) {
        throw new InputException(
            file,
            "trains with an anomalous image, " + shot.image(),
            "use the lists of clean training images, realiad_jsons");
      }
    }
    List<Sample> tests = samples(folder, test, listing);
    if (shots.isEmpty() && tests.isEmpty()) {
      throw new InputException(
          file,
          "names no image that is there",
          "unpack the images of " + category + " beside the lists");
    }
    return new InspectionDataset.Category(category, shots, tests, listing.remarks());
  }

  /** The first folder that has more than half of the first images, else that which has most. */
  private Path folder(List<Path> bases) {
    List<Entry> tried = new ArrayList<>(train.subList(0, Math.min(TRIED, train.size())));
    tried.addAll(test.subList(0, Math.min(TRIED, test.size())));
    Path best = bases.get(0);
    long most = 0;
    for (Path base : bases) {
      for (Path folder : List.of(base.resolve(ImageFiles.stem(file)), base)) {
        long found =
            tried.stream().filter(one -> Files.exists(folder.resolve(one.image()))).count();
        if (2 * found > tried.size()) {
          return folder;
        }
        if (found > most) {
          best = folder;
          most = found;
        }
      }
    }
    return best;
  }

  private List<Sample> samples(Path folder, List<Entry> entries, Listing listing) {
    List<Sample> samples = new ArrayList<>();
    Missing missing = new Missing(file, listing);
    for (Entry entry : entries) {
      Path image = folder.resolve(entry.image());
      if (!missing.has(image, "image")) {
        continue;
      }
      if (entry.kind().equals(normal)) {
        samples.add(Sample.normal(image, category));
      } else {
        Optional<Path> mask =
            entry.mask().map(folder::resolve).filter(path -> missing.has(path, "mask"));
        samples.add(new Sample(image, mask, Label.ANOMALOUS, category, entry.kind()));
      }
    }
    missing.tell();
    samples.sort(Comparator.comparing(Sample::image, ImageFiles.ORDER));
    return samples;
  }
}
