package io.github.anople.torch.train;

import io.github.anople.core.InputException;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.detect.Tiling;
import io.github.anople.core.image.ImageReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The shots of a training in memory, read once for all that look at them: the training, its memory
 * and golden image, and the estimate of thresholds.
 *
 * @param classNames what they show, in training order
 * @param all the shots, class after class
 * @param remarks what looks odd about them, mostly nothing
 */
public record Shots(List<String> classNames, List<Shot> all, List<TrainingRemark> remarks) {

  /**
   * Copies the lists.
   *
   * @param classNames what they show
   * @param all the shots
   * @param remarks what looks odd about them
   */
  public Shots {
    classNames = List.copyOf(classNames);
    all = List.copyOf(all);
    remarks = List.copyOf(remarks);
  }

  /**
   * Shots that nobody looked at.
   *
   * @param classNames what they show
   * @param all the shots
   */
  public Shots(List<String> classNames, List<Shot> all) {
    this(classNames, all, List.of());
  }

  /**
   * Reads the shots of a trained detector again.
   *
   * @param provenance the detector's
   * @param files the files of its shots, in the provenance's order
   * @param reader reads them
   * @param sizes at which detection looks at them, or at their tiles
   * @param tiling how detection cuts them
   * @return the shots
   * @throws InputException if one cannot be read
   */
  public static Shots reread(
      Provenance provenance, List<Path> files, ImageReader reader, InputSizes sizes, Optional<Tiling> tiling) {
    List<Shot> all = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      all.add(Shot.read(provenance.shots().get(i).name(), files.get(i), reader, sizes, tiling));
    }
    return new Shots(provenance.classNames(), all);
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
