package io.github.anople.inspect.predict;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.InputException;
import io.github.anople.core.decide.Defects;
import io.github.anople.core.detect.Scene;
import io.github.anople.core.drift.Drift;
import io.github.anople.core.drift.DriftTest;
import io.github.anople.core.drift.Look;
import io.github.anople.core.image.PictureNote;
import io.github.anople.core.json.StrictJson;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which pictures of a watched folder are done, on the disk: a JSON object a line, the first of
 * which names detector and folder. A line is added and flushed to the disk when a picture's files
 * are written; after a loss of power, its last line may be torn, and that picture is done again.
 */
final class Journal implements AutoCloseable {

  static final String NAME = "journal.jsonl";

  private static final String FORMAT = "anople-watch-1";
  private static final int LONGEST_LINE = 1 << 18;

  private final Path file;
  private final FileChannel channel;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Drift> drifts = new ArrayList<>();

  /**
   * A picture that is done, or versions of it that are lost.
   *
   * @param path its path below the watched folder, {@code /} between names
   * @param version which content of that name it was
   * @param score its score; 0 if it failed
   * @param overlay the overlay's path below the folder of results, or empty
   * @param map the map's, or empty
   * @param failed why it could not be scored, or empty
   * @param scene how unlike the shots it is, where the detector tells
   * @param notes what the reader said of it
   * @param lost 0, or how many versions of this name were gone before they could be scored; then
   *     nothing is done
   * @param defects where its map was above the pixel threshold, where there was one
   * @param look how it looks, where somebody compares; of the last pictures with its places
   */
  record Entry(
      String path,
      Version version,
      float score,
      String overlay,
      String map,
      String failed,
      Optional<Scene> scene,
      List<PictureNote> notes,
      long lost,
      Optional<Defects> defects,
      Optional<Look> look) {

    Entry withLook(Optional<Look> seen) {
      return new Entry(
          path, version, score, overlay, map, failed, scene, notes, lost, defects, seen);
    }

    static Entry failed(String path, Version version, String reason) {
      return failed(path, version, reason, 0);
    }

    static Entry lost(String path, long times, String reason) {
      return failed(path, Version.NONE, reason, times);
    }

    private static Entry failed(String path, Version version, String reason, long lost) {
      return new Entry(
          path,
          version,
          0,
          "",
          "",
          reason,
          Optional.empty(),
          List.of(),
          lost,
          Optional.empty(),
          Optional.empty());
    }

    private String line() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("path", path);
      json.put("size", version.stamp().size());
      json.put("modified", version.stamp().modified());
      json.put("changed", version.stamp().changed());
      json.put("inode", version.stamp().inode());
      json.put("sha256", version.sha256());
      json.put("score", score);
      json.put("overlay", overlay);
      json.put("map", map);
      json.put("failed", failed);
      if (!notes.isEmpty()) {
        ArrayNode said = json.putArray("notes");
        for (PictureNote note : notes) {
          said.addObject().put("kind", note.kind().name()).put("words", note.words());
        }
      }
      if (lost > 0) {
        json.put("lost", lost);
      }
      scene.ifPresent(measured -> measured.values().forEach(json.putArray("scene")::add));
      defects.ifPresent(found -> JournalDefects.put(json.putObject("defects"), found));
      look.ifPresent(seen -> JournalDrift.put(json, seen));
      return json.toString();
    }

    private static Entry read(StrictJson json) {
      return new Entry(
          json.text("path"),
          version(json),
          score((float) json.number("score")),
          json.text("overlay"),
          json.text("map"),
          json.text("failed"),
          json.has("scene") ? Optional.of(scene(json.numbers("scene"))) : Optional.empty(),
          json.has("notes") ? json.objects("notes", Entry::note) : List.of(),
          json.has("lost") ? json.integer("lost") : 0,
          json.has("defects")
              ? Optional.of(json.object("defects", JournalDefects::read))
              : Optional.empty(),
          JournalDrift.look(json));
    }

    private static Version version(StrictJson json) {
      // Earlier programs knew size and time only.
      Stamp stamp =
          new Stamp(
              json.integer("size"),
              json.integer("modified"),
              json.has("changed") ? json.integer("changed") : Stamp.UNKNOWN,
              json.has("inode") ? json.integer("inode") : Stamp.UNKNOWN);
      return new Version(stamp, json.has("sha256") ? json.text("sha256") : "");
    }

