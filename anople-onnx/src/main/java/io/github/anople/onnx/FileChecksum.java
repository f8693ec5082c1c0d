package io.github.anople.onnx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.anople.core.InputException;
import io.github.anople.core.InputException.Topic;
import io.github.anople.core.Sha256;
import io.github.anople.core.StandIn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last bytes of an exported file: a metadata entry with the SHA-256 of everything before it,
 * and, where weights lie beside it, with their file's name and SHA-256. A file that is cut, changed
 * or of another make is told from a whole one before ONNX Runtime reads it.
 *
 * <p>It guards against accidents and careless edits; whoever can compute a hash can forge it.
 */
public final class FileChecksum {

  /** The entry's key. */
  public static final String KEY = "anople.sha256";

  /** Field 14 of the model, and fields 1 and 2 of an entry, all of a length that follows. */
  private static final int ENTRY = 14 << 3 | 2;

  private static final int NAME_FIELD = 1 << 3 | 2;
  private static final int VALUE_FIELD = 2 << 3 | 2;

  /** A hash, and perhaps the hash and the name of the weights, up to the end of the file. */
  private static final Pattern VALUE =
      Pattern.compile(
          Pattern.quote(KEY)
              + "\\x12..?(?<value>(?<hash>[0-9a-f]{64})"
              + "( (?<weights>[0-9a-f]{64}) (?<name>[^/\\\\:\\x00-\\x1f]{1,255}))?)\\z",
          Pattern.DOTALL);

  /** No entry is longer: two hashes, a file's name, the key and some framing. */
  private static final int LONGEST = 512;

  private FileChecksum() {}

  /**
   * Weights that lie beside a graph.
   *
   * @param name of their file, in the graph's folder
   * @param sha256 its hash, lower-case hexadecimal
   */
  public record Weights(String name, String sha256) {}

  /** What the end of a file says: where the entry begins, the hash before it, and the weights. */
  private record Entry(long start, String hash, Optional<Weights> weights) {}

  /**
   * The entry's value.
   *
   * @param digest a SHA-256, fed with all that comes before the entry; reset by this
   * @param weights what lies beside the file
   * @return text
   */
  public static String value(MessageDigest digest, Optional<Weights> weights) {
    String hash = Sha256.hex(digest);
    return weights.map(beside -> hash + " " + beside.sha256() + " " + beside.name()).orElse(hash);
  }

  /**
   * Refuses a file that is not as the export wrote it, or whose weights are not.
   *
   * @param file the file
   * @throws InputException if it is missing, no exported detector, cut short or changed, or if that
   *     is so of the weights beside it
   */
  public static void check(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(file, "is not a file", "check the path");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() > 0) {
        StandIn.refuseForText(file);
      }
      Entry entry =
          entry(channel)
              .orElseThrow(
                  () ->
                      new InputException(
                              file,
                              "is not an exported detector, or is cut short",
                              "give the whole file of an exported detector (*.onnx)")
                          .about(Topic.GRAPH));
      if (!entry.hash().equals(Sha256.of(channel, entry.start()))) {
        throw new InputException(
            file,
            "was changed after it was exported (its SHA-256 is not the one it names)",
            "copy or export it again");
      }
      entry.weights().ifPresent(weights -> checkWeights(file, weights));
    } catch (IOException e) {
      throw new InputException(file, "cannot be read (" + e + ")", "check the file", e);
    }
  }

  /**
   * The file of weights beside an exported detector, unchecked.
   *
   * @param file an exported detector
   * @return empty where the file holds its weights itself, is none of ours, or is not there
   */
  public static Optional<Path> weightsOf(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return entry(channel).flatMap(Entry::weights).map(at -> file.resolveSibling(at.name()));
    } catch (IOException e) {
      throw new InputException(file, "cannot be read (" + e + ")", "check the file", e);
    }
  }

  private static void checkWeights(Path file, Weights weights) {
    Path beside = file.resolveSibling(weights.name());
    String both = "keep " + file.getFileName() + " and its weights in the same folder";
    if (!Files.isRegularFile(beside)) {
      throw new InputException(beside, "is missing, and it holds the weights of " + file, both);
    }
    try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.READ)) {
      if (!weights.sha256().equals(Sha256.of(channel, channel.size()))) {
        throw new InputException(
            beside,
            "is cut short or was changed: its SHA-256 is not the one that " + file + " names",
            "copy or export both again");
      }
    } catch (IOException e) {
      throw new InputException(beside, "cannot be read (" + e + ")", "check the file", e);
    }
  }

  private static Optional<Entry> entry(FileChannel channel) throws IOException {
    long from = Math.max(0, channel.size() - LONGEST);
    String end = text(channel, from);
    Matcher found = VALUE.matcher(end);
    if (!found.find()) {
      return Optional.empty();
    }
    String framed = framed(found.group("value"));
    if (!end.endsWith(framed)) {
      return Optional.empty();
    }
    Optional<Weights> weights =
        Optional.ofNullable(found.group("name"))
            .map(name -> new String(name.getBytes(ISO_8859_1), UTF_8))
            .map(name -> new Weights(name, found.group("weights")));
    long start = from + end.length() - framed.length();
    return Optional.of(new Entry(start, found.group("hash"), weights));
  }

  /** The whole entry as protobuf writes it, a character a byte. */
  private static String framed(String value) {
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    putField(entry, NAME_FIELD, KEY);
    putField(entry, VALUE_FIELD, value);
    ByteArrayOutputStream field = new ByteArrayOutputStream();
    putField(field, ENTRY, entry.toString(ISO_8859_1));
    return field.toString(ISO_8859_1);
  }

  private static void putField(ByteArrayOutputStream out, int tag, String content) {
    out.write(tag);
    int length = content.length();
    for (; length > 0x7f; length >>>= 7) {
      out.write(0x80 | (length & 0x7f));
    }
    out.write(length);
    out.writeBytes(content.getBytes(ISO_8859_1));
  }

  private static String text(FileChannel channel, long from) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
      // Until the entry is there.
    }
    return new String(bytes.array(), 0, bytes.position(), ISO_8859_1);
  }
}
