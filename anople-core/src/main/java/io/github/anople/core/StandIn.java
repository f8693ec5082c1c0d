package io.github.anople.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What lies in the place of a file that was never fetched: a pointer of Git LFS or git-annex, a
 * link to nothing, a page or an answer of a server that was saved under the file's name, or
 * nothing.
 */
public final class StandIn {

  /** How much of a file's start tells; pointers are shorter, by their specifications. */
  public static final int START = 1024;

  private static final String LFS = "version https://git-lfs.github.com/spec/";
  private static final String ANNEX = "/annex/objects/";
  private static final Pattern TITLE =
      Pattern.compile("<title[^>]*>([^<]{1,200})", Pattern.CASE_INSENSITIVE);
  private static final Pattern PAGE =
      Pattern.compile(
          "<(!doctype|html|head|body|\\?xml|error)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern MESSAGE =
      Pattern.compile("\"(?:error|message|detail)\"\\s*:\\s*\"([^\"]{1,200})");
  private static final int SHOWN = 60;

  private StandIn() {}

  /**
   * Refuses a link to nothing, which a system otherwise calls a file that is not there.
   *
   * @param file what may be one
   * @throws InputException if it is
   */
  public static void refuseDangling(Path file) {
    if (!Files.isSymbolicLink(file) || Files.exists(file)) {
      return;
    }
    String target;
    try {
      target = Files.readSymbolicLink(file).toString();
    } catch (IOException e) {
      target = "a place that cannot be read";
    }
    if (target.replace('\\', '/').contains(ANNEX)) {
      throw annex(file.toString());
    }
    throw new InputException(
        file,
        "is a link to " + InputException.quoted(target) + ", which is not there",
        "copy the file itself, or download it again");
  }

  /**
   * Refuses what stands for a binary file: no such file is text.
   *
   * @param file where it lies
   * @param start its first bytes, up to {@link #START}
   * @throws InputException if it is empty or a text
   */
  public static void refuse(Path file, byte[] start) {
    InputException fault = find(file.toString(), start).orElse(null);
    String text = text(start);
    if (fault == null && text != null) {
      Matcher message = MESSAGE.matcher(text);
      boolean json = text.startsWith("{") || text.startsWith("[");
      String words = message.find() ? message.group(1) : text;
      fault =
          new InputException(
              file,
              "is %s (%s), not the file itself"
                  .formatted(json ? "an answer of a server in JSON" : "a text", shown(words)),
              "download it again");
    }
    if (fault != null) {
      throw fault;
    }
  }

  /**
   * Refuses what stands for a binary file.
   *
   * @param file an existing file
   * @throws InputException if it is empty or a text
   */
  public static void refuse(Path file) {
    refuse(file, start(file));
  }

  /**
   * Refuses what stands for a file of text.
   *
   * @param file an existing file
   * @throws InputException if it is empty, a pointer or a page
   */
  public static void refuseForText(Path file) {
    Optional<InputException> fault = find(file.toString(), start(file));
    if (fault.isPresent()) {
      throw fault.get();
    }
  }

  private static byte[] start(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(START);
    } catch (IOException e) {
      throw new InputException(
          file, "cannot be opened (" + e.getMessage() + ")", "check that you may read it", e);
    }
  }

  /**
   * Finds out whether a file's start is that of a pointer, of a page or of nothing at all. Other
   * texts pass.
   *
   * @param file what messages call it
   * @param start its first bytes, up to {@link #START}
   * @return what is wrong and what to do; empty if nothing is
   */
  public static Optional<InputException> find(String file, byte[] start) {
    if (start.length == 0) {
      return Optional.of(
          new InputException(file, "is empty: it has 0 bytes", "fetch or write it again"));
    }
    String text = text(start);
    if (text == null) {
      return Optional.empty();
    }
    if (text.startsWith(LFS)) {
      return Optional.of(
          new InputException(
              file,
              "is a Git LFS pointer, not the file itself",
              "run 'git lfs pull' in its folder, or download the file"));
    }
    if (text.startsWith(ANNEX)) {
      return Optional.of(annex(file));
    }
    if (PAGE.matcher(text).matches()) {
      Matcher title = TITLE.matcher(text);
      boolean xml = text.startsWith("<?xml") || text.startsWith("<Error");
      return Optional.of(
          new InputException(
              file,
              "is %s%s, not the file itself"
                  .formatted(
                      xml ? "an XML answer of a server" : "an HTML page",
                      title.find() ? " (" + shown(title.group(1)) + ")" : ""),
              "download it again, from the address of the file and not of the page about it"));
    }
    return Optional.empty();
  }

  private static InputException annex(String file) {
    return new InputException(
        file,
        "is a git-annex pointer, not the file itself",
        "run 'git annex get' on it, or download the file");
  }

  /** The start as text, without a byte order mark and spaces before it; null if it is none. */
  private static String text(byte[] start) {
    for (byte b : start) {
      boolean space = b == '\t' || b == '\n' || b == '\r' || b == '\f';
      if (b >= 0 && b < ' ' && !space) {
        return null;
      }
    }
    // Bytes beyond ASCII are let pass here: the start may end inside a character.
    String text = new String(start, StandardCharsets.UTF_8);
    long strange = text.chars().filter(c -> c == '\ufffd').count();
    return strange > 1 ? null : text.replaceFirst("^[\\s\ufeff]+", "");
  }

  private static String shown(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return InputException.quoted(line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...");
  }
}