    private static PictureNote note(StrictJson json) {
      return new PictureNote(PictureNote.Kind.valueOf(json.text("kind")), json.text("words"));
    }

    private static Scene scene(List<Double> values) {
      return new Scene(values.stream().map(Double::floatValue).toList());
    }

    private static float score(float score) {
      if (!(score >= 0 && score <= 1)) {
        throw new IllegalArgumentException("the score " + score + " is not in [0, 1]");
      }
      return score;
    }
  }

  private Journal(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens a journal, or begins one.
   *
   * @param file the journal
   * @param detector which detector scores
   * @param watched the folder that is watched
   * @return the journal, which nobody else may open meanwhile
   * @throws InputException if it is in use, damaged elsewhere than at its end, or was begun for
   *     another detector or folder
   */
  static Journal open(Path file, String detector, String watched) {
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      Journal journal = new Journal(file, channel);
      journal.lock();
      journal.recover(header(detector, watched));
      return journal;
    } catch (IOException e) {
      closeQuietly(channel);
      throw unusable(file, e);
    } catch (RuntimeException e) {
      closeQuietly(channel);
      throw e;
    }
  }

  /** What is done, in the order in which it was. */
  List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** What was told of drift, in the order in which it was. */
  List<Drift> drifts() {
    return List.copyOf(drifts);
  }

  /** Adds what was told of drift. */
  void append(Drift drift) {
    try {
      write(JournalDrift.line(drift));
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  /** Adds a picture; it is on the disk when this returns. */
  void append(Entry entry) {
    try {
      write(entry.line());
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }

  private void lock() throws IOException {
    boolean locked;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      locked = false;
    }
    if (!locked) {
      throw new InputException(
          file, "is in use by another watch", "stop it, or name another folder for the results");
    }
  }

  private void recover(String header) throws IOException {
    long whole = 0;
    int lines = 0;
    InputException torn = null;
    InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
    for (byte[] bytes = nextLine(in, 1); bytes != null; bytes = nextLine(in, lines + 1)) {
      if (torn != null) {
        throw torn;
      }
      lines++;
      String line = new String(bytes, StandardCharsets.UTF_8);
      if (lines == 1) {
        requireSame(line, header);
      } else {
        try {
          String where = file.toString();
          StrictJson.<Runnable>parse(line, where, "line " + lines, this::read).run();
        } catch (InputException e) {
          // Forgiven if it is the last line.
          torn = e;
          continue;
        }
      }
      whole += bytes.length + 1L;
    }
    channel.truncate(whole);
    channel.position(whole);
    if (lines == 0) {
      write(header);
    }
  }

  /** What a line adds: the whole line is read before anything is. */
  private Runnable read(StrictJson json) {
    if (JournalDrift.isDrift(json)) {
      Drift drift = JournalDrift.drift(json);
      return () -> drifts.add(drift);
    }
    Entry entry = Entry.read(json);
    return () -> {
      entries.add(entry);
      forgetPlaces(entries.size() - 1 - DriftTest.WINDOW);
    };
  }

  /** They are many, and only the last window needs them. */
  private void forgetPlaces(int at) {
    if (at >= 0) {
      entries.set(at, entries.get(at).withLook(entries.get(at).look().map(Look::whole)));
    }
  }

  /** A line without its end, or null where none is left that has one. */
  private byte[] nextLine(InputStream in, int number) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        return line.toByteArray();
      }
      if (line.size() == LONGEST_LINE) {
        throw damaged("line " + number + " is longer than " + LONGEST_LINE + " bytes");
      }
      line.write(next);
    }
    return null;
  }

  private void requireSame(String line, String header) {
    if (line.equals(header)) {
      return;
    }
    if (!line.startsWith("{\"format\":\"" + FORMAT + "\"")) {
      throw damaged("its first line is not a journal's");
    }
    throw new InputException(
        file,
        "was begun with another detector or for another folder",
        "name another folder for the results: scores of two detectors cannot be compared");
  }

  private static String header(String detector, String watched) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("format", FORMAT)
        .put("detector", detector)
        .put("watched", watched)
        .toString();
  }

  private void write(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(false);
  }

  private InputException damaged(String problem) {
    return new InputException(
        file, problem, "move it away, or name another folder for the results");
  }

  private static InputException unusable(Path file, IOException cause) {
    return new InputException(
        file,
        "cannot be kept (" + cause + ")",
        "check the free space and that you may write to the folder",
        cause);
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // Every line is on the disk already.
    }
  }
}
