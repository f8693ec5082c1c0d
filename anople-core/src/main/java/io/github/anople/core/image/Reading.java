package io.github.anople.core.image;

import io.github.anople.core.image.PictureNote.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** One picture while it is read: what was asked for, and what is to be told. For one thread. */
final class Reading {

  /** Of a hostile file nobody wants a thousand notes. */
  private static final int MOST_NOTES = 8;

  private final boolean marks;
  private final SampleDepth depth;
  private final Set<PictureNote> notes = new LinkedHashSet<>();

  private Reading(boolean marks, SampleDepth depth) {
    this.marks = marks;
    this.depth = depth;
  }

  /**
   * Of a picture.
   *
   * @param bitDepth how many of 16 bits its samples use where its file does not say; empty for all
   */
  static Reading ofPicture(OptionalInt bitDepth) {
    return new Reading(false, SampleDepth.asked(bitDepth));
  }

  /** Of a mask: of its samples only zero or not matters, so no depth does. */
  static Reading ofMarks() {
    return new Reading(true, SampleDepth.asked(OptionalInt.empty()));
  }

  /** Whether a sample of more than 8 bits that is not zero must not become zero. */
  boolean marks() {
    return marks;
  }

  /** What is known of the depth of samples that are stored in 16 bits. */
  SampleDepth depth() {
    return depth;
  }

  void note(Kind kind, String words) {
    if (notes.size() < MOST_NOTES) {
      notes.add(new PictureNote(kind, words));
    }
  }

  void repaired(String words) {
    note(Kind.REPAIRED, words);
  }

  List<PictureNote> notes() {
    return new ArrayList<>(notes);
  }
}
