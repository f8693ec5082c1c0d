package io.github.anople.inspect.report.html;

import io.github.anople.inspect.report.Inspection;
import java.util.List;

/**
 * Images' paths without the folder that all of them lie in, which says nothing of any.
 *
 * @param folder that folder, with a slash at its end; empty where there is none
 */
record ShortNames(String folder) {

  static ShortNames of(List<Inspection> images) {
    List<String> paths = images.stream().map(image -> image.path()).distinct().toList();
    if (paths.size() < 2) {
      return new ShortNames("");
    }
    String common = folderOf(paths.get(0));
    for (String path : paths) {
      while (!path.startsWith(common)) {
        common = folderOf(common.substring(0, common.length() - 1));
      }
    }
    return new ShortNames(common);
  }

  private static String folderOf(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  /** A path below the folder; any other text as it is. */
  String of(String path) {
    return path.startsWith(folder) ? path.substring(folder.length()) : path;
  }
}
