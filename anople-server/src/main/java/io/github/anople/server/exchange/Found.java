package io.github.anople.server.exchange;

import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.data.Remarks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures in a folder, none of them elsewhere by way of a link.
 *
 * @param pictures in the order in which they are to be taken
 * @param faults what cannot be taken, and what else there is to know, a line each
 */
record Found(List<Picture> pictures, List<String> faults) {

  Found {
    pictures = List.copyOf(pictures);
    faults = List.copyOf(faults);
  }

  /**
   * A picture.
   *
   * @param file where it is, without links
   * @param name what the answer calls it
   * @param label what is known of it
   */
  record Picture(Path file, String name, Label label) {}

  /** What a listing has to tell, a line each. */
  static List<String> lines(Remarks remarks) {
    List<String> lines = new ArrayList<>(remarks.notes());
    remarks.faults().forEach(fault -> lines.add(fault.getMessage()));
    return lines;
  }

  /**
   * Whether a file is in a folder when all links are followed.
   *
   * @param file any file
   * @param folder the folder, without links
   */
  static boolean isIn(Path folder, Path file) {
    try {
      return file.toRealPath().startsWith(folder);
    } catch (IOException e) {
      return false;
    }
  }
}
