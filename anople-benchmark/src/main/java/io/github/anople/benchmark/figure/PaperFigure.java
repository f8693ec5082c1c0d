package io.github.anople.benchmark.figure;

import io.github.anople.benchmark.GridData;
import java.util.Arrays;
import java.util.Optional;

/** The figures of the paper that show pictures. */
public enum PaperFigure {
  /** Maps of some categories, several methods side by side. */
  MAPS(3, "Where the defects are"),
  /** What went wrong. */
  WORST(8, "The worst cases"),
  /** Maps of the categories of MVTec AD. */
  MAPS_MVTEC(9, "Where the defects are, MVTec AD"),
  /** Maps of the categories of VisA. */
  MAPS_VISA(10, "Where the defects are, VisA"),
  /** Attention among the contexts. */
  CONTEXTS(11, "Attention among the contexts"),
  /** Attention of view signals and class token over the patches. */
  PATCHES(12, "Attention over the patches");

  private final int number;
  private final String title;

  PaperFigure(int number, String title) {
    this.number = number;
    this.title = title;
  }

  /**
   * Its number in the paper.
   *
   * @return for example 3
   */
  public int number() {
    return number;
  }

  /**
   * What its files' names begin with.
   *
   * @return for example {@code figure3}
   */
  public String id() {
    return "figure" + number;
  }

  /**
   * A few words on what it shows.
   *
   * @return the same for every run
   */
  public String title() {
    return title;
  }

  /**
   * The figure of a number.
   *
   * @param number in the paper, as a person writes it
   * @return the figure, if it is one of pictures
   */
  public static Optional<PaperFigure> of(String number) {
    return Arrays.stream(values())
        .filter(one -> Integer.toString(one.number).equals(number))
        .findFirst();
  }

  /**
   * Whether it shows the pictures of a data set.
   *
   * @param layout the data set's
   * @return true for most
   */
  public boolean shows(GridData.Layout layout) {
    return switch (this) {
      case MAPS_MVTEC -> layout == GridData.Layout.MVTEC;
      case MAPS_VISA -> layout == GridData.Layout.VISA;
      case MAPS, WORST, CONTEXTS, PATCHES -> true;
    };
  }
}
