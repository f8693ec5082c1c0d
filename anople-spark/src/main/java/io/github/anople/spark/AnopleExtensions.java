package io.github.anople.spark;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import scala.Tuple3;
import scala.runtime.BoxedUnit;

/**
 * The function {@code anople_score} of SQL, which every session has that finds this module: {@code
 * anople_score(content)} scores with the detector that {@code spark.anople.detector} names, {@code
 * anople_score(content, 's3a://models/bracket.onnx')} with another. The result is the struct of
 * {@link AnomalyTransformer}, without a map.
 */
public final class AnopleExtensions implements SparkSessionExtensionsProvider {

  /** For Spark's service loader. */
  public AnopleExtensions() {}

  /**
   * Adds the function.
   *
   * @param extensions of a session
   * @return nothing
   */
  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    extensions.injectFunction(
        new Tuple3<>(
            new FunctionIdentifier(ScoreFunction.NAME),
            new ExpressionInfo(AnopleExtensions.class.getName(), ScoreFunction.NAME),
            arguments -> {
              Expression[] given = new Expression[arguments.size()];
              arguments.copyToArray(given);
              return ScoreFunction.call(SparkSession.active(), given);
            }));
    return BoxedUnit.UNIT;
  }
}
