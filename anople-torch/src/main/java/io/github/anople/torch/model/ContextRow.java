package io.github.anople.torch.model;

/** What a context row of a tower is. */
public enum ContextRow {
  /** c, the view signal. */
  VIEW_SIGNAL,
  /** A row of the visual contexts, in the text tower as the coupling maps it. */
  VISUAL,
  /** A row of the textual contexts, in the image tower as the coupling maps it. */
  TEXTUAL
}
