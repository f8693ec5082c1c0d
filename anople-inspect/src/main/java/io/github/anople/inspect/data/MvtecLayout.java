package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.nio.file.Path;
import java.util.List;

/**
 * The folders of MVTec AD: {@code <category>/train/good}, {@code <category>/test/<type>} (the type
 * {@code good} is normal, every other a kind of defect) and {@code
 * <category>/ground_truth/<type>/<stem>_mask.png}. The same reader takes what others made of them,
 * each category as it is:
 *
 * <ul>
 *   <li>MVTec LOCO: the masks of an image are all in {@code ground_truth/<type>/<stem>};
 *   <li>MVTec AD 2: {@code test_public/<type>} and {@code test_public/ground_truth/<type>};
 *   <li>BTAD: {@code ok} for {@code good}.
 * </ul>
 *
 * <p>The test folder and the masks may be missing. A mask may also carry the image's own stem, or
 * another image extension. Only images directly in a folder count. What is not used ({@code
 * validation}, tests without labels, masks of no image) is told in {@link
 * InspectionDataset.Category#remarks}.
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
