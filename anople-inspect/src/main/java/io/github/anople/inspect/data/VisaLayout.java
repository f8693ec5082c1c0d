package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The folders of VisA, as published or as converted.
 *
 * <ul>
 *   <li>Published: {@code <category>/Data/Images/{Normal,Anomaly}}, {@code
 *       <category>/Data/Masks/Anomaly} and the split {@code split_csv/1cls.csv} with the columns
 *       {@code object,split,label,image,mask}, whose paths start from the root and must stay below
 *       it.
 *   <li>Converted by VisA's own script: {@code <category>/train/good}, {@code
 *       <category>/test/{good,bad}}, {@code <category>/ground_truth/bad} with masks of the same
 *       stem; in the root, in one category's folder, or in {@code 1cls} below the root.
 * </ul>
 *
 * Both give the same samples in the same order; anomalous images have the defect type {@code bad}.
 */
public final class VisaLayout {

  private static final Path SPLIT = Path.of("split_csv", "1cls.csv");

  private VisaLayout() {}

  /**
   * All categories below a folder, sorted by name.
   *
   * @param root the folder of the categories
   * @return the data set, named after the folder
   * @throws InputException if what is there is laid out in neither way, an image or mask named by
   *     the split is missing or outside the root, or a category has no normal image
   */
  public static InspectionDataset read(Path root) {
    return read(root, List.of());
  }

  /**
   * Some categories below a folder.
   *
   * @param root the folder of the categories
   * @param categories the names of those to read, in the order wanted; none means all
   * @return the data set, named after the folder
   * @throws InputException as {@link #read(Path)}, and if a category is not there or asked for
   *     twice
   */
  public static InspectionDataset read(Path root, List<String> categories) {
    ImageFiles.requireFolder(root, "VisA's folder");
    Path split = root.resolve(SPLIT);
    if (Files.exists(split)) {
      return VisaSplit.read(root, split, categories);
    }
    if (isRaw(root) || ImageFiles.foldersIn(root).stream().anyMatch(VisaLayout::isRaw)) {
      throw new InputException(
          split,
          "no such file, and VisA's published folders need it",
          "name the folder above the categories, and restore split_csv from VisA's archive");
    }
    Path converted = root.resolve("1cls");
    Path folder = Files.isDirectory(converted) ? converted : root;
    return new InspectionDataset(
        ImageFiles.nameOf(root), CategoryFolders.read(folder, categories).categories());
  }

  /** Whether a folder looks like VisA's, published or with its split. */
  static boolean matches(Path root) {
    return Files.isDirectory(root)
        && (Files.exists(root.resolve(SPLIT))
            || Files.isDirectory(root.resolve("1cls"))
            || isRaw(root)
            || ImageFiles.foldersIn(root).stream().anyMatch(VisaLayout::isRaw));
  }

  private static boolean isRaw(Path category) {
    return Files.isDirectory(category.resolve(Path.of("Data", "Images")));
  }
}
