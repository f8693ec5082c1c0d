package io.github.anople.inspect.evaluate;

import io.github.anople.core.InputException;
import io.github.anople.core.decide.DefectRule;
import io.github.anople.core.decide.Threshold;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.detect.Scoring;
import io.github.anople.core.image.PictureNote;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.Region;
import io.github.anople.inspect.data.ImageFiles;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.Remarks;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.metric.ImageMetrics;
import io.github.anople.inspect.metric.MetricTable;
import io.github.anople.inspect.metric.PixelMetrics;
import io.github.anople.inspect.metric.PixelScores;
import io.github.anople.inspect.predict.Delivery;
import io.github.anople.inspect.predict.Failure;
import io.github.anople.inspect.predict.NotedReading;
import io.github.anople.inspect.report.Artifacts;
import io.github.anople.inspect.report.BoxNumbers;
import io.github.anople.inspect.report.Inspection;
import io.github.anople.inspect.report.PixelTruth;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** One evaluation under way: takes the detections. */
final class Measuring implements Scoring.Sink<Sample> {

  private static final PictureNote IGNORED =
      new PictureNote(
          PictureNote.Kind.IGNORED_DEFECT,
          "has its defect where the detector does not look: it counts as good");

  private final String category;
  private final Remarks remarks;
  private final long begun = System.nanoTime();
  private final MaskReader masks;
  private final Optional<Threshold> threshold;
  private final Optional<DefectRule> rule;
  private final Optional<EvaluationFolder> folder;
  private final EvaluationListener listener;
  private final NotedReading reading;
  private final Optional<Region> region;

  private final Group good = new Group(Sample.GOOD);
  private final SortedMap<String, Group> defects = new TreeMap<>();
  private final List<Inspection> images = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private final EvaluationNotes notes = new EvaluationNotes();

  Measuring(
      InspectionDataset.Category category,
      Optional<Threshold> threshold,
      Optional<DefectRule> rule,
      Optional<EvaluationFolder> folder,
      EvaluationListener listener,
      NotedReading reading,
      Optional<Region> region) {
    this.category = category.name();
    this.remarks = category.remarks();
    for (InputException fault : remarks.faults()) {
      failures.add(new Failure(fault.where().replace(File.separatorChar, '/'), fault.getMessage()));
    }
    this.masks = new MaskReader(region);
    this.region = region;
    this.threshold = threshold;
    this.rule = rule;
    this.folder = folder;
    this.listener = listener;
    this.reading = reading;
  }

  @Override
  public void scored(Sample sample, Optional<RgbImage> image, Detection detection) {
    Delivery.guarded(
        sample.image(),
        () -> measure(sample, new Scored(image.orElseThrow(), detection)),
        fault -> failed(sample, fault));
  }

  private record Scored(RgbImage image, Detection detection) {

    ScoreMap map() {
      return detection.map();
    }

    int width() {
      return image.width();
    }

    int height() {
      return image.height();
    }
  }

  private void measure(Sample sample, Scored scored) {
    switch (sample.label()) {
      case NORMAL -> {
        good(sample, scored, List.of());
      }
      case ANOMALOUS -> defective(sample, scored);
      case UNKNOWN -> {
        notes.unknown();
        finish(sample, scored, PixelTruth.UNKNOWN, Optional.empty(), List.of());
      }
    }
  }

  private void good(Sample sample, Scored scored, List<PictureNote> said) {
    ScoreMap map = scored.detection.map();
    if (region.isPresent()) {
      add(good, map, new byte[map.height() * map.width()]);
    } else {
      good.pixels().add(map);
    }
    good.score(scored.detection.score());
    rule.ifPresent(one -> good.boxes(BoxMatch.ofGood(one, map, scored.width(), scored.height())));
    finish(sample, scored, PixelTruth.GOOD, Optional.empty(), said);
  }

  private void add(Group group, ScoreMap map, byte[] marks) {
    if (region.isPresent()) {
      group.pixels().add(map, marks, region.get().counted(map.height(), map.width()));
    } else {
      group.pixels().add(map, marks);
    }
  }

