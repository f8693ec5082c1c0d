package io.github.anople.server.store;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a server keeps everything: pictures, maps, detectors, its database unless another is named.
 *
 * @param root the folder
 */
public record DataFolder(Path root) {

  /**
   * The folder with all that belongs in it, made where it is missing.
   *
   * @param root the folder
   * @return the folder
   * @throws InputException if it cannot be made or written to
   */
  public static DataFolder open(Path root) {
    DataFolder data = new DataFolder(root.toAbsolutePath().normalize());
    try {
      for (Path folder :
          new Path[] {data.root, data.content(), data.incoming(), data.derived(), data.jobs()}) {
        Files.createDirectories(folder);
      }
      Files.deleteIfExists(Files.createTempFile(data.incoming(), "write", ".test"));
    } catch (IOException e) {
      throw new InputException(
          data.root,
          "cannot be used as the data folder (" + e + ")",
          "name a folder that you may write to",
          e);
    }
    return data;
  }

  /** What can be made of the content again. */
  Path derived() {
    return root.resolve("derived");
  }

  /** Files named by their content. */
  Path content() {
    return root.resolve("content");
  }

  /**
   * Files that are being received; what a killed server left in it is removed at the next start.
   *
   * @return a folder on the same disk as the content
   */
  public Path incoming() {
    return root.resolve("incoming");
  }

  /**
   * What jobs work in, a folder each.
   *
   * @return the folder of those folders
   */
  public Path jobs() {
    return root.resolve("jobs");
  }

  /**
   * The address of the database that is kept in here.
   *
   * @return a JDBC URL of H2
   */
  public String database() {
    // Without a delay: what was committed is in the file, whatever ends the process.
    return "jdbc:h2:file:" + root.resolve("anople") + ";WRITE_DELAY=0";
  }
}
