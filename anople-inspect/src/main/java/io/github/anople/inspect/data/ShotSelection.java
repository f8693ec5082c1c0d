package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** Which of the normal images are the shots that a detector learns from. */
public interface ShotSelection {

  /**
   * The shots of all categories.
   *
   * @param dataset where to choose from
   * @return normal training samples: category by category, or in the list's order
   * @throws InputException if there are too few images, or a list is at fault
   */
  List<Sample> select(InspectionDataset dataset);

  /**
   * That many shots from each category, drawn by a seed without replacement.
   *
   * <p>The same for ever, on every platform: with the category's n training samples in listing
   * order, place i = 0, 1, … is swapped with place i + r, r = SplitMix64's next number (63 bits,
   * the sign bit shifted out) modulo n − i, redrawn where it falls into the last incomplete part of
   * the range. The generator starts from the seed anew for each category. So the first shot of a
   * seed is also the first of its two.
   *
   * @param shots how many from each category
   * @param seed any number
   * @return the selection
   * @throws InputException if less than one shot is asked for
   */
  static ShotSelection random(int shots, long seed) {
    return new RandomShots(shots, seed);
  }

  /**
   * Every training sample, for someone who has only the few pictures.
   *
   * @return the selection
   */
  static ShotSelection all() {
    return InspectionDataset::train;
  }

  /**
   * The shots that a file names, in UTF-8, in one of two forms:
   *
   * <ul>
   *   <li>plain: one image a line, as its file name, its stem, or the end of its path ({@code
   *       bottle/train/good/029.png}); lines that begin with {@code #} are comments;
   *   <li>PromptAD's: lines such as {@code #4: 029 045 192 127}, one for each number of shots, with
   *       as many file names or stems. A line {@code #<number>:} makes the whole file one of this
   *       form, and then it holds nothing else. The numbers are names, not positions in a listing;
   *       in MVTec AD's {@code train/good} the two are the same.
   * </ul>
   *
   * <p>A folder in place of a file is taken as PromptAD publishes it: {@code
   * <category>/selected_samples_per_run.txt} for each category.
   *
   * @param list the file or folder
   * @param shots how many shots each category must have; chooses the line of PromptAD's form; empty
   *     means as many as there are
   * @return the selection; the file is read when it selects, and then an {@link InputException}
   *     names the line of an unknown, ambiguous or repeated name, or the count that differs
   */
  static ShotSelection listed(Path list, OptionalInt shots) {
    return new ListedShots(list, shots);
  }

  /**
   * A plain list that {@link #listed} reads back, with the shortest path for each shot that names
   * no other training sample: the same on every machine.
   *
   * @param dataset what the shots were chosen from
   * @param shots the shots
   * @return the list's text, one line a shot, each ended by a line feed
   */
  static String format(InspectionDataset dataset, List<Sample> shots) {
    ShotNames names = new ShotNames(dataset.train());
    StringBuilder text = new StringBuilder();
    for (Sample shot : shots) {
      String name = names.shortest(shot);
      // A name that begins with # would read as a comment.
      text.append(name.startsWith("#") ? "./" + name : name).append('\n');
    }
    return text.toString();
  }
}
