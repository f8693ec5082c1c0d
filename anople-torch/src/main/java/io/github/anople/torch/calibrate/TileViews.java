package io.github.anople.torch.calibrate;

import io.github.anople.core.decide.NormalScore;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.detect.TileCut;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.FilledRegion;
import io.github.anople.torch.synth.Draws;
import io.github.anople.torch.synth.MildAugmentation;
import io.github.anople.torch.train.Shot;
import io.github.anople.torch.train.ShotTiles;
import io.github.anople.torch.train.Shots;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Altered views of a shot that is looked at in tiles: all its tiles are altered by the same draws,
 * each about its own centre, and one of them, which is drawn, is seen with a simulated defect too.
 * So a good view is as bad as its worst tile, which is what a good picture is. Of a view with a
 * defect only that tile is scored again.
 *
 * @param detector scores them
 * @param drawing the seed of the draws
 * @param region which part of pictures counts
 * @param tiles of the shot
 */
record TileViews(
    AnomalyDetector detector,
    ShotEstimate.Drawing drawing,
    Optional<FilledRegion> region,
    ShotTiles tiles) {

  /** Tiles of good views, of all shots together, as far as each has its fewest views. */
  private static final int MOST_TILES = 768;

  private static final int FEWEST = 4;

  /**
   * How many views of each shot are scored: as many as of shots without tiles, or fewer where there
   * are many tiles.
   */
  static int count(int usual, Shots shots) {
    long all =
        shots.all().stream().mapToLong(shot -> shot.tiles().orElseThrow().counted().size()).sum();
    return (int) Math.max(FEWEST, Math.min(usual, MOST_TILES / all));
  }

  /** Scores some views of a shot, and adds what the detector says of them. */
  void score(int shot, Shot picture, int count, List<NormalScore> good, List<NormalScore> bad) {
    for (int view = 0; view < count; view++) {
      int number = view;
      PreparedImage whole =
          sizes().prepare(MildAugmentation.draw(picture.fine(), draws(shot, number)), region);
      List<Integer> counted = tiles.counted();
      int worst = Draws.of(drawing.seed(), "calibration tile", shot, view).nextInt(counted.size());
      List<ShotEstimate.View> views =
          IntStream.range(0, counted.size())
              .parallel()
              .mapToObj(i -> altered(counted.get(i), shot, number, i == worst))
              .toList();
      List<PreparedImage> parts =
          IntStream.range(0, counted.size())
              .mapToObj(i -> prepared(views.get(i).good(), counted.get(i)))
              .toList();
      Detection seen = detect(whole.in(new TileCut(tiles.grid(), counted, places(counted), parts)));
      good.add(NormalScore.of(seen));
      int tile = counted.get(worst);
      views
          .get(worst)
          .bad()
          .ifPresent(image -> bad.add(with(NormalScore.of(seen), prepared(image, tile), tile)));
    }
  }

  private ShotEstimate.View altered(int tile, int shot, int view, boolean alsoBad) {
    RgbImage fine = tiles.fine(tile);
    return alsoBad
        ? ShotEstimate.view(fine, drawing, draws(shot, view))
        : new ShotEstimate.View(MildAugmentation.draw(fine, draws(shot, view)), Optional.empty());
  }

  private RandomGenerator draws(int shot, int view) {
    return Draws.of(drawing.seed(), "calibration", shot, view);
  }

  /** What the picture scores with one of its tiles replaced. */
  private NormalScore with(NormalScore picture, PreparedImage part, int tile) {
    TileCut alone = new TileCut(tiles.grid(), List.of(tile), places(List.of(tile)), List.of(part));
    NormalScore seen = NormalScore.of(detect(part.in(alone)));
    return new NormalScore(
        Math.max(picture.image(), seen.image()),
        Math.max(picture.pixel(), seen.pixel()),
        picture.level(),
        picture.scene());
  }

  /** A tile without what the region ignores: an altered view may have moved something there. */
  private PreparedImage prepared(RgbImage view, int tile) {
    return sizes().prepare(region.map(some -> tiles.grid().filled(view, tile, some)).orElse(view));
  }

  private List<Integer> places(List<Integer> some) {
    return some.stream().map(tiles::place).toList();
  }

  private Detection detect(PreparedImage image) {
    return detector.detectPrepared(List.of(image)).get(0);
  }

  private InputSizes sizes() {
    return tiles.sizes();
  }
}
