package io.github.anople.server.enrol;

import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import io.github.anople.server.store.ContentFiles;
import io.github.anople.server.store.GoodPicture;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Good pictures under names that a person knows, for a process that tells of them by name.
 *
 * @param files where they are under their content's name
 * @param folder where they get their own
 */
record StagedPictures(ContentFiles files, Path folder) {

  private static final int LONGEST = 100;

  /**
   * A picture's file, made where it is missing.
   *
   * @param picture the picture
   * @return its path, the same each time
   */
  Path file(GoodPicture picture) {
    String plain = picture.name().replaceAll("[^\\p{L}\\p{N}._-]", "_");
    String end = plain.substring(Math.max(0, plain.length() - LONGEST));
    // The number keeps apart what has the same name, and what a file system takes for the same.
    Path file = folder.resolve(picture.id() + "-" + end);
    try {
      Files.createDirectories(folder);
      place(files.path(picture.sha256()), file);
      return file;
    } catch (IOException e) {
      throw new InputException(file, "cannot be made (" + e + ")", "check the data folder", e);
    }
  }

  private static void place(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (FileAlreadyExistsException e) {
      return; // Of an earlier start of the same job.
    } catch (UnsupportedOperationException | IOException e) {
      // A file system without links.
      AtomicFile.write(to, out -> Files.copy(from, out));
    }
  }
}
