package io.github.anople.benchmark.figure;

import io.github.anople.benchmark.Cell;
import io.github.anople.benchmark.CellDetectors;
import io.github.anople.benchmark.Grid;
import io.github.anople.benchmark.GridData;
import io.github.anople.core.InputException;
import io.github.anople.core.image.ImageReader;
import io.github.anople.inspect.data.Sample;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Draws the paper's figures of pictures. Equal data, settings and detectors give equal files. For
 * one thread.
 */
public final class Figures {

  private static final String CHOICE_REMEDY = "name pictures of a category's test part";

  private final SheetFiles files;
  private final CellDetectors detectors;
  private final Session session;
  private final FigureChoice choice;

  /**
   * Figures of one call: what several of them need is done once.
   *
   * @param folder where they are written; made where it is missing
   * @param detectors makes the detectors
   * @param reader reads all images
   * @param choice what they show
   * @param listener told of what is done
   */
  public Figures(
      Path folder,
      CellDetectors detectors,
      ImageReader reader,
      FigureChoice choice,
      FigureListener listener) {
    this.files = new SheetFiles(folder);
    this.detectors = detectors;
    this.session = new Session(detectors, reader, listener);
    this.choice = choice;
  }

  /**
   * Draws a figure: {@code figure3.svg}, which stands alone, {@code figure3.tex} for a document,
   * and its pictures in {@code figure3/}.
   *
   * @param figure which
   * @param grid data sets, shots, seeds and variants; each combination of the last three is shown
   * @return what was written
   * @throws InputException if the grid has nothing that the figure shows, its input is at fault, or
   *     the folder cannot be written
   * @throws InterruptedException if the thread is interrupted
   */
  public Drawn draw(PaperFigure figure, Grid grid) throws InterruptedException {
    List<Cell> cells = grid.cells().stream().filter(cell -> isShown(figure, cell)).toList();
    check(figure, grid, cells);
    List<Contender> contenders = Contender.of(grid, cells);
    Sheet sheet =
        switch (figure) {
          case MAPS, MAPS_MVTEC, MAPS_VISA -> maps(figure, grid, contenders);
          case WORST -> worst(figure, grid, contenders);
          case CONTEXTS -> contexts(figure, grid, contenders);
          case PATCHES -> patches(figure, grid, contenders);
        };
    if (sheet.rows().isEmpty()) {
      throw fault(
          figure,
          figure == PaperFigure.WORST
              ? "has nothing to show: no test picture is on the wrong side of another"
              : "has nothing to show: no defective test picture could be scored",
          "choose other categories, or name pictures");
    }
    return files.write(sheet);
  }

  private boolean isShown(PaperFigure figure, Cell cell) {
    boolean attention = figure == PaperFigure.CONTEXTS || figure == PaperFigure.PATCHES;
    return figure.shows(cell.data().layout()) && (!attention || detectors.learns(cell));
  }

  private void check(PaperFigure figure, Grid grid, List<Cell> cells) {
    List<GridData.Layout> layouts = grid.data().stream().map(GridData::layout).toList();
    if (layouts.stream().noneMatch(figure::shows)) {
      throw fault(
          figure,
          "shows data sets that lie as "
              + (figure == PaperFigure.MAPS_VISA ? "VisA" : "MVTec AD")
              + ", and there is none",
          "draw figure " + PaperFigure.MAPS.number() + ", or name such a data set");
    }
    if (cells.isEmpty()) {
      throw fault(figure, "needs a variant that learns contexts, and there is none", "add anople");
    }
    Set<Path> known = new HashSet<>();
    cells.stream()
        .map(cell -> cell.data().read(cell.categories()))
        .flatMap(data -> data.test().stream())
        .map(Sample::image)
        .forEach(image -> known.add(FigureChoice.plain(image)));
    for (Path image : choice.images()) {
      if (!known.contains(image)) {
        throw new InputException(
            image, "is no test picture of the data sets of " + figure.id(), CHOICE_REMEDY);
      }
    }
  }

  private static InputException fault(PaperFigure figure, String problem, String remedy) {
    return new InputException("figure " + figure.number(), problem, remedy);
  }

  private Sheet maps(PaperFigure figure, Grid grid, List<Contender> contenders)
      throws InterruptedException {
    SideBySide sides = new SideBySide(session, choice, new MapView());
    String caption =
        "Test pictures, their ground truth, and the maps of %s%s. %s %s Where there is nothing to show, the data has no ground truth."
            .formatted(
                Contender.names(contenders),
                Contender.conditions(grid),
                Session.words(choice, contenders.get(0)),
                MapTiles.WORDS);
    return new Sheet(figure, caption, sides.heads(contenders), sides.rows(contenders));
  }

  private Sheet worst(PaperFigure figure, Grid grid, List<Contender> contenders)
      throws InterruptedException {
    String caption =
        ("The worst cases of %s%s. Of each category up to %d good pictures with the highest scores"
                + " and as many defective ones with the lowest, where these are on the wrong side of"
                + " any other picture, and as many whose binary map lies worst on the ground truth."
                + " %s Where there is nothing to show, the data has no ground truth.")
            .formatted(
                Contender.names(contenders),
                Contender.conditions(grid),
                choice.perCategory(),
                MapTiles.WORDS);
    return new Sheet(
        figure, caption, WorstRows.heads(), new WorstRows(session, choice).rows(contenders));
  }

  private Sheet contexts(PaperFigure figure, Grid grid, List<Contender> contenders)
      throws InterruptedException {
    List<Sheet.Row> rows = new ContextRows(session, choice).rows(contenders);
    int columns = rows.stream().mapToInt(row -> row.tiles().size()).max().orElse(1);
    String caption =
        ("Attention among the context rows of %s%s, layer by layer, averaged over the heads; c is"
                + " the view signal of the whole image, v the visual contexts, t the textual ones."
                + " Rows attend, columns are attended to. The weights are those of the towers, not"
                + " normalised anew: what a row lacks of 1 goes to the other positions, which are"
                + " class token and patches, or start of text and words. In the image tower averaged"
                + " over test pictures: %s In the text tower over the texts of all classes, normal"
                + " and abnormal; there the textual contexts come first, and a position sees itself"
                + " and what is before it.")
            .formatted(
                Contender.names(contenders),
                Contender.conditions(grid),
                Session.words(choice, contenders.get(0)));
    return new Sheet(figure, caption, Collections.nCopies(columns, new Sheet.Head("", "")), rows);
  }

  private Sheet patches(PaperFigure figure, Grid grid, List<Contender> contenders)
      throws InterruptedException {
    SideBySide sides = new SideBySide(session, choice, new PatchView(choice.layer()));
    String caption =
        ("What view signals and class token of %s%s attend to among the patches in layer %d of the"
                + " image tower, averaged over the heads; each map from its smallest weight (clear)"
                + " to its largest. The global view signal and the class token see the whole image,"
                + " the local view signals their quarter of it, as in training. %s Where there is"
                + " nothing to show, the detector has no such signal.")
            .formatted(
                Contender.names(contenders),
                Contender.conditions(grid),
                choice.layer(),
                Session.words(choice, contenders.get(0)));
    return new Sheet(figure, caption, sides.heads(contenders), sides.rows(contenders));
  }
}
