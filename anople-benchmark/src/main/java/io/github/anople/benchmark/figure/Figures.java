package io.github.anople.benchmark.figure;

import io.github.anople.benchmark.Cell;
import io.github.anople.benchmark.CellDetectors;
import io.github.anople.benchmark.Grid;
import io.github.anople.benchmark.GridData;
import io.github.anople.core.InputException;
import io.github.anople.core.image.ImageReader;
import io.github.anople.inspect.data.Sample;
import java.nio.file.Path;
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
    Sheet sheet = new SheetMaker(session, choice, grid, Contender.of(grid, cells)).of(figure);
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
}
