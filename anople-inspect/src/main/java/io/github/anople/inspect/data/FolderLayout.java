package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One's own images, in whatever folders they are: one category, and a folder of good pictures is
 * enough.
 *
 * <p>Each entry is an image file or a folder, which is listed with all folders below it. Each part
 * is sorted by the paths as given and found, so the order of the entries (which a shell may expand
 * in its locale's order) does not matter. A folder lists files with an image's extension; a file
 * that is named is taken at its word.
 *
 * @param name the name of what is shown, as a person would call it, for example {@code steel
 *     bracket}
 * @param normal normal images to choose the shots from
 * @param normalTest normal images kept for testing
 * @param abnormal anomalous images for testing; their defect type is the name of the folder that
 *     they lie in
 * @param masks the folder of the anomalous images' masks, by the images' paths below their entry of
 *     {@code abnormal}: {@code scratch/1.jpg} has {@code scratch/1.png} or {@code
 *     scratch/1_mask.png}; where there is none, by the name of the entry's folder and that path
 */
public record FolderLayout(
    String name,
    List<Path> normal,
    List<Path> normalTest,
    List<Path> abnormal,
    Optional<Path> masks) {

  /**
   * A layout; nothing is looked up yet.
   *
   * @throws InputException if the name is blank, no image or folder is given, or masks are given
   *     without anomalous images
   */
  public FolderLayout {
    normal = List.copyOf(normal);
    normalTest = List.copyOf(normalTest);
    abnormal = List.copyOf(abnormal);
    if (name.isBlank()) {
      throw new InputException("data set", "has a blank name", "say what the images show");
    }
    if (normal.isEmpty() && normalTest.isEmpty() && abnormal.isEmpty()) {
      throw new InputException(
          "data set " + name, "has neither an image nor a folder", "name a folder of good images");
    }
    if (masks.isPresent() && abnormal.isEmpty()) {
      throw new InputException(
          masks.get(), "are masks without anomalous images", "name the images' folder too");
    }
  }

  /**
   * The layout of someone who has good pictures only.
   *
   * @param name the name of what is shown
   * @param normal normal images or folders of them
   * @return a layout without a test part
   * @throws InputException if the name is blank or nothing is given
   */
  public static FolderLayout ofNormal(String name, List<Path> normal) {
    return new FolderLayout(name, normal, List.of(), List.of(), Optional.empty());
  }

  /**
   * Finds the images.
   *
   * @return a data set of one category, both with this layout's name
   * @throws InputException if a file or folder is missing, a folder holds no image, an image is
   *     given twice, or a folder of anomalous images has a folder {@code good}
   */
  public InspectionDataset read() {
    Map<Path, String> given = new HashMap<>();
    List<Sample> train = new ArrayList<>();
    for (Found found : find(normal, "normal", given)) {
      train.add(Sample.normal(found.image(), name));
    }
    List<Sample> test = new ArrayList<>();
    for (Found found : find(normalTest, "normal test", given)) {
      test.add(Sample.normal(found.image(), name));
    }
    abnormal.forEach(FolderLayout::refuseGood);
    Optional<Masks> found = masks.map(Masks::under);
    for (Found one : find(abnormal, "anomalous", given)) {
      Optional<Path> mask = found.flatMap(some -> some.below(one.base(), one.image()));
      test.add(new Sample(one.image(), mask, Label.ANOMALOUS, name, one.folder()));
    }
    return new InspectionDataset(name, List.of(new InspectionDataset.Category(name, train, test)));
  }

  /**
   * Images that nobody has judged.
   *
   * @param category what they show
   * @param paths image files and folders of images
   * @return unlabelled samples in listing order; their defect type is {@code unknown}
   * @throws InputException if a file or folder is missing, a folder holds no image, or an image is
   *     given twice
   */
  public static List<Sample> unlabelled(String category, List<Path> paths) {
    return find(paths, "new", new HashMap<>()).stream()
        .map(
            found ->
                new Sample(found.image(), Optional.empty(), Label.UNKNOWN, category, "unknown"))
        .toList();
  }

  /** Whoever names a data set's whole test folder would measure its good parts as defects. */
  private static void refuseGood(Path entry) {
    if (!Files.isDirectory(entry)) {
      return;
    }
    for (Path folder : ImageFiles.foldersIn(entry)) {
      if (ImageFiles.nameOf(folder).equalsIgnoreCase(Sample.GOOD)) {
        throw new InputException(
            folder,
            "lies among the anomalous images, and its name says that they are good",
            "name the folders of defects one by one, or read it as a data set (mvtec)");
      }
    }
  }

  /** An image, and the folder that its mask's name counts from. */
  private record Found(Path base, Path image) {
    String folder() {
      return ImageFiles.nameOf(image.toAbsolutePath().normalize().getParent());
    }
  }

  private static List<Found> find(List<Path> entries, String role, Map<Path, String> given) {
    List<Found> all = new ArrayList<>();
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        List<Path> images =
            ImageFiles.requireSome(
                ImageFiles.under(entry), entry, "put images there or name another folder");
        images.forEach(image -> all.add(new Found(entry, image)));
      } else {
        ImageFiles.requireReadable(entry);
        all.add(new Found(entry.resolveSibling(""), entry));
      }
    }
    all.sort(Comparator.comparing(Found::image, ImageFiles.ORDER));
    for (Found found : all) {
      String earlier = given.put(found.image().toAbsolutePath().normalize(), role);
      if (earlier != null) {
        // An image counted twice would weigh double, one both good and bad makes no sense.
        String roles = earlier.equals(role) ? "twice" : "as " + earlier + " and as " + role;
        throw new InputException(
            found.image(), "is given " + roles, "name it, or a folder that holds it, once");
      }
    }
    return all;
  }
}
