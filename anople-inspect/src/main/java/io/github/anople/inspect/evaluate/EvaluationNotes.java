package io.github.anople.inspect.evaluate;

import io.github.anople.core.image.PictureNote;
import io.github.anople.core.image.RgbImage;
import io.github.anople.inspect.data.ImageFiles;
import io.github.anople.inspect.data.Sample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a reader of the metrics should know, each said once. */
final class EvaluationNotes {

  /** A defect that large is rare, and a mask that is black where the defect is is not. */
  private static final double NEARLY_ALL = 0.95;

  private final Map<PictureNote.Kind, Integer> ofKind = new EnumMap<>(PictureNote.Kind.class);
  private final Map<PictureNote.Kind, String> firstOfKind = new EnumMap<>(PictureNote.Kind.class);
  private int unknown;
  private int otherSizes;
  private String firstOtherSize = "";
  private int emptyMasks;
  private String firstEmptyMask = "";
  private int fullMasks;
  private String firstFullMask = "";
  private int cut;
  private String firstCut = "";
  private int faint;
  private String firstFaint = "";
  private int shown;
  private String firstShown = "";
  private int turned;
  private String firstTurned = "";

  /** An image without a label. */
  void unknown() {
    unknown++;
  }

  /** What the reader has to say of an image's file. */
  void picture(Sample sample, List<PictureNote> notes) {
    for (PictureNote note : notes) {
      firstOfKind.putIfAbsent(note.kind(), ImageFiles.slashed(sample.image()) + " " + note.words());
    }
    notes.stream()
        .map(PictureNote::kind)
        .distinct()
        .forEach(kind -> ofKind.merge(kind, 1, Integer::sum));
  }

  /** A mask that was read. */
  void mask(Sample sample, RgbImage image, MaskReader.Mask mask) {
    String name = sample.mask().map(ImageFiles::slashed).orElseThrow();
    if (mask.width() != image.width() || mask.height() != image.height()) {
      if (otherSizes++ == 0) {
        firstOtherSize =
            "%s: %d x %d for a picture of %d x %d"
                .formatted(name, mask.width(), mask.height(), image.width(), image.height());
      }
    }
    drawn(name, mask);
    double marked = mask.marked();
    if (marked == 0 && emptyMasks++ == 0) {
      firstEmptyMask = name;
    }
    if (marked > NEARLY_ALL && fullMasks++ == 0) {
      firstFullMask = name;
    }
  }

  private void drawn(String name, MaskReader.Mask mask) {
    if (mask.faint() == MaskPixels.Faint.BACKGROUND && cut++ == 0) {
      firstCut = name;
    }
    if (mask.faint() == MaskPixels.Faint.MARKS && faint++ == 0) {
      firstFaint = name;
    }
    if (mask.turning() == MaskReader.Turning.TAKEN_AS_SHOWN && shown++ == 0) {
      firstShown = name;
    }
    if (mask.turning() == MaskReader.Turning.TURNED_BY_SIZE && turned++ == 0) {
      firstTurned = name;
    }
  }

  private void drawnLines(List<String> lines) {
    if (cut > 0) {
      lines.add(
          "%s faint values, which were taken for background below half of the strongest (%s)"
              .formatted(count(cut, "mask has", "masks have"), firstCut));
    }
    if (faint > 0) {
      lines.add(
          "%s faint values beside strong ones, and all of them count as marks (%s)"
              .formatted(count(faint, "mask has", "masks have"), firstFaint));
    }
    if (shown > 0) {
      lines.add(
          "%s over the picture as it is shown, which its orientation turns: where masks are drawn"
                  .formatted(count(shown, "mask was taken", "masks were taken"))
              + " over the stored pixels, say so ("
              + firstShown
              + ")");
    }
    if (turned > 0) {
      lines.add(
          "%s as large as the stored picture only, and turned with it by its orientation (%s)"
              .formatted(count(turned, "mask was", "masks were"), firstTurned));
    }
  }

  /** All lines. */
  List<String> lines(Group good, Collection<Group> defects) {
    List<String> lines = new ArrayList<>();
    int defective = defects.stream().mapToInt(Group::images).sum();
    if (good.images() == 0 || defective == 0) {
      lines.add(nothingToTell(good.images(), defective));
    }
    defects.forEach(group -> unmasked(group, lines));
    if (otherSizes > 0) {
      lines.add(
          "%s a different size from %s resized (%s)"
              .formatted(
                  count(otherSizes, "mask has", "masks have"),
                  otherSizes == 1 ? "its picture and was" : "their pictures and were",
                  firstOtherSize));
    }
    drawnLines(lines);
    if (emptyMasks > 0) {
      lines.add(
          "%s no pixel, so these pictures count as good pixels only (%s)"
              .formatted(count(emptyMasks, "mask marks", "masks mark"), firstEmptyMask));
    }
    if (fullMasks > 0) {
      lines.add(
          "%s more than %.0f %% of the picture and may be inverted (%s)"
              .formatted(
                  count(fullMasks, "mask marks", "masks mark"), 100 * NEARLY_ALL, firstFullMask));
    }
    if (unknown > 0) {
      lines.add(
          count(unknown, "picture has no label", "pictures have no label")
              + ": scored, but left out of all metrics");
    }
    ofKind.forEach(
        (kind, count) ->
            lines.add(
                "%s a note of kind %s (%s)"
                    .formatted(
                        count(count, "picture has", "pictures have"),
                        kind.id(),
                        firstOfKind.get(kind))));
    return lines;
  }

  private static String nothingToTell(int good, int defective) {
    if (good + defective == 0) {
      return "no labelled test picture was scored: there is nothing to measure";
    }
    return good == 0
        ? "there are no good test pictures: image metrics need both kinds and are left out"
        : "there are only good test pictures: metrics need defects too and are left out";
  }

  private static void unmasked(Group group, List<String> lines) {
    List<String> missing = group.unmaskedImages();
    if (missing.isEmpty()) {
      return;
    }
    if (missing.size() == group.images()) {
      lines.add(
          "'%s' has no masks: pixel metrics leave its %s out"
              .formatted(group.name(), count(missing.size(), "picture", "pictures")));
    } else {
      lines.add(
          "'%s' lacks the %s of %d pictures: pixel metrics leave them out (%s)"
              .formatted(
                  group.name(),
                  count(missing.size(), "mask", "masks"),
                  group.images(),
                  missing.get(0)));
    }
  }

  private static String count(int count, String one, String several) {
    return count + " " + (count == 1 ? one : several);
  }
}
