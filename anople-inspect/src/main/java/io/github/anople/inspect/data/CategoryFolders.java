package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the folders of MVTec AD and of those that took them over.
 *
 * <p>Each category has {@code train/good} and {@code test/<type>}; a folder whose name says that it
 * is good (BTAD's {@code ok}) is normal, every other a kind of defect. The test folder may be
 * {@code test_public} (MVTec AD 2). Masks are in {@code ground_truth/<type>}, beside the types or
 * beside their folder.
 */
final class CategoryFolders {

  private static final String TRAIN = "train";
  private static final String GROUND_TRUTH = "ground_truth";

  /** The folders of test images, the first of which counts. */
  private static final List<String> TESTS = List.of("test", "test_public");

  private CategoryFolders() {}

  /**
   * The data set below a folder.
   *
   * @param root the folder of the categories, or one category's folder
   * @param wanted the categories to read, in that order; none means all
   */
  static InspectionDataset read(Path root, List<String> wanted) {
    ImageFiles.requireFolder(root, "a data set's folder");
    boolean single = isCategory(root);
    List<Path> folders = single ? List.of(root) : categoriesIn(root);
    List<String> names = folders.stream().map(ImageFiles::nameOf).toList();
    List<InspectionDataset.Category> categories = new ArrayList<>();
    for (String name : choose(root, names, wanted)) {
      categories.add(category(folders.get(names.indexOf(name)), name));
    }
    return new InspectionDataset(ImageFiles.nameOf(root), categories);
  }

  static boolean isCategory(Path folder) {
    return Files.isDirectory(folder.resolve(TRAIN)) && !good(folder.resolve(TRAIN)).isEmpty();
  }

  /** The folders in a folder whose names say that their images are good. */
  private static List<Path> good(Path folder) {
    return ImageFiles.foldersIn(folder).stream()
        .filter(one -> GoodName.says(ImageFiles.nameOf(one)))
        .toList();
  }

  /** The wanted names, all where none is wanted; each must be there, and once. */
  static List<String> choose(Path root, List<String> available, List<String> wanted) {
    Set<String> seen = new HashSet<>();
    for (String name : wanted) {
      if (!available.contains(name)) {
        throw new InputException(
            root, "has no category '" + name + "'", "choose from " + ImageFiles.some(available));
      }
      if (!seen.add(name)) {
        throw new InputException(
            root, "category '" + name + "' is asked for twice", "name it once");
      }
    }
    return wanted.isEmpty() ? available : wanted;
  }

  private static List<Path> categoriesIn(Path root) {
    List<Path> categories = new ArrayList<>();
    List<Path> folders = ImageFiles.foldersIn(root);
    for (Path folder : folders) {
      if (isCategory(folder)) {
        categories.add(folder);
      } else if (Files.isDirectory(folder.resolve(TRAIN)) || testOf(folder).isPresent()) {
        // A half-unpacked category would otherwise vanish from a benchmark unnoticed.
        throw new InputException(
            folder, "has no train/good", "unpack it again, or move it out of the data set");
      }
    }
    if (categories.isEmpty()) {
      String held =
          folders.isEmpty()
              ? "it holds no folder"
              : "it holds " + ImageFiles.some(folders.stream().map(ImageFiles::nameOf).toList());
      throw new InputException(
          root,
          "no category found: neither train/good nor <category>/train/good is there",
          "name the folder above the categories (" + held + ")");
    }
    return categories;
  }

  private static InspectionDataset.Category category(Path folder, String name) {
    Listing listing = new Listing();
    List<Sample> train = new ArrayList<>();
    for (Path type : ImageFiles.foldersIn(folder.resolve(TRAIN))) {
      if (GoodName.says(ImageFiles.nameOf(type))) {
        images(type, "put normal images there", listing)
            .forEach(image -> train.add(Sample.normal(image, name)));
      } else {
        listing.note(ImageFiles.slashed(type) + " is left out: training takes good images only");
      }
    }
    if (train.isEmpty()) {
      throw listing.faults().get(0);
    }
    List<Sample> test = testOf(folder).map(part -> test(part, name, listing)).orElse(List.of());
    tellUnused(folder, listing);
    return new InspectionDataset.Category(name, train, test, listing.remarks());
  }

  private static Optional<Path> testOf(Path category) {
    return TESTS.stream().map(category::resolve).filter(Files::exists).findFirst();
  }

  /** Parts of published data sets that are neither shots nor labelled tests. */
  private static void tellUnused(Path folder, Listing listing) {
    Path used = testOf(folder).orElse(folder);
    for (Path part : ImageFiles.foldersIn(folder)) {
      String name = ImageFiles.nameOf(part);
      if (name.equals("validation")) {
        int images = 0;
        for (Path type : ImageFiles.foldersIn(part)) {
          images += ImageFiles.in(type, new Listing()).size();
        }
        listing.note(
            "%s is left out: %d further images, to calibrate with"
                .formatted(ImageFiles.slashed(part), images));
      } else if (name.startsWith("test") && !part.equals(used)) {
        listing.note(ImageFiles.slashed(part) + " is left out: it has no labels to test with");
      }
    }
  }

  private static List<Sample> test(Path test, String category, Listing listing) {
    ImageFiles.requireFolder(test, "the folder of the test images");
    if (!ImageFiles.in(test, new Listing()).isEmpty()) {
      throw new InputException(
          test,
          "holds images outside a folder of their kind",
          "move them into test/good or test/<kind of defect>");
    }
    Path inside = test.resolve(GROUND_TRUTH);
    Path truth = Files.isDirectory(inside) ? inside : test.resolveSibling(GROUND_TRUTH);
    List<Sample> samples = new ArrayList<>();
    Set<String> defects = new HashSet<>();
    for (Path type : ImageFiles.foldersIn(test)) {
      if (type.equals(inside)) {
        continue;
      }
      List<Path> images = images(type, "add images or remove the folder", listing);
      if (GoodName.says(ImageFiles.nameOf(type))) {
        images.forEach(image -> samples.add(Sample.normal(image, category)));
      } else {
        defects.add(ImageFiles.nameOf(type));
        samples.addAll(defective(type, images, truth, category, listing));
      }
    }
    if (Files.isDirectory(truth)) {
      for (Path folder : ImageFiles.foldersIn(truth)) {
        if (!defects.contains(ImageFiles.nameOf(folder))) {
          Masks.in(folder, listing).assign(List.of());
        }
      }
    }
    samples.sort(Comparator.comparing(Sample::image, ImageFiles.ORDER));
    return samples;
  }

  private static List<Sample> defective(
      Path type, List<Path> images, Path truth, String category, Listing listing) {
    String defect = ImageFiles.nameOf(type);
    List<Masks.Wanted> wanted =
        images.stream()
            .map(image -> new Masks.Wanted(image, List.of(ImageFiles.nameOf(image))))
            .toList();
    Map<Path, Path> masks = Masks.in(truth.resolve(defect), listing).assign(wanted);
    return images.stream()
        .map(
            image ->
                new Sample(
                    image,
                    Optional.ofNullable(masks.get(image)),
                    Label.ANOMALOUS,
                    category,
                    defect))
        .toList();
  }

  /** The images of a folder of one kind; a folder in it is told, since it may well hold more. */
  private static List<Path> images(Path folder, String remedy, Listing listing) {
    List<Path> images = ImageFiles.in(folder, listing);
    ImageFiles.requireSome(images, folder, remedy, listing);
    if (!images.isEmpty()) {
      for (Path below : ImageFiles.foldersIn(folder)) {
        listing.note(ImageFiles.slashed(below) + " is left out: images of a kind lie side by side");
      }
    }
    return images;
  }
}
