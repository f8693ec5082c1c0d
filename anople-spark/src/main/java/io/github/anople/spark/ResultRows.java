package io.github.anople.spark;

import io.github.anople.core.decide.Defect;
import io.github.anople.core.decide.Defects;
import io.github.anople.core.decide.SceneFault;
import io.github.anople.core.decide.Verdict;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.PictureNote;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What is told of a picture, as a row. The names are those of {@code results.json}, and so are the
 * numbers; what nobody knows is null.
 *
 * @param map what a result has of a picture's map
 * @param label what it says of the detector
 */
record ResultRows(MapKind map, String label) {

  private static final StructType BOX =
      new StructType()
          .add("x", DataTypes.IntegerType, false)
          .add("y", DataTypes.IntegerType, false)
          .add("width", DataTypes.IntegerType, false)
          .add("height", DataTypes.IntegerType, false)
          .add("area", DataTypes.DoubleType, false)
          .add("area_percent", DataTypes.DoubleType, false)
          .add("peak", DataTypes.DoubleType, false);

  /** The type of a result with that kind of map. */
  static StructType type(MapKind map) {
    return new StructType()
        .add("score", DataTypes.DoubleType)
        .add("threshold", DataTypes.DoubleType)
        .add("margin", DataTypes.DoubleType)
        .add("verdict", DataTypes.StringType)
        .add("boxes", array(BOX))
        .add("map", map.type())
        .add("detector", DataTypes.StringType)
        .add("millis", DataTypes.IntegerType)
        .add("error", DataTypes.StringType)
        .add("scene", DataTypes.StringType)
        .add("notes", array(DataTypes.StringType));
  }

  private static DataType array(DataType elements) {
    return DataTypes.createArrayType(elements, false);
  }

  /** Of a picture that was scored. */
  Row scored(OpenDetector detector, ReadPicture picture, Detection detection, int millis) {
    Optional<Verdict> verdict = detector.threshold().map(least -> least.judge(detection));
    Optional<Defects> defects =
        detector
            .defects()
            .map(rule -> rule.find(detection.map(), picture.width(), picture.height()));
    return RowFactory.create(
        (double) detection.score(),
        verdict.map(judged -> (double) judged.threshold().value()).orElse(null),
        verdict.map(ResultRows::margin).orElse(null),
        verdict.map(Verdict::kind).orElse(null),
        defects.map(ResultRows::boxes).orElse(null),
        map.of(detection.map()),
        label,
        millis,
        null,
        verdict
            .map(Verdict::faults)
            .filter(some -> !some.isEmpty())
            .map(SceneFault::words)
            .orElse(null),
        picture.notes().stream().map(PictureNote::words).toArray(String[]::new));
  }

  /** Of a picture that could not be. */
  Row failed(String error, int millis) {
    return RowFactory.create(null, null, null, null, null, null, label, millis, error, null, null);
  }

  private static Double margin(Verdict verdict) {
    return verdict.margin().isPresent() ? verdict.margin().getAsDouble() : null;
  }

  private static Row[] boxes(Defects defects) {
    List<Defect> worst = defects.worst();
    return worst.stream().map(ResultRows::box).toArray(Row[]::new);
  }

  private static Row box(Defect defect) {
    Defect.Box box = defect.box();
    return RowFactory.create(
        box.x(),
        box.y(),
        box.width(),
        box.height(),
        defect.area(),
        defect.percent(),
        (double) defect.peak());
  }
}
