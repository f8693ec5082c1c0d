package io.github.anople.benchmark.figure;

import io.github.anople.benchmark.GridData;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.inspect.data.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The same pictures as several contenders see them. The first contender's scores say which pictures
 * these are.
 *
 * @param session tests and looks
 * @param choice which pictures
 * @param view what is shown of them
 */
record SideBySide(Session session, FigureChoice choice, View view) {

  /** What is shown of a picture. */
  interface View {

    /** Heads of what does not depend on a detector. */
    List<String> pictureHeads();

    /** Heads of what does. */
    List<String> detectorHeads();

    /** As many as {@link #pictureHeads}. */
    List<Optional<Raster>> ofPicture(Session.Look look);

    /** As many as {@link #detectorHeads}. */
    List<Optional<Raster>> ofDetector(AnomalyDetector detector, Session.Look look);
  }

  private record Shown(GridData data, Sample sample) {}

  private record Seen(
      String label, List<Optional<Raster>> picture, Map<Contender, List<Optional<Raster>>> views) {}

  /** The columns' heads. */
  List<Sheet.Head> heads(List<Contender> contenders) {
    List<Sheet.Head> heads = new ArrayList<>();
    view.pictureHeads().forEach(head -> heads.add(new Sheet.Head("", head)));
    for (Contender contender : contenders) {
      view.detectorHeads().forEach(head -> heads.add(new Sheet.Head(contender.name(), head)));
    }
    return heads;
  }

  /** A row a picture, category by category. */
  List<Sheet.Row> rows(List<Contender> contenders) throws InterruptedException {
    Map<Shown, Seen> seen = new LinkedHashMap<>();
    Map<GridData, Map<String, List<Sample>>> chosen = new HashMap<>();
    for (Contender contender : contenders) {
      session.visit(
          contender,
          (cell, category, pass) ->
              chosen
                  .computeIfAbsent(cell.data(), data -> new HashMap<>())
                  .computeIfAbsent(category, name -> Session.chosen(choice, pass)),
          (detector, looks) ->
              looks.forEach(
                  look ->
                      seen.computeIfAbsent(
                              new Shown(look.cell().data(), look.sample()),
                              key -> new Seen(look.label(), view.ofPicture(look), new HashMap<>()))
                          .views()
                          .put(contender, view.ofDetector(detector, look))));
    }
    PictureTiles tiles = new PictureTiles();
    seen.values().forEach(one -> add(one, contenders, tiles));
    return tiles.rows();
  }

  private void add(Seen one, List<Contender> contenders, PictureTiles tiles) {
    List<String> names = new ArrayList<>(view.pictureHeads());
    List<Optional<Raster>> rasters = new ArrayList<>(one.picture());
    for (Contender contender : contenders) {
      view.detectorHeads().forEach(head -> names.add(contender.name() + ", " + head));
      rasters.addAll(
          one.views()
              .getOrDefault(
                  contender,
                  view.detectorHeads().stream().map(head -> Optional.<Raster>empty()).toList()));
    }
    tiles.add(one.label(), names, rasters);
  }
}
