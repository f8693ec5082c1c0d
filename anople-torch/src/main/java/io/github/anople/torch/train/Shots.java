package io.github.anople.torch.train;

import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.detect.Tiling;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.FilledRegion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The shots of a training in memory, read once for all that look at them: the training, its memory
 * and golden image, and the estimate of thresholds.
 *
 * @param classNames what they show, in training order
 * @param all the shots, class after class
 * @param remarks what looks odd about them, mostly nothing
 * @param region which part of them detection looks at; empty for all
 */
public record Shots(
    List<String> classNames,
    List<Shot> all,
    List<TrainingRemark> remarks,
    Optional<FilledRegion> region) {

  /**
   * Copies the lists.
   *
   * @param classNames what they show
   * @param all the shots
   * @param remarks what looks odd about them
   * @param region which part of them detection looks at
   */
  public Shots {
    classNames = List.copyOf(classNames);
    all = List.copyOf(all);
    remarks = List.copyOf(remarks);
    Objects.requireNonNull(region, "region");
  }

  /**
   * Shots that nobody looked at.
   *
   * @param classNames what they show
   * @param all the shots
   */
  public Shots(List<String> classNames, List<Shot> all) {
    this(classNames, all, List.of(), Optional.empty());
  }

  /**
   * Reads good images, each file once, and looks at them.
   *
   * @param classes one product or more
   * @param reader reads them
   * @param sizes at which detection looks at them, or at their tiles
   * @param tiling how detection cuts them
   * @param region which part of them it looks at; empty for all
   * @param beforeEach runs before each image, and may end the work by throwing
   * @return the images, class after class, with what looks odd about them
   * @throws InputException if one cannot be read
   */
  static Shots read(
      List<TrainingClass> classes,
      ImageReader reader,
      InputSizes sizes,
      Optional<FilledRegion> region,
      Optional<Tiling> tiling,
      Optional<SmallDefects> small,
      Runnable beforeEach) {
    List<Shot> all = new ArrayList<>();
    ShotChecks checks = new ShotChecks();
    List<SmallDefects.Size> sizesOfFiles = new ArrayList<>();
    for (TrainingClass product : classes) {
      for (Path file : product.shots()) {
        beforeEach.run();
        byte[] bytes = reader.bytes(file);
        RgbImage image = reader.read(bytes, file.toString());
        Shot shot = Shot.of(Shot.name(product.name(), file), bytes, image, sizes, region, tiling);
        all.add(shot);
        checks.add(
            product.name(), shot.origin().name(), shot.origin().sha256(), ShotSight.of(image));
        sizesOfFiles.add(
            new SmallDefects.Size(shot.origin().name(), image.width(), image.height()));
      }
    }
    List<TrainingRemark> remarks = new ArrayList<>(checks.remarks());
    small.flatMap(one -> one.of(sizesOfFiles)).ifPresent(remarks::add);
    return new Shots(classes.stream().map(TrainingClass::name).toList(), all, remarks, region);
  }

  /**
   * Reads the shots of a trained detector again.
   *
   * @param bundle the detector
   * @param files the files of its shots, in the provenance's order
   * @param reader reads them
   * @param sizes at which detection looks at them, or at their tiles
   * @param tiling how detection cuts them
   * @return the shots
   * @throws InputException if one cannot be read
   */
  public static Shots reread(
      DetectorBundle bundle,
      List<Path> files,
      ImageReader reader,
      InputSizes sizes,
      Optional<Tiling> tiling) {
    Provenance provenance = bundle.provenance();
    List<Shot> all = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      String name = provenance.shots().get(i).name();
      all.add(Shot.read(name, files.get(i), reader, sizes, bundle.region(), tiling));
    }
    return new Shots(provenance.classNames(), all, List.of(), bundle.region());
  }

  /**
   * How many shots the class has that has most.
   *
   * @return at least 1
   */
  int mostOfClass() {
    Map<String, Long> counts =
        all.stream().collect(Collectors.groupingBy(Shot::product, Collectors.counting()));
    return counts.values().stream().mapToInt(Long::intValue).max().orElse(1);
  }

  /**
   * Names and hashes.
   *
   * @return one a shot, for the provenance
   */
  List<Provenance.Shot> origins() {
    return all.stream().map(Shot::origin).toList();
  }
}
