package io.github.anople.core.image;

import java.util.Locale;
import java.util.Objects;

/**
 * Something that a person should know of a picture that was read: what was repaired, what was left
 * out, and what may not mean what it says.
 *
 * @param kind what it is about
 * @param words one clause without a full stop that continues a picture's name, such as {@code "has
 *     3 pages, of which the first was read"}
 */
public record PictureNote(Kind kind, String words) {

  /** What a note is about. */
  public enum Kind {
    /** The file breaks its format's rules in a way that leaves its pixels whole. */
    REPAIRED,
    /** Samples of 16 bits that seem to hold fewer bits in their low end, so that all is dark. */
    BIT_DEPTH,
    /** The file has further pages, frames or pictures, which nobody looked at. */
    FURTHER_PAGES,
    /** The file has further bands than grey, colour and alpha, which nobody looked at. */
    FURTHER_BANDS,
    /** Its defect lies where the detector does not look: in a test it counts as good. */
    IGNORED_DEFECT;

    /**
     * Its name in tables.
     *
     * @return for example {@code further-pages}
     */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * A note.
   *
   * @param kind what it is about
   * @param words one clause
   */
  public PictureNote {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(words, "words");
  }
}
