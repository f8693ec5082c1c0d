package io.github.anople.benchmark.figure;

import io.github.anople.benchmark.Grid;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Puts figures together: rows of tiles, and the caption that says how they came about.
 *
 * @param session tests and looks
 * @param choice what is shown
 * @param grid says what all contenders share
 * @param contenders at least one
 */
record SheetMaker(Session session, FigureChoice choice, Grid grid, List<Contender> contenders) {

  private static final String NO_TRUTH =
      " Where there is nothing to show, there is no ground truth.";
  private static final String NO_SIGNAL =
      " Where there is nothing to show, the detector has no such signal.";

  Sheet of(PaperFigure figure) throws InterruptedException {
    return switch (figure) {
      case MAPS, MAPS_MVTEC, MAPS_VISA -> maps(figure);
      case WORST -> worst(figure);
      case CONTEXTS -> contexts(figure);
      case PATCHES -> patches(figure);
    };
  }

  private Sheet maps(PaperFigure figure) throws InterruptedException {
    SideBySide sides = new SideBySide(session, choice, new MapView());
    String caption =
        "Test pictures, their ground truth, and the maps of %s. %s %s"
            .formatted(who(), which(), MapTiles.WORDS);
    return sheet(figure, caption, NO_TRUTH, sides.heads(contenders), sides.rows(contenders));
  }

  private Sheet worst(PaperFigure figure) throws InterruptedException {
    List<Sheet.Row> rows = new WorstRows(session, choice).rows(contenders);
    boolean several = choice.perCategory() > 1;
    String caption =
        ("The worst cases of %s: of each category %s, where they are on the wrong side of any other"
                + " picture, and %s whose binary map lies worst on the ground truth. %s")
            .formatted(
                who(),
                several
                    ? "up to "
                        + choice.perCategory()
                        + " good pictures with the highest scores and defective ones with the"
                        + " lowest"
                    : "the good picture with the highest score and the defective one with the"
                        + " lowest",
                several ? "as many" : "the one",
                MapTiles.WORDS);
    return sheet(figure, caption, NO_TRUTH, WorstRows.heads(), rows);
  }

  private Sheet contexts(PaperFigure figure) throws InterruptedException {
    List<Sheet.Row> rows = new ContextRows(session, choice).rows(contenders);
    int columns = rows.stream().mapToInt(row -> row.tiles().size()).max().orElse(1);
    String caption =
        ("Attention among the context rows of %s, layer by layer, averaged over the heads; c is the"
                + " view signal of the whole image, v the visual contexts, t the textual ones. Rows"
                + " attend, columns are attended to. The weights are those of the towers, not"
                + " normalised anew: what a row lacks of 1 goes to the other positions, which are"
                + " class token and patches, or start of text and words. In the image tower they are"
                + " averaged over test pictures. %s In the text tower they are averaged over the"
                + " texts of all classes, normal and abnormal; there the textual contexts come"
                + " first, and a position sees itself and what is before it.")
            .formatted(who(), which());
    return new Sheet(figure, caption, Collections.nCopies(columns, new Sheet.Head("", "")), rows);
  }

  private Sheet patches(PaperFigure figure) throws InterruptedException {
    SideBySide sides = new SideBySide(session, choice, new PatchView(choice.layer()));
    String caption =
        String.format(
            Locale.ROOT,
            "What view signals and class token of %s attend to among the patches in layer %d of the"
                + " image tower, averaged over the heads; each map from its smallest weight (clear)"
                + " to its largest, that of the local signals in each quarter. The global view"
                + " signal and the class token see the whole image, the local view signals their"
                + " quarter of it, as in training. %s",
            who(),
            choice.layer(),
            which());
    return sheet(figure, caption, NO_SIGNAL, sides.heads(contenders), sides.rows(contenders));
  }

  private String who() {
    return Contender.names(contenders) + Contender.conditions(grid);
  }

  private String which() {
    return Session.words(choice, contenders.get(0));
  }

  /** A sheet whose caption says why tiles are missing, where some are. */
  private static Sheet sheet(
      PaperFigure figure,
      String caption,
      String missing,
      List<Sheet.Head> heads,
      List<Sheet.Row> rows) {
    boolean whole =
        rows.stream().flatMap(row -> row.tiles().stream()).allMatch(Optional::isPresent);
    return new Sheet(figure, whole ? caption : caption + missing, heads, rows);
  }
}
