package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a person is to know of how images were found.
 *
 * @param notes what was left out or belongs to nothing, a line each
 * @param faults what was broken and is left out: links that lead nowhere, folders that cannot be
 *     opened, masks that could be of two images
 */
public record Remarks(List<String> notes, List<InputException> faults) {

  /** Nothing to know. */
  public static final Remarks NONE = new Remarks(List.of(), List.of());

  /** Remarks. */
  public Remarks {
    notes = List.copyOf(notes);
    faults = List.copyOf(faults);
  }

  /** Both. */
  Remarks with(Remarks others) {
    List<String> lines = new ArrayList<>(notes);
    others.notes.stream().filter(line -> !lines.contains(line)).forEach(lines::add);
    List<InputException> all = new ArrayList<>(faults);
    all.addAll(others.faults);
    return new Remarks(lines, all);
  }
}
