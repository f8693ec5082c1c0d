package io.github.anople.server.exchange;

import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.data.Remarks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
   * Where a file is when all links are followed.
   *
   * @param folder the folder that it has to be in, without links
   * @param file any file
   * @return empty if it is not in the folder
   */
  static Optional<Path> inside(Path folder, Path file) {
    try {
      return Optional.of(file.toRealPath()).filter(real -> real.startsWith(folder));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
