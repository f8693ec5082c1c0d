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
import java.util.stream.Collectors;

/**
 * One list of Real-IAD: {@code {"meta": {"normal_class", "prefix"}, "train": […], "test": […]}}
 * with entries {@code {"category", "anomaly_class", "image_path", "mask_path"}}.
 */
final class RealIadList {

  /** Thirty times the longest published list. */
  private static final int LIMIT = 64 << 20;

  /** So many entries tell which folder the paths start from. */
  private static final int TRIED = 50;

  private static final String CATEGORY = "the category";
  private static final String TRAIN = "train";

  private final Path file;
  private final String category;
  private final String normal;

  /** Where the category's folder should be, below that of the images. */
  private final Path prefix;

  private final List<Entry> train;
  private final List<Entry> test;

  /** An entry; its path starts from the folder of the category. */
  private record Entry(String kind, Path image, Optional<Path> mask) {}

  private RealIadList(Path file, String category, Optional<String> view) {
    this.file = file;
    this.category = category;
    JsonNode list = JsonLists.object(TextFiles.read(file, LIMIT), file.toString());
    JsonNode meta = list.path("meta");
    String where = file + ", meta";
    this.normal = JsonLists.text(meta, "normal_class", where).orElse("OK");
    this.prefix =
        JsonLists.text(meta, "prefix", where)
            .map(text -> path(text, where, "the folder of the images"))
            .orElse(Path.of(ImageFiles.stem(file)));
    this.train = entries(list, TRAIN, view);
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
      Path image = path(JsonLists.required(one, "image_path", where), where, CATEGORY);
      if (!seen.add(image)) {
        throw new InputException(where, "repeats " + image, "remove one of the two");
      }
      Entry entry =
          new Entry(
              JsonLists.required(one, "anomaly_class", where),
              image,
              JsonLists.text(one, "mask_path", where).map(text -> path(text, where, CATEGORY)));
      if (view.isEmpty() || isOf(image, view.get())) {
        if (part.equals(TRAIN) && !entry.kind().equals(normal)) {
          throw new InputException(
              where,
              "trains with an anomalous image, " + image,
              "use lists of clean training images: realiad_jsons, or realiad_jsons_fuiad_0.0");
        }
        all.add(entry);
      }
    }
    return all;
  }

  private static boolean isOf(Path image, String view) {
    return ("_" + ImageFiles.stem(image) + "_").contains("_" + view + "_");
  }

  private static Path path(String text, String where, String folder) {
    return ListedPath.relative(text)
        .orElseThrow(
            () ->
                new InputException(
                    where,
                    InputException.quoted(text) + " is not a path below " + folder,
                    "correct it"))
        .normalize();
  }

  private InspectionDataset.Category category(List<Path> bases) {
    Listing listing = new Listing();
    Path folder = folder(bases);
    List<Sample> shots = samples(folder, train, listing);
    List<Sample> tests = samples(folder, test, listing);
    tellShared(shots, tests, listing);
    if (shots.isEmpty() && tests.isEmpty()) {
      throw new InputException(
          file,
          "names no image that is there",
          "unpack the images of " + category + " beside the lists");
    }
    return new InspectionDataset.Category(category, shots, tests, listing.remarks());
  }

  private void tellShared(List<Sample> shots, List<Sample> tests, Listing listing) {
    Set<Path> trained = shots.stream().map(Sample::image).collect(Collectors.toSet());
    List<Path> both = tests.stream().map(Sample::image).filter(trained::contains).toList();
    if (!both.isEmpty()) {
      listing.note(
          "%s tests with %d of its training images (%s): metrics flatter who learns from them"
              .formatted(ImageFiles.slashed(file), both.size(), ImageFiles.slashed(both.get(0))));
    }
  }

  /** The first folder that has more than half of the first images, else that which has most. */
  private Path folder(List<Path> bases) {
    List<Entry> tried = new ArrayList<>(train.subList(0, Math.min(TRIED, train.size())));
    tried.addAll(test.subList(0, Math.min(TRIED, test.size())));
    Path best = bases.get(0);
    long most = 0;
    for (Path base : bases) {
      Path named = base.resolve(ImageFiles.stem(file));
      for (Path folder : List.of(base.resolve(prefix).normalize(), named, base)) {
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
