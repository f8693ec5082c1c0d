package io.github.anople.lab.pretrain.scene;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws labelled scenes. A scene is a pure function of seed, side and index; a generator may be
 * shared between threads.
 */
public final class SceneGenerator {

  private final long seed;
  private final int side;

  /**
   * A generator.
   *
   * @param seed chooses the whole series of scenes
   * @param side width and height of each picture in pixels, 32 to 2048
   * @throws IllegalArgumentException if the side is out of range
   */
  public SceneGenerator(long seed, int side) {
    if (side < 32 || side > 2048) {
      throw new IllegalArgumentException("a side of " + side + " pixels; it must be 32 to 2048");
    }
    this.seed = seed;
    this.side = side;
  }

  /**
   * Draws one scene.
   *
   * @param index which one of the series
   * @return the scene, always the same for the same seed, side and index
   */
  public Scene draw(long index) {
    return draw(index, true, true);
  }

  /**
   * Draws a scene without its damage; the rest of it is the same.
   *
   * @param index which one of the series
   * @return the scene, whole
   */
  public Scene drawWhole(long index) {
    return draw(index, false, true);
  }

  /** With or without damage and camera; the rest of the scene is the same. */
  Scene draw(long index, boolean harm, boolean camera) {
    Dice dice = new Dice(seed, index);
    int kind = dice.below(3);
    SceneDraft draft = new SceneDraft(side, dice);
    boolean hurt = dice.chance(0.5);
    if (kind == 0) {
      draft.ground(false);
      if (dice.chance(0.15)) {
        draft.sheet(half(dice));
      }
      draft.hurtGround(hurt);
    } else {
      draft.ground(true);
      draft.hurtGround(hurt && dice.chance(0.15));
      Layout layout = kind == 1 ? Layout.single(dice) : Layout.several(dice);
      List<AffineTransform> places = layout.places(side, dice);
      draft.objects(places, layout.mixed(), layout.words(), hurt, dice);
    }
    return draft.finish(harm, camera);
  }

  private Shape half(Dice dice) {
    AffineTransform to =
        AffineTransform.getTranslateInstance(side * dice.in(0.3, 0.7), side * dice.in(0.3, 0.7));
    to.rotate(dice.angle());
    return to.createTransformedShape(Drawing.box(side, 0, side, 2 * side));
  }

  /** How objects lie: their places, whether they are of several kinds, and words for it. */
  private record Layout(
      int columns, int rows, boolean scattered, boolean mixed, String words, float size) {

    static Layout single(Dice dice) {
      boolean close = dice.chance(0.25);
      return new Layout(1, 1, true, false, "", close ? dice.in(0.55, 0.95) : dice.in(0.2, 0.45));
    }

    static Layout several(Dice dice) {
      return switch (dice.below(4)) {
        case 0 -> new Layout(dice.in(2, 5), 1, false, false, " in a row", 0.42f);
        case 1 -> new Layout(dice.in(2, 4), dice.in(2, 3), false, false, " in a grid", 0.42f);
        case 2 -> new Layout(dice.in(2, 3), dice.in(1, 2), true, false, " scattered", 0.42f);
        default -> new Layout(2, dice.in(1, 2), true, true, " among other things", 0.42f);
      };
    }

    List<AffineTransform> places(int side, Dice dice) {
      List<AffineTransform> places = new ArrayList<>();
      double cell = (double) side / Math.max(columns, rows);
      double common = dice.chance(0.4) ? 0 : dice.angle();
      double shear = dice.chance(0.3) ? dice.in(-0.25, 0.25) : 0;
      double left = (side - columns * cell) / 2;
      double top = (side - rows * cell) / 2;
      for (int j = 0; j < rows; j++) {
        for (int i = 0; i < columns; i++) {
          double jitter = scattered ? cell * 0.1 : cell * 0.01;
          AffineTransform to =
              AffineTransform.getTranslateInstance(
                  left + (i + 0.5) * cell + dice.in(-jitter, jitter),
                  top + (j + 0.5) * cell + dice.in(-jitter, jitter));
          to.rotate(scattered ? dice.angle() : common + dice.in(-0.04, 0.04));
          to.shear(shear, 0);
          double r = cell * size * (scattered ? dice.in(0.75, 1) : 1);
          to.scale(r, r);
          places.add(to);
        }
      }
      return places;
    }
  }
}
