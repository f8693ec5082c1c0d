package io.github.anople.core.predict;

import io.github.anople.core.InputException;
import io.github.anople.core.data.FolderLayout;
import io.github.anople.core.data.Sample;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Scores pictures as they are dropped into a folder, each once, also across restarts.
 *
 * <p>The folder is listed again and again, which also works on network drives. A picture is read
 * when two listings found it unchanged; one that cannot be read is tried again for a while, since a
 * copy may have stalled, and reported when it stays so.
 */
public final class FolderWatch {

  /** Listings that a picture stays unreadable and unchanged before it is given up. */
  private static final int PATIENCE = 4;

  private final Predictor predictor;
  private final Path folder;
  private final ResultFolder results;
  private final WatchJournal journal;
  private final Map<Path, Seen> seen = new HashMap<>();

  /** How often a file was found with the same size and time. */
  private record Seen(String key, int times) {}

  /**
   * A watch.
   *
   * @param predictor scores; its options name the output folder
   * @param folder the folder to watch, with those below it
   * @throws InputException if the folder is missing, or no output folder is named
   */
  public FolderWatch(Predictor predictor, Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(folder, "is no folder", "name the folder that pictures come to");
    }
    this.predictor = predictor;
    this.folder = folder;
    Path output =
        predictor
            .options()
            .output()
            .orElseThrow(
                () ->
                    new InputException(
                        "watching " + folder, "needs an output folder", "add --output"));
    this.results = new ResultFolder(output, predictor.options());
    this.journal = new WatchJournal(results.path().resolve("watch.jsonl"));
  }

  /**
   * Lists the folder once, and scores what is new and whole.
   *
   * @param listener told of each picture that was dealt with
   * @return how many there were
   */
  public int poll(Consumer<Outcome> listener) {
    int done = 0;
    for (Path picture : list()) {
      Optional<String> key = key(picture);
      if (key.isEmpty() || journal.holds(key.get())) {
        continue;
      }
      Seen before = seen.get(picture);
      int times = before != null && before.key().equals(key.get()) ? before.times() + 1 : 1;
      seen.put(picture, new Seen(key.get(), times));
      if (times < 2) {
        continue; // it may still be growing
      }
      Optional<Outcome> outcome = score(picture, times);
      if (outcome.isPresent()) {
        journal.add(key.get(), outcome.get());
        seen.remove(picture);
        listener.accept(outcome.get());
        done++;
      }
    }
    if (done > 0) {
      results.writeTables(journal.outcomes());
    }
    return done;
  }

  private List<Path> list() {
    try {
      return FolderLayout.unlabelled("new", List.of(folder)).stream().map(Sample::image).toList();
    } catch (InputException e) {
      return List.of(); // no picture there yet
    }
  }

  /** A file's content, as far as it can be told without reading it. */
  private Optional<String> key(Path picture) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(picture, BasicFileAttributes.class);
      return Optional.of(
          folder.relativize(picture)
              + "|"
              + attributes.size()
              + "|"
              + attributes.lastModifiedTime().toMillis());
    } catch (IOException e) {
      return Optional.empty(); // gone again
    }
  }

  /** Empty while there is hope that an unreadable picture becomes whole. */
  private Optional<Outcome> score(Path picture, int times) {
    RgbImage image;
    try {
      image = predictor.reader().read(picture);
    } catch (InputException e) {
      return times < PATIENCE
          ? Optional.empty()
          : Optional.of(Outcome.failed(picture, e.getMessage()));
    }
    Detection detection = predictor.detector().detect(image);
    results.writePictures(folder.relativize(picture).toString(), image, detection.map());
    return Optional.of(Outcome.scored(picture, predictor.result(picture, detection)));
  }
}