  private void defective(Sample sample, Scored scored) {
    Optional<InputException> fault = Optional.empty();
    Optional<byte[]> marks = Optional.empty();
    if (sample.mask().isPresent()) {
      try {
        MaskReader.Mask mask = masks.read(sample, scored.image, scored.detection.map());
        if (mask.isIgnored()) {
          // A defect where nobody looks must not change a metric either.
          good(sample.asGood(), scored, List.of(IGNORED));
          return;
        }
        notes.mask(sample, scored.image, mask);
        marks = Optional.of(mask.marks());
      } catch (InputException e) {
        fault = Optional.of(e);
      }
    }
    Group group = defects.computeIfAbsent(sample.defectType(), Group::new);
    if (marks.isPresent()) {
      byte[] mask = marks.get();
      add(group, scored.map(), mask);
      group.masked();
      rule.ifPresent(
          one ->
              group.boxes(BoxMatch.of(one, scored.map(), mask, scored.width(), scored.height())));
    } else {
      group.unmasked(ImageFiles.slashed(sample.image()));
    }
    group.score(scored.detection.score());
    finish(sample, scored, truth(marks.isPresent(), fault.isPresent()), marks, List.of());
    fault.ifPresent(why -> fail(sample, sample.mask().orElseThrow(), why));
  }

  private static PixelTruth truth(boolean masked, boolean faulty) {
    if (masked) {
      return PixelTruth.MASKED;
    }
    return faulty ? PixelTruth.UNREADABLE_MASK : PixelTruth.NO_MASK;
  }

  private void finish(
      Sample sample,
      Scored scored,
      PixelTruth truth,
      Optional<byte[]> mask,
      List<PictureNote> more) {
    float score = scored.detection.score();
    List<PictureNote> said = new ArrayList<>(reading.take(sample.image()).notes());
    said.addAll(more);
    notes.picture(sample, said);
    Inspection inspection =
        new Inspection(
                sample,
                score,
                threshold.map(least -> least.judge(scored.detection)),
                scored.detection.feature(),
                truth,
                Artifacts.NONE,
                scored.detection.scene())
            .withNotes(said)
            .withDefects(rule.map(one -> one.find(scored.map(), scored.width(), scored.height())));
    int place = images.size();
    // An image that cannot be drawn was scored all the same.
    images.add(inspection);
    EvaluationListener.Seen seen =
        new EvaluationListener.Seen(scored.image, scored.map(), mask, region);
    Inspection shown =
        folder
            .map(to -> inspection.with(to.write(sample, seen, inspection.defects())))
            .orElse(inspection);
    images.set(place, shown);
    listener.scored(shown, seen);
  }

  @Override
  public void failed(Sample sample, InputException fault) {
    fail(sample, sample.image(), fault);
  }

  private void fail(Sample sample, Path file, InputException fault) {
    Failure failure = Failure.of(ImageFiles.slashed(file), fault);
    failures.add(failure);
    listener.failed(sample, failure);
  }

  /** What was found, once every sample was delivered. */
  Evaluation evaluation() {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
    List<Evaluation.Part> types =
        defects.values().stream().map(group -> part(group.name(), List.of(group))).toList();
    Evaluation.Part overall =
        types.size() == 1
            ? rename(types.get(0), category)
            : part(category, List.copyOf(defects.values()));
    List<String> lines = new ArrayList<>(notes.lines(good, defects.values()));
    lines.addAll(remarks.notes());
    return new Evaluation(category, images, overall, types, failures, lines, elapsed);
  }

  private Evaluation.Part part(String name, List<Group> groups) {
    ImageMetrics image = ImageMetrics.of(Group.scores(List.of(good)), Group.scores(groups));
    List<PixelScores> pixels = new ArrayList<>(List.of(good.pixels()));
    groups.forEach(group -> pixels.add(group.pixels()));
    return new Evaluation.Part(
        name,
        MetricTable.of(image, PixelMetrics.of(pixels)),
        good.images(),
        sum(groups, Group::images),
        sum(groups, Group::maskedImages),
        groups.stream().mapToLong(group -> group.pixels().regions()).sum(),
        rule.map(one -> boxes(groups)));
  }

  /** Of the good images, which all groups share, and the groups'. */
  private BoxNumbers boxes(List<Group> groups) {
    return groups.stream().map(Group::boxes).reduce(good.boxes(), BoxNumbers::plus);
  }

  private static int sum(Collection<Group> groups, ToIntFunction<Group> of) {
    return groups.stream().mapToInt(of).sum();
  }

  private static Evaluation.Part rename(Evaluation.Part part, String name) {
    return new Evaluation.Part(
        name,
        part.metrics(),
        part.good(),
        part.defective(),
        part.masked(),
        part.regions(),
        part.boxes());
  }
}
