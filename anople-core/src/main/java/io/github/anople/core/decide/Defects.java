package io.github.anople.core.decide;

import java.util.List;

/**
 * What a map shows above the pixel threshold: {@link DefectRule} finds it. It tells where, not
 * whether: the verdict on a picture is the score's alone, so a picture that is OK may have defects,
 * and one that is NOT OK none.
 *
 * @param width columns of the picture that boxes are in
 * @param height its rows
 * @param worst the defects with the highest peaks, at most {@link #MOST}, the highest first; of
 *     equal ones the larger first, then the upper one, then the one further left
 * @param count how many defects there are in all
 * @param small places above the threshold that are smaller than the smallest area, and so no
 *     defects
 * @param largestPercent the area of the largest defect in percent of the part, whether it is among
 *     the worst or not; 0 where there is none
 */
public record Defects(
    int width, int height, List<Defect> worst, int count, int small, double largestPercent) {

  /** How many defects of a picture are kept: a map of noise has thousands. */
  public static final int MOST = 100;

  /**
   * Defects.
   *
   * @throws IllegalArgumentException if a number cannot be, or a box reaches beyond the picture
   */
  public Defects {
    worst = List.copyOf(worst);
    boolean possible =
        width > 0
            && height > 0
            && worst.size() <= MOST
            && (count > MOST ? worst.size() == MOST : worst.size() == count)
            && small >= 0
            && largestPercent >= 0
            && largestPercent <= 100;
    if (!possible) {
      throw new IllegalArgumentException(
          "%d of %d defects, %d small ones, the largest of %s %%, in %d x %d pixels"
              .formatted(worst.size(), count, small, largestPercent, width, height));
    }
    for (Defect one : worst) {
      Defect.Box box = one.box();
      if (box.width() > width - box.x() || box.height() > height - box.y()) {
        throw new IllegalArgumentException(box + " in a picture of " + width + " x " + height);
      }
    }
  }

  /**
   * Whether the map is above the threshold nowhere, not even in a place that is too small.
   *
   * @return whether there is nothing to point at
   */
  public boolean nowhere() {
    return count == 0 && small == 0;
  }
}
