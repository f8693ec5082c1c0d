package io.github.anople.cli;

import io.github.anople.console.Output;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.PictureNote;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What there is to say of pictures' files: the first of each kind at once, in the end how many. */
final class PictureNotes implements ImageReader.NoteListener {

  private final Output output;
  private final Map<PictureNote.Kind, Set<String>> pictures = new EnumMap<>(PictureNote.Kind.class);

  PictureNotes(Output output) {
    this.output = output;
  }

  @Override
  public synchronized void noted(String name, PictureNote note) {
    Set<String> known = pictures.computeIfAbsent(note.kind(), kind -> new HashSet<>());
    if (known.isEmpty()) {
      output.info("note: " + line(name) + " " + note.words() + hint(note.kind()));
    }
    known.add(name);
  }

  /** Says how many there were, where it was more than one. */
  synchronized void finished() {
    pictures.forEach(
        (kind, known) -> {
          if (known.size() > 1) {
            output.info(
                "note: %d pictures have a note of kind %s".formatted(known.size(), kind.id()));
          }
        });
  }

  private static String hint(PictureNote.Kind kind) {
    return kind == PictureNote.Kind.BIT_DEPTH
        ? " (--bit-depth N says how many bits there are)"
        : "";
  }

  private static String line(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
