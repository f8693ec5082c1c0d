package io.github.anople.core;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The input is at fault: a file, a folder, a configuration, an argument. Never a fault of the
 * program.
 *
 * <p>It tells a person where, what is wrong, and what to do; the message is the three in one line.
 * A library does not know how it is used, so none of them names a command or an option. Who does
 * know adds a hint of its own, by {@link #topic}.
 */
public final class InputException extends RuntimeException {

  private static final int MAX_QUOTED = 120;

  /** What a person has to find or name, where a command or a page can say how that is done. */
  public enum Topic {
    /** The file of a trained detector. */
    DETECTOR,
    /** The file of an exported detector. */
    GRAPH,
    /** A pretrained CLIP, by name or folder. */
    BACKBONE,
    /** Example pictures that an export is measured on. */
    EXAMPLES,
    /** The folder of a data set that a benchmark needs. */
    DATA_FOLDER,
    /** The limit of a picture's pixels. */
    PIXEL_LIMIT,
    /** The limit of a picture file's bytes. */
    FILE_LIMIT,
    /** How many bits of 16 a camera uses. */
    BIT_DEPTH
  }

  private final String where;
  private final String problem;
  private final String remedy;
  private final Topic topic;

  /**
   * A fault with its place, its nature and its remedy.
   *
   * @param where what is at fault, usually a file's path (with a tensor's or field's name where
   *     that helps)
   * @param problem what is wrong with it, naming the offending value
   * @param remedy what the reader can do about it
   */
  public InputException(String where, String problem, String remedy) {
    this(where, problem, remedy, null, null);
  }

  /**
   * The same, for a file.
   *
   * @param file the file or folder at fault
   * @param problem what is wrong with it
   * @param remedy what the reader can do about it
   */
  public InputException(Path file, String problem, String remedy) {
    this(file.toString(), problem, remedy);
  }

  /**
   * The same, keeping the failure that revealed it.
   *
   * @param where what is at fault
   * @param problem what is wrong with it
   * @param remedy what the reader can do about it
   * @param cause what was caught
   */
  public InputException(String where, String problem, String remedy, Throwable cause) {
    this(where, problem, remedy, null, cause);
  }

  /**
   * The same, keeping the failure that revealed it.
   *
   * @param file the file or folder at fault
   * @param problem what is wrong with it
   * @param remedy what the reader can do about it
   * @param cause what was caught
   */
  public InputException(Path file, String problem, String remedy, Throwable cause) {
    this(file.toString(), problem, remedy, cause);
  }

  private InputException(
      String where, String problem, String remedy, Topic topic, Throwable cause) {
    super(line(where) + ": " + line(problem) + "; " + line(remedy), cause);
    this.where = line(where);
    this.problem = line(problem);
    this.remedy = line(remedy);
    this.topic = topic;
  }

  /**
   * The same fault, with what its remedy is about.
   *
   * @param what what the reader has to find or name
   * @return a fault that differs in its topic alone
   */
  public InputException about(Topic what) {
    InputException same = new InputException(where, problem, remedy, what, getCause());
    same.setStackTrace(getStackTrace());
    return same;
  }

  /**
   * What is at fault.
   *
   * @return one line, usually a file's path
   */
  public String where() {
    return where;
  }

  /**
   * What is wrong.
   *
   * @return one line without a full stop, which continues a sentence that begins with {@link
   *     #where}
   */
  public String problem() {
    return problem;
  }

  /**
   * What the reader can do about it.
   *
   * @return one line without a full stop
   */
  public String remedy() {
    return remedy;
  }

  /**
   * What the remedy is about, for a command or a page that can say more.
   *
   * @return the topic, or empty where there is nothing to add
   */
  public Optional<Topic> topic() {
    return Optional.ofNullable(topic);
  }

  /**
   * A name or value out of a file, fit for a message: in quotes, cut where it is too long.
   *
   * @param text what the file holds
   * @return at most some 150 characters
   */
  public static String quoted(String text) {
    return text.length() <= MAX_QUOTED
        ? "'" + text + "'"
        : "'" + text.substring(0, MAX_QUOTED) + "...' (" + text.length() + " characters)";
  }

  /** Names in hostile files may hold line breaks and control characters: a part stays one line. */
  private static String line(String part) {
    return part.replaceAll("\\p{Cntrl}", "?");
  }
}
