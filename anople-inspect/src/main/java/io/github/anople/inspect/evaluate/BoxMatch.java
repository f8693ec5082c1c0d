package io.github.anople.inspect.evaluate;

import io.github.anople.core.decide.Defect;
import io.github.anople.core.decide.DefectRule;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.inspect.report.BoxNumbers;
import java.util.Arrays;
import java.util.List;

/** Compares the boxes of an image's defects with those of its mask. */
final class BoxMatch {

  /** What a mask marks, whatever its size. */
  private static final DefectRule MARKED = DefectRule.manual(0.5f);

  private BoxMatch() {}

  /**
   * A defective image.
   *
   * @param rule what of a map is a defect
   * @param map what the detector says
   * @param mask as large as the map, not zero where defective; what the rule's region ignores is
   *     not
   */
  static BoxNumbers of(DefectRule rule, ScoreMap map, byte[] mask, int width, int height) {
    float[] marks = new float[mask.length];
    boolean[] counted = new boolean[mask.length];
    Arrays.fill(counted, true);
    boolean[] looked =
        rule.region().map(part -> part.counted(map.height(), map.width())).orElse(counted);
    for (int i = 0; i < marks.length; i++) {
      marks[i] = mask[i] != 0 && looked[i] ? 1 : 0;
    }
    ScoreMap marked = ScoreMap.of(map.height(), map.width(), marks);
    return of(boxes(rule.all(map, width, height)), boxes(MARKED.all(marked, width, height)));
  }

  /** A good image. */
  static BoxNumbers ofGood(DefectRule rule, ScoreMap map, int width, int height) {
    return new BoxNumbers(0, 0, 0, 0, 0, 1, rule.all(map, width, height).isEmpty() ? 0 : 1);
  }

  static BoxNumbers of(List<Defect.Box> boxes, List<Defect.Box> known) {
    int found = 0;
    double iou = 0;
    for (Defect.Box one : known) {
      double best = best(one, boxes);
      found += best > 0 ? 1 : 0;
      iou += best;
    }
    long onMasks = boxes.stream().filter(box -> best(box, known) > 0).count();
    return new BoxNumbers(known.size(), found, iou, boxes.size(), onMasks, 0, 0);
  }

  private static double best(Defect.Box box, List<Defect.Box> others) {
    return others.stream().mapToDouble(box::iou).max().orElse(0);
  }

  private static List<Defect.Box> boxes(List<Defect> defects) {
    return defects.stream().map(Defect::box).toList();
  }
}
