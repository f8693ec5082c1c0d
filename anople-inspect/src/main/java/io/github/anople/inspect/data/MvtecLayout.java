package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.nio.file.Path;
import java.util.List;

/**
 * The folders of MVTec AD: {@code <category>/train/good}, {@code <category>/test/<type>} (the type
 * {@code good} is normal, every other a kind of defect) and {@code
 * <category>/ground_truth/<type>/<stem>_mask.png}.
 *
 * <p>The {@code test} folder and the masks may be missing. A mask may also carry the image's own
 * stem, or another image extension. Only images directly in a folder count.
 */
public final class MvtecLayout {

  private MvtecLayout() {}

  /**
   * All categories below a folder, sorted by name.
   *
   * @param root the folder of the categories, or the folder of one category (which then bears that
   *     folder's name)
   * @return the data set, named after the folder
   * @throws InputException if there is no category, a category has no normal image, or what is
   *     there is not laid out so
   */
  public static InspectionDataset read(Path root) {
    return read(root, List.of());
  }

  /**
   * Some categories below a folder.
   *
   * @param root the folder of the categories, or the folder of one category
   * @param categories the names of those to read, in the order wanted; none means all
   * @return the data set, named after the folder
   * @throws InputException as {@link #read(Path)}, and if a category is not there or asked for
   *     twice
   */
  public static InspectionDataset read(Path root, List<String> categories) {
    return CategoryFolders.read(root, categories);
  }
}
