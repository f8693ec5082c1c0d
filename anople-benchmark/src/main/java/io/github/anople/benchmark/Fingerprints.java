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

/**
 * Tells whether the files of a run's categories are still the same, without opening them: by the
 * names, sizes and times of training images, test images and masks. Each data set is listed once.
 */
final class Fingerprints {

  private final Map<GridData, Map<String, String>> known = new HashMap<>();

  /**
   * What a run is about.
   *
   * @throws io.github.anople.core.InputException if the data set cannot be listed
   */
  String of(Cell cell) {
    Map<String, String> all = known.computeIfAbsent(cell.data(), Fingerprints::list);
    MessageDigest digest = Sha256.digest();
    cell.categories().forEach(name -> add(digest, name + " " + all.get(name)));
    return Sha256.hex(digest);
  }

  private static Map<String, String> list(GridData data) {
    Map<String, String> prints = new HashMap<>();
    for (InspectionDataset.Category category : data.read().categories()) {
      MessageDigest digest = Sha256.digest();
      add(digest, data.root(), category.train());
      add(digest, "test");
      add(digest, data.root(), category.test());
      prints.put(category.name(), Sha256.hex(digest));
    }
    return prints;
  }

  private static void add(MessageDigest digest, Path root, List<Sample> samples) {
    for (Sample sample : samples) {
      add(digest, sample.defectType() + " " + file(root, sample.image()));
      List<Path> masks = sample.maskFiles();
      masks.forEach(mask -> add(digest, file(root, mask)));
      if (masks.isEmpty()) {
        add(digest, "no mask");
      }
    }
  }

  private static void add(MessageDigest digest, String line) {
    digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static String file(Path root, Path file) {
    String name = ImageFiles.slashed(file.startsWith(root) ? root.relativize(file) : file);
    try {
      return name + " " + Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      // Gone since it was listed: the run will say so better.
      return name;
    }
  }
}
