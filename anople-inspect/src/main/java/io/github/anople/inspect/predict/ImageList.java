package io.github.anople.inspect.predict;

import io.github.anople.core.InputException;
import io.github.anople.inspect.data.ImageFiles;
import io.github.anople.inspect.data.Listing;
import io.github.anople.inspect.data.LookoutLayout;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which pictures somebody means who names files, folders and patterns.
 *
 * <p>A file is taken at its word, whatever its name; a manifest ({@code *.manifest}) stands for the
 * images that it names. A folder stands for the image files in it and below it, in {@link
 * ImageFiles#ORDER}. Anything else with {@code *}, {@code ?}, <code>[…]</code> or <code>{…}</code>
 * is a pattern, for shells that do not expand it: {@code **} stands for any number of folders, none
 * included; a folder that matches stands for its image files; files must have an image's name, and
 * hidden ones match no pattern. The arguments' order is kept, and a picture that several of them
 * name comes once, where it is named first.
 */
public final class ImageList {

  private final Optional<Path> excluded;
  private final Listing listing;
  private final Set<Path> seen = new HashSet<>();
  private final List<Path> images = new ArrayList<>();

  private ImageList(Optional<Path> excluded) {
    this.excluded = excluded.map(ImageList::absolute);
    this.listing = new Listing(excluded);
  }

  /**
   * What was found.
   *
   * @param images the pictures, in order
   * @param faults what is broken and left out: links that lead nowhere or in a circle, folders that
   *     cannot be opened
   */
  public record Found(List<Path> images, List<InputException> faults) {

    /** What was found. */
    public Found {
      images = List.copyOf(images);
      faults = List.copyOf(faults);
    }
  }

  /**
   * Finds the pictures. What an earlier run has drawn and files that are no pictures by their name
   * are left out, and a warning says how many of which kind.
   *
   * @param arguments files, folders and patterns
   * @param excluded a folder whose files no folder and no pattern stands for: the results', so that
   *     overlays are not taken for pictures when it lies among them
   * @return the pictures, at least one an argument unless it repeats others or all it names is
   *     broken
   * @throws InputException if an argument names nothing, or holds no image
   */
  public static Found expand(List<String> arguments, Optional<Path> excluded) {
    ImageList list = new ImageList(excluded);
    try {
      arguments.forEach(list::add);
    } finally {
      // Also where nothing is left: it is the reason.
      list.listing.tell();
    }
    if (list.images.isEmpty() && !list.listing.faults().isEmpty()) {
      throw list.listing.faults().get(0);
    }
    return new Found(list.images, list.listing.faults());
  }

  private void add(String argument) {
    int broken = listing.faults().size();
    Optional<Path> path = literal(argument);
    List<Path> found;
    if (path.filter(Files::isDirectory).isPresent()) {
      found = listed(ImageFiles.under(path.get(), listing));
    } else if (path.filter(LookoutLayout::isManifestName).filter(Files::exists).isPresent()) {
      found = LookoutLayout.images(path.get(), listing);
    } else if (path.isPresent() && (Files.exists(path.get()) || !Glob.isPattern(argument))) {
      found = List.of(ImageFiles.requireReadable(path.get()));
    } else {
      found = matching(argument);
    }
    if (found.isEmpty() && listing.faults().size() == broken) {
      throw new InputException(
          argument,
          "holds or matches no image (" + ImageFiles.KINDS + ")",
          "check the folder or the pattern");
    }
    for (Path image : found) {
      if (seen.add(absolute(image))) {
        images.add(image);
      }
    }
  }

  private List<Path> matching(String pattern) {
    List<Path> found = new ArrayList<>();
    try {
      for (Path match : Glob.expand(pattern, listing)) {
        if (Files.isDirectory(match)) {
          found.addAll(ImageFiles.under(match, listing));
        } else {
          found.addAll(ImageFiles.accept(match, listing));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new InputException(
          pattern, "is neither a file nor a pattern: " + e.getMessage(), "check its brackets");
    }
    found.sort(ImageFiles.ORDER);
    return listed(found);
  }

  private List<Path> listed(List<Path> found) {
    return found.stream()
        .filter(image -> excluded.isEmpty() || !absolute(image).startsWith(excluded.orElseThrow()))
        .toList();
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /** The argument as a path; a pattern need not be one everywhere. */
  private static Optional<Path> literal(String argument) {
    if (argument.isBlank()) {
      throw new InputException("picture", "its name is blank", "name a file, folder or pattern");
    }
    try {
      return Optional.of(Path.of(argument));
    } catch (InvalidPathException e) {
      if (Glob.isPattern(argument)) {
        return Optional.empty();
      }
      throw new InputException(argument, "is not a path (" + e.getReason() + ")", "check it");
    }
  }
}
