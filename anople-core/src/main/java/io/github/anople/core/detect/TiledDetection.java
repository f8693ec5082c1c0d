package io.github.anople.core.detect;

import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.FilledRegion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Detection in tiles, for pictures that would lose their defects if they were made as small as a
 * detector's input: whatever engine scores a tile, pictures are cut and maps are joined here.
 *
 * <p>A picture's score is that of its worst tile, and so is its feature; its map is joined of all.
 * Whether it is the product at all is asked of the picture as a whole.
 */
public final class TiledDetection {

  /** What scores tiles, which it sees as a detector without tiles sees a picture. */
  public interface Engine {

    /**
     * Brings a tile to the engine's input.
     *
     * @param image of any size
     * @return the input
     */
    PreparedImage prepare(RgbImage image);

    /**
     * Brings a picture as a whole to the engine's input, without what a region ignores.
     *
     * @param picture of any size
     * @return what {@link #scenes} measures
     */
    PreparedImage whole(RgbImage picture);

    /**
     * Scores tiles; nothing is asked of the scene.
     *
     * @param tiles at most as many as a batch has
     * @param places of each, in a memory that tells places apart
     * @return a detection a tile, in order
     */
    List<Detection> detect(List<PreparedImage> tiles, List<Integer> places);

    /**
     * Measures pictures as a whole.
     *
     * @param pictures at most as many as a batch has
     * @return one a picture, in order; none of a detector without a scene check
     */
    List<Scene> scenes(List<PreparedImage> pictures);
  }

  private final Tiling tiling;
  private final int side;
  private final int batch;
  private final Optional<FilledRegion> region;
  private final Engine engine;

  /**
   * Detection in tiles.
   *
   * @param tiling how pictures are cut
   * @param side S, of the engine's maps
   * @param batch how many tiles the engine scores at a time
   * @param region which part of pictures counts; empty for all
   * @param engine scores them
   */
  public TiledDetection(
      Tiling tiling, int side, int batch, Optional<FilledRegion> region, Engine engine) {
    this.region = region;
    this.tiling = tiling;
    this.side = side;
    this.batch = batch;
    this.engine = engine;
  }

  /**
   * Cuts a picture.
   *
   * @param picture of any size
   * @return its tiles, and the whole for the scene check
   * @throws io.github.anople.core.InputException if there would be too many
   */
  public PreparedImage prepare(RgbImage picture) {
    return engine.whole(picture).in(TileCut.of(picture, tiling, region, engine::prepare));
  }

  /**
   * Scores pictures.
   *
   * @param pictures of {@link #prepare}
   * @return one a picture, in their order, with maps of the pictures' shapes
   */
  public List<Detection> detect(List<PreparedImage> pictures) {
    Run run = new Run(pictures);
    for (int picture = 0; picture < pictures.size(); picture++) {
      TileCut cut = pictures.get(picture).tiles().orElseThrow();
      for (int tile = 0; tile < cut.tiles().size(); tile++) {
        run.add(picture, tile, cut);
      }
    }
    run.score();
    return run.found;
  }

  /** A tile that waits to be scored. */
  private record Waiting(int picture, int tile, PreparedImage part, int place, TileCut cut) {}

  /** One call: the tiles of all pictures in batches, pictures one after the other. */
  private final class Run {

    private final List<PreparedImage> pictures;
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Detection> found = new ArrayList<>();

    /** Of the picture that is being joined: those before it are found. */
    private TileJoin join;

    private Detection worst;

    Run(List<PreparedImage> pictures) {
      this.pictures = pictures;
    }

    void add(int picture, int tile, TileCut cut) {
      PreparedImage part = cut.part(tile, engine::prepare);
      waiting.add(new Waiting(picture, tile, part, cut.places().get(tile), cut));
      if (waiting.size() == batch) {
        score();
      }
    }

    void score() {
      if (waiting.isEmpty()) {
        return;
      }
      List<Detection> detections =
          engine.detect(
              waiting.stream().map(Waiting::part).toList(),
              waiting.stream().map(Waiting::place).toList());
      for (int i = 0; i < detections.size(); i++) {
        join(waiting.get(i), detections.get(i));
      }
      waiting.clear();
    }

    private void join(Waiting tile, Detection detection) {
      if (join == null) {
        join = new TileJoin(tile.cut().grid(), side);
        worst = detection;
      }
      join.add(tile.cut().tiles().get(tile.tile()), detection.map());
      if (detection.score() > worst.score()) {
        worst = detection;
      }
      if (tile.tile() == tile.cut().tiles().size() - 1) {
        List<Scene> scene = engine.scenes(List.of(pictures.get(tile.picture())));
        found.add(
            new Detection(
                worst.score(),
                join.map(region.map(FilledRegion::region)),
                worst.feature(),
                scene.stream().findFirst()));
        join = null;
      }
    }
  }

  /**
   * The tiling of a detector that has one.
   *
   * @return how pictures are cut
   */
  public Tiling tiling() {
    return tiling;
  }
}
