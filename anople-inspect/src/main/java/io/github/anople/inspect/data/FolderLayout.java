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
   *     given twice, or anomalous images lie in a folder whose name says that they are good ({@code
   *     good}, {@code OK}, {@code normal}, {@code Good parts})
   */
  public InspectionDataset read() {
    Listing listing = new Listing();
    Map<Path, String> given = new HashMap<>();
    List<Sample> train = new ArrayList<>();
    for (Found found : find(normal, "normal", given, listing)) {
      train.add(Sample.normal(found.image(), name));
    }
    List<Sample> test = new ArrayList<>();
    for (Found found : find(normalTest, "normal test", given, listing)) {
      test.add(Sample.normal(found.image(), name));
    }
    List<Found> anomalous = find(abnormal, "anomalous", given, listing);
    anomalous.forEach(FolderLayout::refuseGood);
    Map<Path, Path> marks =
        masks
            .map(folder -> Masks.under(folder, listing).assign(wanted(anomalous)))
            .orElse(Map.of());
    for (Found one : anomalous) {
      Optional<Path> mask = Optional.ofNullable(marks.get(one.image()));
      test.add(new Sample(one.image(), mask, Label.ANOMALOUS, name, one.folder()));
    }
    return new InspectionDataset(
        name, List.of(new InspectionDataset.Category(name, train, test, listing.remarks())));
  }

  private static List<Masks.Wanted> wanted(List<Found> images) {
    return images.stream()
        .map(
            one -> {
              String below = ImageFiles.slashed(one.base().relativize(one.image()));
              String whole = ImageFiles.nameOf(one.base()) + "/" + below;
              return new Masks.Wanted(one.image(), List.of(below, whole));
            })
        .toList();
  }

  /**
   * Images that nobody has judged. What is broken or left out on the way is logged.
   *
   * @param category what they show
   * @param paths image files and folders of images
   * @return unlabelled samples in listing order; their defect type is {@code unknown}
   * @throws InputException if a file or folder is missing, a folder holds no image, or an image is
   *     given twice
   */
  public static List<Sample> unlabelled(String category, List<Path> paths) {
    Listing listing = new Listing();
    List<Sample> samples = unlabelled(category, paths, listing);
    listing.tellAll();
    return samples;
  }

  /**
   * The same for a caller who reports what is broken.
   *
   * @param category what they show
   * @param paths image files and folders of images
   * @param listing hears what is broken or left out
   * @return unlabelled samples in listing order; their defect type is {@code unknown}
   * @throws InputException as {@link #unlabelled(String, List)} does
   */
  public static List<Sample> unlabelled(String category, List<Path> paths, Listing listing) {
    return find(paths, "new", new HashMap<>(), listing).stream()
        .map(
            found ->
                new Sample(found.image(), Optional.empty(), Label.UNKNOWN, category, "unknown"))
        .toList();
  }

  /** Whoever names a data set's whole test folder would measure its good parts as defects. */
  private static void refuseGood(Found found) {
    Path top = found.base().toAbsolutePath().normalize();
    Path folder = found.image().toAbsolutePath().normalize().getParent();
    while (folder != null && (folder.equals(top) ? found.named() : folder.startsWith(top))) {
      if (GoodName.says(ImageFiles.nameOf(folder))) {
        throw new InputException(
            folder,
            "lies among the anomalous images, and its name says that they are good",
            "name the folders of defects one by one, or rename it");
      }
      folder = folder.getParent();
    }
  }

  /** An image, the folder that its mask's name counts from, and whether that folder was named. */
  private record Found(Path base, Path image, boolean named) {
    String folder() {
      return ImageFiles.nameOf(image.toAbsolutePath().normalize().getParent());
    }
  }

  private static List<Found> find(
      List<Path> entries, String role, Map<Path, String> given, Listing listing) {
    List<Found> all = new ArrayList<>();
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        List<Path> images =
            ImageFiles.requireSome(
                ImageFiles.under(entry, listing),
                entry,
                "put images there or name another folder",
                listing);
        images.forEach(image -> all.add(new Found(entry, image, true)));
      } else {
        ImageFiles.requireReadable(entry);
        all.add(new Found(entry.resolveSibling(""), entry, false));
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
