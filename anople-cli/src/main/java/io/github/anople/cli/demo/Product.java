package io.github.anople.cli.demo;

import java.awt.Graphics2D;
import java.util.List;
import java.util.random.RandomGenerator;

/** A made-up product: how a good one looks, how no two are alike, and what can go wrong with it. */
interface Product {

  /** The state of a part without a defect: MVTec AD's name of its folder. */
  String GOOD = "good";

  /** Its category, such as {@code pressure_gauge}. */
  String name();

  /** The kinds of defect, as folders are called. */
  List<String> defects();

  /** How many good pictures there are to choose the shots from. */
  default int trainPictures() {
    return 2;
  }

  /**
   * Draws one part, centred on the origin, in {@value Photograph#SIDE} by {@value Photograph#SIDE}
   * units.
   *
   * @param canvas where to
   * @param part what makes this part another than the next; the same numbers are taken from it
   *     whatever the state, so that a defect changes nothing but itself
   * @param state {@value #GOOD}, or one of {@link #defects}
   * @param fault where and how the defect is
   */
  void draw(Graphics2D canvas, RandomGenerator part, String state, RandomGenerator fault);
}
