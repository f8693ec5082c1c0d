package io.github.anople.server.exchange;

import io.github.anople.core.InputException;
import io.github.anople.inspect.data.ImageFiles;
import io.github.anople.inspect.data.Listing;
import io.github.anople.inspect.data.LookoutLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Pictures that manifests name by places in a bucket, found in a folder by the end of their paths:
 * of {@code s3://bucket/parts/train/1.jpg} it may be {@code parts/train/1.jpg}, {@code train/1.jpg}
 * or {@code 1.jpg}, whichever holds for most lines.
 */
final class ManifestPictures {

  private static final int MOST_FILES = 200_000;

  private final Path folder;
  private final Map<String, List<Path>> byName = new HashMap<>();
  private final List<Found.Picture> pictures = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final Set<Path> taken = new HashSet<>();

  private ManifestPictures(Path folder) {
    this.folder = folder;
    for (Path file : files(folder)) {
      byName.computeIfAbsent(file.getFileName().toString(), name -> new ArrayList<>()).add(file);
    }
  }

  static Found find(Path folder, List<Path> manifests) {
    ManifestPictures found = new ManifestPictures(folder);
    manifests.forEach(found::add);
    return new Found(found.pictures, found.faults);
  }

  /** No link is followed, whether to a file or to a folder. */
  private static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> files =
          all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
              .limit(MOST_FILES + 1L)
              .sorted(ImageFiles.ORDER)
              .toList();
      if (files.size() > MOST_FILES) {
        throw new InputException(
            folder, "has more than " + MOST_FILES + " files", "name a smaller folder");
      }
      return files;
    } catch (IOException | UncheckedIOException e) {
      throw new InputException(
          folder, "cannot be read (" + e + ")", "check that the server may read all of it", e);
    }
  }

  private void add(Path manifest) {
    Listing listing = new Listing();
    List<LookoutLayout.Reference> lines = LookoutLayout.references(manifest, listing);
    int dropped = dropped(lines);
    for (LookoutLayout.Reference line : lines) {
      add(line, manifest.getFileName() + ", line " + line.line(), dropped);
    }
    faults.addAll(Found.lines(listing.remarks()));
  }

  private void add(LookoutLayout.Reference line, String where, int dropped) {
    Path tail = tail(line, dropped);
    List<Path> found = matches(tail);
    if (found.isEmpty()) {
      faults.add(where + ": no file " + tail + " is there: add it, and import again");
    } else if (found.size() > 1) {
      faults.add(
          "%s: %s may be %s or %s: name the folder that has one of them"
              .formatted(where, tail, name(found.get(0)), name(found.get(1))));
    } else if (!taken.add(found.get(0))) {
      faults.add(where + ": " + tail + " was named by an earlier line");
    } else {
      pictures.add(new Found.Picture(found.get(0), name(found.get(0)), line.label()));
    }
  }

  /** So few names that most lines are found, since another folder may have files of that name. */
  private int dropped(List<LookoutLayout.Reference> lines) {
    int longest = lines.stream().mapToInt(line -> line.path().size()).max().orElse(1);
    int best = longest - 1;
    long most = 0;
    for (int dropped = 0; dropped < longest && 2 * most <= lines.size(); dropped++) {
      int tried = dropped;
      long found = lines.stream().filter(line -> !matches(tail(line, tried)).isEmpty()).count();
      if (found > most) {
        best = dropped;
        most = found;
      }
    }
    return best;
  }

  private List<Path> matches(Path tail) {
    return byName.getOrDefault(tail.getFileName().toString(), List.of()).stream()
        .filter(file -> file.endsWith(tail))
        .toList();
  }

  private static Path tail(LookoutLayout.Reference line, int dropped) {
    List<String> path = line.path();
    List<String> left = path.subList(Math.min(dropped, path.size() - 1), path.size());
    return Path.of(left.get(0), left.subList(1, left.size()).toArray(String[]::new));
  }

  private String name(Path file) {
    return ImageFiles.slashed(folder.relativize(file));
  }
}
