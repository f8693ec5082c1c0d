package io.github.anople.benchmark;

import io.github.anople.core.Sha256;
import io.github.anople.inspect.data.ImageFiles;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Tells whether the files of a run's categories are still the same, without opening them: by the
 * names, sizes and times of training images, test images and masks. Each data set is listed once.
 */
final class Fingerprints {

  /** Since it was listed: the run will say so better. */
  private static final String GONE = "";

  private final Map<GridData, Map<String, String>> known = new HashMap<>();

  /**
   * What a run is about.
   *
   * @throws io.github.anople.core.InputException if the data set cannot be listed
   */
  String of(Cell cell) {
    Map<String, String> all = known.computeIfAbsent(cell.data(), Fingerprints::list);
    MessageDigest digest = Sha256.digest();
    cell.involved().forEach(name -> add(digest, name + " " + all.get(name)));
    return Sha256.hex(digest);
  }

  /** The same of a run's categories alone, and without times: a copy elsewhere has others. */
  static String ofCopies(Cell cell) {
    Path root = cell.data().root();
    MessageDigest digest = Sha256.digest();
    for (InspectionDataset.Category category : cell.data().read(cell.involved()).categories()) {
      add(digest, category, file -> name(root, file) + size(file));
    }
    return Sha256.hex(digest);
  }

  private static Map<String, String> list(GridData data) {
    Map<String, String> prints = new HashMap<>();
    for (InspectionDataset.Category category : data.read().categories()) {
      MessageDigest digest = Sha256.digest();
      add(digest, category, file -> name(data.root(), file) + size(file) + time(file));
      prints.put(category.name(), Sha256.hex(digest));
    }
    return prints;
  }

  private static void add(
      MessageDigest digest, InspectionDataset.Category category, Function<Path, String> told) {
    add(digest, category.train(), told);
    add(digest, "test");
    add(digest, category.test(), told);
  }

  private static void add(MessageDigest digest, List<Sample> samples, Function<Path, String> told) {
    for (Sample sample : samples) {
      add(digest, sample.defectType() + " " + told.apply(sample.image()));
      List<Path> masks = sample.maskFiles();
      masks.forEach(mask -> add(digest, told.apply(mask)));
      if (masks.isEmpty()) {
        add(digest, "no mask");
      }
    }
  }

  private static void add(MessageDigest digest, String line) {
    digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static String name(Path root, Path file) {
    return ImageFiles.slashed(file.startsWith(root) ? root.relativize(file) : file);
  }

  private static String size(Path file) {
    try {
      return " " + Files.size(file);
    } catch (IOException e) {
      return GONE;
    }
  }

  private static String time(Path file) {
    try {
      return " " + Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      return GONE;
    }
  }
}
