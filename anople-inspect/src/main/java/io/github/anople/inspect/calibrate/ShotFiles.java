package io.github.anople.inspect.calibrate;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.inspect.data.FolderLayout;
import io.github.anople.inspect.data.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files of the pictures that a detector learned from. A detector keeps their hashes, so they
 * are found by content: neither a new name nor another picture of an old name misleads.
 */
public final class ShotFiles {

  private ShotFiles() {}

  /**
   * Finds a detector's shots.
   *
   * @param provenance what the detector is from
   * @param where the detector's file, for messages
   * @param places image files, and folders that are searched with all below them
   * @return a file a shot, in the provenance's order
   * @throws InputException if one is not there, with its name and hash, or a place is missing
   */
  public static List<Path> find(Provenance provenance, String where, List<Path> places) {
    Set<String> missing = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (Provenance.Shot shot : provenance.shots()) {
      missing.add(shot.sha256());
      names.add(fileName(shot));
    }
    Map<String, Path> found = new HashMap<>();
    for (Path file : likelyFirst(places, names)) {
      if (missing.isEmpty()) {
        break;
      }
      String hash = Sha256.of(file);
      if (missing.remove(hash)) {
        found.put(hash, file);
      }
    }
    List<Path> files = new ArrayList<>();
    for (Provenance.Shot shot : provenance.shots()) {
      if (!found.containsKey(shot.sha256())) {
        throw absent(shot, where, missing.size());
      }
      files.add(found.get(shot.sha256()));
    }
    return files;
  }

  /**
   * Which files are shots, whatever their names.
   *
   * @param provenance what the detector is from
   * @param files image files, which can be read
   * @return those of them that it learned from, in their order
   * @throws InputException if a file cannot be read
   */
  public static List<Path> among(Provenance provenance, List<Path> files) {
    Set<String> learned = new HashSet<>();
    provenance.shots().forEach(shot -> learned.add(shot.sha256()));
    return files.stream().filter(file -> learned.contains(Sha256.of(file))).toList();
  }

  /** Those with a shot's name come first: hashing a whole data set takes time. */
  private static List<Path> likelyFirst(List<Path> places, Set<String> names) {
    List<Path> likely = new ArrayList<>();
    List<Path> others = new ArrayList<>();
    for (Sample sample : FolderLayout.unlabelled("shot", places)) {
      Path file = sample.image();
      (names.contains(file.getFileName().toString()) ? likely : others).add(file);
    }
    likely.addAll(others);
    return likely;
  }

  private static String fileName(Provenance.Shot shot) {
    return shot.name().substring(shot.name().lastIndexOf('/') + 1);
  }

  private static InputException absent(Provenance.Shot shot, String where, int missing) {
    String others = missing > 1 ? " and " + (missing - 1) + " more are missing" : " is missing";
    return new InputException(
        where,
        "its shot %s (SHA-256 %s)%s"
            .formatted(InputException.quoted(shot.name()), shot.sha256(), others),
        "name the folder of the pictures that it was trained on, as they were then");
  }
}
