package io.github.anople.benchmark.figure;

import java.nio.file.Path;
import java.util.List;

/**
 * A figure that was drawn.
 *
 * @param figure which
 * @param title a few words
 * @param caption all that a reader has to know
 * @param files the SVG, the fragment of LaTeX, then its pictures
 */
public record Drawn(PaperFigure figure, String title, String caption, List<Path> files) {

  /** A figure. */
  public Drawn {
    files = List.copyOf(files);
  }
}
