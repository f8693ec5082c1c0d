package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The masks in one folder, found by the image they belong to: the mask of {@code a/000.png} is
 * {@code a/000_mask.png} (MVTec AD) or {@code a/000.png} (VisA), with any image extension.
 */
final class Masks {

  private static final String SUFFIX = "_mask";

  private final Map<String, Path> byStem = new HashMap<>();
  private final Map<Path, Path> owners = new HashMap<>();

  private Masks(Path folder, List<Path> files) {
    for (Path mask : files) {
      String stem = ImageFiles.stem(ImageFiles.slashed(folder.relativize(mask)));
      Path other = byStem.put(stem, mask);
      if (other != null) {
        throw new InputException(mask, "is a second mask, next to " + other, "keep one of the two");
      }
    }
  }

  /** The masks that lie directly in a folder; none where there is no such folder. */
  static Masks in(Path folder) {
    if (!Files.exists(folder)) {
      return new Masks(folder, List.of());
    }
    ImageFiles.requireFolder(folder, "a folder of masks");
    return new Masks(folder, ImageFiles.in(folder));
  }

  /** The masks in a folder, which must exist, and below it. */
  static Masks under(Path folder) {
    return new Masks(folder, ImageFiles.under(folder));
  }

  /**
   * The mask of an image, by its name below a folder; where that has none, by the folder's own name
   * before it. So {@code bad/scratch/1.jpg} has the mask {@code scratch/1.png} whether {@code bad}
   * or {@code bad/scratch} is the folder.
   *
   * @param base the folder that the image's name is relative to
   * @param image the image
   */
  Optional<Path> below(Path base, Path image) {
    String name = ImageFiles.slashed(base.relativize(image));
    return named(ImageFiles.stem(name), image)
        .or(() -> named(ImageFiles.nameOf(base) + "/" + ImageFiles.stem(name), image));
  }

  /**
   * The mask of an image.
   *
   * @param base the folder that the image's name is relative to
   * @param image the image
   */
  Optional<Path> of(Path base, Path image) {
    return named(ImageFiles.stem(ImageFiles.slashed(base.relativize(image))), image);
  }

  private Optional<Path> named(String stem, Path image) {
    Path suffixed = byStem.get(stem + SUFFIX);
    Path plain = byStem.get(stem);
    if (suffixed != null && plain != null) {
      throw new InputException(
          image, "has two masks, " + suffixed + " and " + plain, "remove one of them");
    }
    Path mask = suffixed != null ? suffixed : plain;
    if (mask == null) {
      return Optional.empty();
    }
    Path owner = owners.put(mask, image);
    if (owner != null) {
      throw new InputException(
          mask, "could be the mask of " + owner + " and of " + image, "rename one of the images");
    }
    return Optional.of(mask);
  }
}
