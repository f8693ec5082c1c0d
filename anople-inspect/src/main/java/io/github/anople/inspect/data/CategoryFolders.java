package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code category/{train/good, test/type, ground_truth/type}} folders. */
final class CategoryFolders {

  private static final Path TRAIN_GOOD = Path.of("train", Sample.GOOD);

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
    return Files.isDirectory(folder.resolve(TRAIN_GOOD));
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
      } else if (Files.isDirectory(folder.resolve("train"))
          || Files.isDirectory(folder.resolve("test"))) {
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
    Path good = folder.resolve(TRAIN_GOOD);
    List<Sample> train =
        ImageFiles.requireSome(ImageFiles.in(good), good, "put normal images there").stream()
            .map(image -> Sample.normal(image, name))
            .toList();
    return new InspectionDataset.Category(name, train, test(folder, name));
  }

  private static List<Sample> test(Path folder, String category) {
    Path test = folder.resolve("test");
    if (!Files.exists(test)) {
      // Who only trains needs no test images.
      return List.of();
    }
    ImageFiles.requireFolder(test, "the folder of the test images");
    if (!ImageFiles.in(test).isEmpty()) {
      throw new InputException(
          test,
          "holds images outside a folder of their kind",
          "move them into test/good or test/<kind of defect>");
    }
    List<Sample> samples = new ArrayList<>();
    for (Path type : ImageFiles.foldersIn(test)) {
      samples.addAll(testImages(folder, type, category));
    }
    samples.sort(Comparator.comparing(Sample::image, ImageFiles.ORDER));
    return samples;
  }

  private static List<Sample> testImages(Path folder, Path type, String category) {
    String defect = ImageFiles.nameOf(type);
    List<Path> images =
        ImageFiles.requireSome(ImageFiles.in(type), type, "add images or remove the folder");
    if (defect.equals(Sample.GOOD)) {
      return images.stream().map(image -> Sample.normal(image, category)).toList();
    }
    Masks masks = Masks.in(folder.resolve("ground_truth").resolve(defect));
    List<Sample> samples = new ArrayList<>();
    for (Path image : images) {
      Optional<Path> mask = masks.of(type, image);
      samples.add(new Sample(image, mask, Label.ANOMALOUS, category, defect));
    }
    return samples;
  }
}
