package io.github.anople.benchmark.figure;

import io.github.anople.core.detect.AnomalyDetector;
import java.util.List;
import java.util.Optional;

/** Figures 3, 9 and 10: picture, ground truth, heat map, binary map. */
final class MapView implements SideBySide.View {

  @Override
  public List<String> pictureHeads() {
    return MapTiles.OF_PICTURE;
  }

  @Override
  public List<String> detectorHeads() {
    return MapTiles.OF_DETECTOR;
  }

  @Override
  public List<Optional<Raster>> ofPicture(Session.Look look) {
    return MapTiles.ofPicture(look);
  }

  @Override
  public List<Optional<Raster>> ofDetector(AnomalyDetector detector, Session.Look look) {
    return MapTiles.ofDetector(look);
  }
}
