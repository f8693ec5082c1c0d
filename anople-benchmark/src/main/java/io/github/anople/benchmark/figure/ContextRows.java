package io.github.anople.benchmark.figure;

import io.github.anople.benchmark.Cell;
import io.github.anople.benchmark.FittedOn;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.model.AttentionProbe;
import io.github.anople.torch.model.TowerAttention;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Figure 11: attention among the contexts, layer by layer, of the image tower and of the text
 * tower.
 *
 * @param session tests and looks
 * @param choice which pictures the image tower sees
 */
record ContextRows(Session session, FigureChoice choice) {

  /** Layers beside each other. */
  static final int PER_ROW = 6;

  private record Towers(List<TowerAttention> vision, List<TowerAttention> text) {}

  List<Sheet.Row> rows(List<Contender> contenders) throws InterruptedException {
    PictureTiles tiles = new PictureTiles();
    for (Contender contender : contenders) {
      Map<Cell, Towers> seen = new LinkedHashMap<>();
      session.visit(
          contender,
          (cell, category, pass) -> Session.chosen(choice, pass),
          (detector, looks) -> {
            if (detector instanceof TorchDetector torch) {
              looks.forEach(look -> look(torch, look, seen));
            }
          });
      seen.forEach(
          (cell, towers) -> {
            add(tiles, label(contender, cell) + ", image tower", towers.vision());
            add(tiles, label(contender, cell) + ", text tower", towers.text());
          });
    }
    return tiles.rows();
  }

  private static void look(TorchDetector torch, Session.Look look, Map<Cell, Towers> seen) {
    Towers towers =
        seen.computeIfAbsent(
            look.cell(),
            cell -> new Towers(new ArrayList<>(), List.of(torch.attention(AttentionProbe::text))));
    towers
        .vision()
        .add(
            torch.attention(
                probe -> probe.vision(look.seen().image(), Math.max(0, probe.views() - 1))));
  }

  private static String label(Contender contender, Cell cell) {
    return "%s, %s%s"
        .formatted(
            contender.name(),
            cell.data().name(),
            cell.variant().fittedOn() == FittedOn.ALL ? "" : "/" + cell.categories().get(0));
  }

  private static void add(PictureTiles tiles, String tower, List<TowerAttention> seen) {
    ContextAttention mean = ContextAttention.mean(seen);
    if (mean.names().isEmpty()) {
      return;
    }
    MatrixRaster raster = new MatrixRaster(Math.max(mean.largest(), Float.MIN_NORMAL));
    for (int from = 0; from < mean.layers().size(); from += PER_ROW) {
      List<String> titles = new ArrayList<>();
      List<Raster> matrices = new ArrayList<>();
      for (int at = from; at < Math.min(from + PER_ROW, mean.layers().size()); at++) {
        titles.add("layer " + (at + 1));
        matrices.add(raster.of(mean.layers().get(at)));
      }
      String label =
          from == 0
              ? String.format(
                  Locale.ROOT, "%s: white is 0, the darkest blue %.4f", tower, mean.largest())
              : "";
      tiles.addTitled(label, titles, matrices, mean.names());
    }
  }
}
