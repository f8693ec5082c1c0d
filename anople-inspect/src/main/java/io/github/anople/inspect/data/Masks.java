package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The masks in one folder, found by the image they belong to: the mask of {@code a/000.jpg} is
 * {@code a/000_mask.png} (MVTec AD), {@code a/000.png} (VisA) or {@code a/000.jpg.png}, with any
 * image extension, or all in the folder {@code a/000} (MVTec LOCO). Where two images share a stem,
 * a mask of one's whole name is that one's.
 *
 * <p>What cannot be told is told: a mask that could be of two images, an image with two masks (both
 * are faults, and nobody gets any), and masks that belong to none.
 */
final class Masks {

  private static final String SUFFIX = "_mask";

  private final Path root;
  private final Listing listing;
  private final List<Path> files;

  /** Masks by their path below the root without extension and suffix. */
  private final Map<String, List<Path>> byName = new HashMap<>();

  private final Map<Path, List<Path>> byFolder = new HashMap<>();
  private final Set<Path> used = new HashSet<>();

  /**
   * An image that wants a mask.
   *
   * @param image the image
   * @param names its path as a mask's may be, with extension and {@code /}; the first that has a
   *     mask counts
   */
  record Wanted(Path image, List<String> names) {}

  private Masks(Path root, List<Path> files, Listing listing) {
    this.root = root;
    this.files = files;
    this.listing = listing;
    for (Path mask : files) {
      byName.computeIfAbsent(base(mask), name -> new ArrayList<>()).add(mask);
      byFolder.computeIfAbsent(mask.getParent(), folder -> new ArrayList<>()).add(mask);
    }
  }

  /** The masks in a folder, which must exist, and below it. */
  static Masks under(Path folder, Listing listing) {
    return new Masks(folder, ImageFiles.under(folder, listing), listing);
  }

  /** The same; none where there is no such folder. */
  static Masks in(Path folder, Listing listing) {
    if (!Files.exists(folder)) {
      return new Masks(folder, List.of(), listing);
    }
    ImageFiles.requireFolder(folder, "a folder of masks");
    return under(folder, listing);
  }

  /**
   * The masks of all anomalous images: a file, or a folder of several. The listing hears of what
   * cannot be told, and of masks that are left.
   */
  Map<Path, Path> assign(List<Wanted> images) {
    Map<Wanted, Set<Path>> candidates = new LinkedHashMap<>();
    Map<Path, List<Wanted>> owners = new LinkedHashMap<>();
    for (Wanted one : images) {
      Set<Path> found = candidates(one);
      candidates.put(one, found);
      found.forEach(mask -> owners.computeIfAbsent(mask, key -> new ArrayList<>()).add(one));
    }
    owners.forEach((mask, wanting) -> settle(mask, wanting, candidates));
    Map<Path, Path> assigned = new HashMap<>();
    candidates.forEach(
        (one, masks) -> only(one, masks).ifPresent(mask -> assigned.put(one.image(), mask)));
    for (Wanted one : images) {
      if (!assigned.containsKey(one.image())) {
        folder(one).ifPresent(mask -> assigned.put(one.image(), mask));
      }
    }
    tellUnused(images.stream().map(one -> absolute(one.image())).collect(Collectors.toSet()));
    return assigned;
  }

  private Set<Path> candidates(Wanted one) {
    for (String name : one.names()) {
      Set<Path> found = new LinkedHashSet<>(byName.getOrDefault(ImageFiles.stem(name), List.of()));
      found.addAll(byName.getOrDefault(name, List.of()));
      // Images and masks may share a folder.
      found.removeIf(mask -> absolute(mask).equals(absolute(one.image())));
      if (!found.isEmpty()) {
        return found;
      }
    }
    return new LinkedHashSet<>();
  }

  /** Leaves a mask that several images want to the one of its whole name, or to nobody. */
  private void settle(Path mask, List<Wanted> wanting, Map<Wanted, Set<Path>> candidates) {
    if (wanting.size() == 1) {
      return;
    }
    List<Wanted> exact = wanting.stream().filter(one -> isExact(mask, one)).toList();
    for (Wanted one : wanting) {
      if (exact.size() != 1 || !one.equals(exact.get(0))) {
        candidates.get(one).remove(mask);
      }
    }
    if (exact.size() != 1) {
      used.add(mask);
      listing.fault(
          new InputException(
              mask,
              "could be the mask of "
                  + wanting.get(0).image()
                  + " and of "
                  + wanting.get(1).image(),
              "give it the whole name of its image, or rename one of them"));
    }
  }

  private boolean isExact(Path mask, Wanted one) {
    String name = ImageFiles.nameOf(one.image());
    return ImageFiles.nameOf(mask).equals(name) || base(mask).endsWith(name);
  }

  private Optional<Path> only(Wanted one, Set<Path> masks) {
    used.addAll(masks);
    List<Path> all = List.copyOf(masks);
    if (all.size() > 1) {
      listing.fault(
          new InputException(
              one.image(),
              "has two masks, " + all.get(0) + " and " + all.get(1),
              "remove one of them"));
      return Optional.empty();
    }
    return all.stream().findFirst();
  }

  /** The folder of an image's masks, of which none is anybody's already. */
  private Optional<Path> folder(Wanted one) {
    for (String name : one.names()) {
      Path folder = root.resolve(ImageFiles.stem(name));
      List<Path> parts =
          byFolder.getOrDefault(folder, List.of()).stream()
              .filter(mask -> !used.contains(mask))
              .toList();
      if (!parts.isEmpty() && !one.image().startsWith(folder)) {
        used.addAll(parts);
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  private void tellUnused(Set<Path> images) {
    List<String> unused =
        files.stream()
            .filter(mask -> !used.contains(mask) && !images.contains(absolute(mask)))
            .map(ImageFiles::slashed)
            .toList();
    if (!unused.isEmpty()) {
      listing.note(
          (unused.size() == 1 ? "1 mask belongs" : unused.size() + " masks belong")
              + " to no defective picture: "
              + ImageFiles.some(unused));
    }
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private String base(Path mask) {
    String stem = ImageFiles.stem(ImageFiles.slashed(root.relativize(mask)));
    return stem.endsWith(SUFFIX) ? stem.substring(0, stem.length() - SUFFIX.length()) : stem;
  }
}
