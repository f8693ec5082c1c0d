package io.github.anople.torch.train;

import java.util.List;
import java.util.Optional;

/**
 * Tells of shots so large that a defect which is plain to see in them is lost when they are made as
 * small as the detector's input.
 *
 * <p>A defect of a hundredth of the longer side is taken. Where it would fill a patch if it were
 * looked at as it is, and would be smaller than half of one made small, tiles find what the whole
 * does not show.
 *
 * @param side S
 * @param patch of the backbone, in pixels
 */
record SmallDefects(int side, int patch) {

  private static final double DEFECT = 0.01;

  /** A picture's size. */
  record Size(String name, int width, int height) {}

  /** What to say of the shot that loses most; nothing where none loses anything. */
  Optional<TrainingRemark> of(List<Size> shots) {
    Size largest = null;
    for (Size shot : shots) {
      if (largest == null || longer(shot) > longer(largest)) {
        largest = shot;
      }
    }
    if (largest == null) {
      return Optional.empty();
    }
    double defect = DEFECT * longer(largest);
    double wide = defect * side / largest.width();
    double high = defect * side / largest.height();
    double small = Math.min(defect, Math.min(wide, high));
    if (defect < patch || small >= patch / 2.0) {
      return Optional.empty();
    }
    return Optional.of(
        new TrainingRemark(
            TrainingRemark.Kind.SMALL_DEFECTS,
            List.of(largest.name()),
            ("%s has %d x %d pixels and is looked at as %d x %d: a defect of %d pixels, a hundredth"
                    + " of its longer side, would be %.1f pixels there, less than half a patch of %d;"
                    + " look at it in tiles, such as tiles of %d pixels")
                .formatted(
                    largest.name(),
                    largest.width(),
                    largest.height(),
                    side,
                    side,
                    Math.round(defect),
                    small,
                    patch,
                    Math.min(2 * side, Math.min(largest.width(), largest.height())))));
  }

  private static int longer(Size size) {
    return Math.max(size.width(), size.height());
  }
}
