package io.github.anople.benchmark.figure;

import io.github.anople.benchmark.Cell;
import io.github.anople.inspect.data.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Figure 8: what is most wrong, contender by contender and category by category.
 *
 * @param session tests and looks
 * @param choice how many of each kind; or the pictures to look among
 */
record WorstRows(Session session, FigureChoice choice) {

  private record Found(Cell cell, String category) {}

  static List<Sheet.Head> heads() {
    return Stream.concat(MapTiles.OF_PICTURE.stream(), MapTiles.OF_DETECTOR.stream())
        .map(head -> new Sheet.Head("", head))
        .toList();
  }

  List<Sheet.Row> rows(List<Contender> contenders) throws InterruptedException {
    PictureTiles tiles = new PictureTiles();
    for (Contender contender : contenders) {
      Map<Found, Map<Sample, String>> wrong = new HashMap<>();
      session.visit(
          contender,
          (cell, category, pass) ->
              List.copyOf(
                  wrong.computeIfAbsent(new Found(cell, category), key -> worst(pass)).keySet()),
          (detector, looks) -> looks.forEach(look -> add(tiles, contender, look, wrong)));
    }
    return tiles.rows();
  }

  private Map<Sample, String> worst(TestPass pass) {
    Map<Sample, String> worst = new WorstCases(pass, choice.perCategory()).find();
    if (!choice.images().isEmpty()) {
      worst.keySet().retainAll(Session.chosen(choice, pass));
    }
    return worst;
  }

  private static void add(
      PictureTiles tiles,
      Contender contender,
      Session.Look look,
      Map<Found, Map<Sample, String>> wrong) {
    String reason = wrong.get(new Found(look.cell(), look.sample().category())).get(look.sample());
    List<Optional<Raster>> rasters = new ArrayList<>(MapTiles.ofPicture(look));
    rasters.addAll(MapTiles.ofDetector(look));
    tiles.add(
        "%s, %s: %s".formatted(contender.name(), look.label(), reason),
        heads().stream().map(Sheet.Head::title).toList(),
        rasters);
  }
}
