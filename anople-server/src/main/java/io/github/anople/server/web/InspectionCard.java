package io.github.anople.server.web;

import io.github.anople.inspect.page.Words;
import io.github.anople.server.inspect.Inspections;
import io.github.anople.server.store.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A picture that was inspected, as it is shown.
 *
 * @param item what is said of it
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 * @param boxes where something was found, the worst first
 */
public record InspectionCard(InspectionItem item, int width, int height, List<Box> boxes) {

  /** Of the picture's longer side: how high a box's number is. */
  private static final double LETTER = 0.045;

  /** Of the number's height: how wide a number with its area is, such as "3 · 0.11 %". */
  private static final int WIDEST = 7;

  /**
   * Where something was found.
   *
   * @param number from 1
   * @param place in pixels
   * @param area in words
   * @param peak in words
   * @param textX where its number stands
   * @param textY where its number stands
   */
  public record Box(
      int number, Inspections.Place place, String area, String peak, int textX, int textY) {}

  /** Copies the boxes. */
  public InspectionCard {
    boxes = List.copyOf(boxes);
  }

  /** The card of an inspection. */
  static InspectionCard of(InspectionItem item, Picture picture, List<Inspections.Place> places) {
    InspectionCard bare = new InspectionCard(item, picture.width(), picture.height(), List.of());
    List<Box> boxes = new ArrayList<>();
    for (Inspections.Place place : places) {
      boxes.add(bare.box(boxes.size() + 1, place));
    }
    return new InspectionCard(item, picture.width(), picture.height(), boxes);
  }

  private Box box(int number, Inspections.Place place) {
    int letter = letter();
    // Above the box, or inside where there is no room.
    int above = place.y() - letter / 3;
    int y = above < letter ? place.y() + letter : above;
    return new Box(
        number,
        place,
        percent(place.percent()),
        Words.score(place.peak()),
        Math.min(place.x(), Math.max(0, width - letter * WIDEST)),
        y);
  }

  /** With two digits that tell something; a speck has some area, too. */
  private static String percent(double percent) {
    String form = percent >= 10 ? "%.0f %%" : percent >= 1 ? "%.1f %%" : "%.2f %%";
    return percent < 0.01 ? "< 0.01 %" : String.format(Locale.ROOT, form, percent);
  }

  /**
   * How high a box's number is.
   *
   * @return in pixels of the picture
   */
  public int letter() {
    return (int) Math.max(1, Math.round(LETTER * Math.max(width, height)));
  }
}
