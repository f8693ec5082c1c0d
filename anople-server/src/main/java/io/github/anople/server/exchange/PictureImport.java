package io.github.anople.server.exchange;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.inspect.data.DataLayout;
import io.github.anople.inspect.data.ImageFiles;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.data.LookoutLayout;
import io.github.anople.server.project.GoodPictures;
import io.github.anople.server.project.TakenException;
import io.github.anople.server.store.Product;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Good pictures from a folder on the server's computer: of a manifest of Lookout for Vision, or of
 * folders such as MVTec AD's. Pictures of defects are told, and left out.
 */
@Service
public class PictureImport {

  /** So many that a request ends in some minutes; the next goes on. */
  private static final int MOST_AT_A_TIME = 500;

  private static final int MOST_IN_ALL = 20_000;

  private final GoodPictures pictures;

  PictureImport(GoodPictures pictures) {
    this.pictures = pictures;
  }

  /**
   * What came of an import, picture by picture.
   *
   * @param imported what became a good picture of the product
   * @param skipped what was one already
   * @param leftOut what shows a defect, or was not judged
   * @param faults what could not be taken, and why; what else there is to know
   * @param remaining how many are left for the next request
   */
  public record Result(
      List<String> imported,
      List<String> skipped,
      List<String> leftOut,
      List<String> faults,
      int remaining) {

    /** Copies the lists. */
    public Result {
      imported = List.copyOf(imported);
      skipped = List.copyOf(skipped);
      leftOut = List.copyOf(leftOut);
      faults = List.copyOf(faults);
    }
  }

  /**
   * Takes pictures in.
   *
   * @param product whose good pictures they become
   * @param folder absolute path of the folder that the pictures are in, or below
   * @param manifest absolute path of the manifest; empty for those in the folder, or for a folder
   *     with {@code train/good}
   * @return what came of it
   * @throws InputException if there is no such folder, or nothing in it is laid out so
   */
  public Result take(Product product, String folder, Optional<String> manifest) {
    Found found = find(folder(folder), manifest.filter(text -> !text.isBlank()));
    if (found.pictures().size() > MOST_IN_ALL) {
      throw new InputException(
          folder, "has more than " + MOST_IN_ALL + " pictures", "name a smaller folder");
    }
    List<String> imported = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    List<String> faults = new ArrayList<>(found.faults());
    int remaining = 0;
    for (Found.Picture picture : found.pictures()) {
      if (picture.label() != Label.NORMAL) {
        leftOut.add(picture.name());
      } else if (imported.size() == MOST_AT_A_TIME) {
        remaining++;
      } else {
        add(product, picture, imported, skipped, faults);
      }
    }
    return new Result(imported, skipped, leftOut, faults, remaining);
  }

  private void add(
      Product product,
      Found.Picture picture,
      List<String> imported,
      List<String> skipped,
      List<String> faults) {
    try {
      if (pictures.has(product, Sha256.of(picture.file()))) {
        skipped.add(picture.name());
        return;
      }
      try (InputStream in = Files.newInputStream(picture.file(), LinkOption.NOFOLLOW_LINKS)) {
        pictures.add(product, in, picture.file().getFileName().toString());
      }
      imported.add(picture.name());
    } catch (TakenException e) {
      skipped.add(picture.name()); // Somebody sent it in between.
    } catch (InputException e) {
      faults.add(e.getMessage());
    } catch (IOException e) {
      faults.add(picture.name() + " cannot be read (" + e + "): check its permissions");
    }
  }

  private static Found find(Path folder, Optional<String> manifest) {
    if (manifest.isPresent()) {
      return ManifestPictures.find(folder, List.of(absolute(manifest.get(), "manifest")));
    }
    List<Path> manifests = LookoutLayout.manifestsIn(folder);
    return manifests.isEmpty()
        ? LayoutPictures.find(folder, DataLayout.find(folder))
        : ManifestPictures.find(folder, manifests);
  }

  private static Path folder(String text) {
    Path folder = absolute(text, "folder");
    try {
      ImageFiles.requireFolder(folder, "a folder of pictures");
      return folder.toRealPath();
    } catch (IOException e) {
      throw new InputException(
          folder, "cannot be read (" + e + ")", "check that the server may read it", e);
    }
  }

  private static Path absolute(String text, String what) {
    try {
      Path path = Path.of(text.strip());
      if (path.isAbsolute()) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw notAbsolute(text, what, e);
    }
    throw notAbsolute(text, what, null);
  }

  private static InputException notAbsolute(String text, String what, Exception cause) {
    return new InputException(
        what,
        InputException.quoted(text) + " is no whole path",
        "give one that begins at the root of the server's computer",
        cause);
  }
}
