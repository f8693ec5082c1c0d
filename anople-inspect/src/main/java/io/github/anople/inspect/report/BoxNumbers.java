package io.github.anople.inspect.report;

import java.util.OptionalDouble;

/**
 * How well the boxes of defects lie on those of the known ones, over the images that have a mask.
 * The connected parts of a mask have boxes too. A known defect is found where some box shares a
 * pixel with its own; how well is the largest intersection over union (IoU) of the two.
 *
 * @param masks boxes of the known defects
 * @param found how many of them are found
 * @param iou the sum of the IoU of those that are found
 * @param boxes boxes of the detector on the images with a mask
 * @param onMasks how many of them share a pixel with the box of a known defect
 * @param good good images
 * @param goodWithBoxes how many of them have a box
 */
public record BoxNumbers(
    long masks, long found, double iou, long boxes, long onMasks, int good, int goodWithBoxes) {

  /** Of no image. */
  public static final BoxNumbers NONE = new BoxNumbers(0, 0, 0, 0, 0, 0, 0);

  /**
   * Numbers.
   *
   * @throws IllegalArgumentException if a part is larger than its whole
   */
  public BoxNumbers {
    boolean possible =
        found >= 0
            && found <= masks
            && onMasks >= 0
            && onMasks <= boxes
            && goodWithBoxes >= 0
            && goodWithBoxes <= good
            && iou >= 0
            && iou <= found;
    if (!possible) {
      throw new IllegalArgumentException(
          "%d of %d found with a sum of %s, %d of %d boxes, %d of %d good images"
              .formatted(found, masks, iou, onMasks, boxes, goodWithBoxes, good));
    }
  }

  /**
   * The numbers of both.
   *
   * @param other of other images
   * @return the sums
   */
  public BoxNumbers plus(BoxNumbers other) {
    return new BoxNumbers(
        masks + other.masks,
        found + other.found,
        iou + other.iou,
        boxes + other.boxes,
        onMasks + other.onMasks,
        good + other.good,
        goodWithBoxes + other.goodWithBoxes);
  }

  /**
   * Which part of the known defects is found.
   *
   * @return 0 to 1; empty where none is known
   */
  public OptionalDouble foundShare() {
    return share((double) found, masks);
  }

  /**
   * How well boxes lie on those that are found.
   *
   * @return the mean IoU; empty where none is found
   */
  public OptionalDouble meanIou() {
    return share(iou, found);
  }

  /**
   * Which part of the boxes is on a known defect.
   *
   * @return 0 to 1; empty where there is no box
   */
  public OptionalDouble onMasksShare() {
    return share((double) onMasks, boxes);
  }

  /**
   * Which part of the good images has a box.
   *
   * @return 0 to 1; empty where there is no good image
   */
  public OptionalDouble goodShare() {
    return share((double) goodWithBoxes, good);
  }

  private static OptionalDouble share(double part, long whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(part / whole);
  }
}
