package io.github.anople.spark;

import io.github.anople.core.InputException;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import scala.Option;
import scala.Some;
import scala.collection.immutable.$colon$colon;
import scala.collection.immutable.Nil$;
import scala.runtime.AbstractFunction1;

/** A picture in, a result out: what {@code anople_score} computes for a row. */
final class ScoreFunction extends AbstractFunction1<Object, Object> implements Serializable {

  /** Its name in SQL. */
  static final String NAME = "anople_score";

  /** Names the detector of a call that names none. */
  private static final String DETECTOR = "spark.anople.detector";

  private final PictureScoring scoring;

  private ScoreFunction(PictureScoring scoring) {
    this.scoring = scoring;
  }

  @Override
  public Object apply(Object content) {
    PictureScoring.Picture picture = new PictureScoring.Picture("picture", (byte[]) content);
    return scoring.score(List.of(picture)).get(0);
  }

  /**
   * A call of the function.
   *
   * @param session where it is called
   * @param arguments a column of pictures, and perhaps a detector
   * @return what is computed of a row
   * @throws InputException if the arguments are others, or the detector cannot be read
   */
  static Expression call(SparkSession session, Expression... arguments) {
    if (arguments.length < 1 || arguments.length > 2) {
      throw new InputException(
          NAME,
          "is called with " + arguments.length + " arguments",
          "give the column of picture files, and after it a detector or none");
    }
    if (!arguments[0].dataType().equals(DataTypes.BinaryType)) {
      throw new InputException(
          NAME,
          "is called with " + arguments[0].dataType().simpleString() + ", and files are binary",
          "give it the column content of the source binaryFile");
    }
    PictureScoring scoring =
        new PictureScoring(
            DetectorSource.send(
                session, arguments.length > 1 ? text(arguments[1]) : configured(session)),
            MapKind.NONE,
            true);
    // Not deterministic, so that Spark never computes twice what is as dear as this.
    return udf(new ScoreFunction(scoring), arguments[0]);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Scala's lists have other types in each version.
  private static Expression udf(ScoreFunction function, Expression picture) {
    scala.collection.immutable.List none = Nil$.MODULE$;
    return new ScalaUDF(
        function,
        function.scoring.type(),
        new $colon$colon<>(picture, none),
        none,
        Option.empty(),
        new Some<>(NAME),
        true,
        false);
  }

  private static String text(Expression detector) {
    Object value = detector.foldable() ? detector.eval(null) : null;
    if (value == null || !(detector.dataType() instanceof StringType)) {
      throw new InputException(
          NAME, "has a detector that is no text", "write its path between quotes");
    }
    return value.toString();
  }

  private static String configured(SparkSession session) {
    String detector = session.conf().get(DETECTOR, "");
    if (detector.isBlank()) {
      throw new InputException(
          DETECTOR,
          "is not set",
          "set it to an exported detector (*.onnx), or name one in " + NAME);
    }
    return detector;
  }
}
