package io.github.anople.spark;

import io.github.anople.core.InputException;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Scores the pictures of a column with an exported detector, and adds a column of results. To the
 * bit as the command: files are decoded by the same reader, so the column holds whole files, as the
 * source {@code binaryFile} gives them, and no pixels.
 *
 * <p>A result is a struct: {@code score}, {@code threshold} and {@code margin} (double), {@code
 * verdict} (OK, UNCERTAIN, NOT OK, NOT LIKE THE PRODUCT), {@code boxes} (array of x, y, width,
 * height, area, area_percent, peak), {@code map}, {@code detector} (its file's name and SHA-256),
 * {@code millis}, {@code error} (why a picture could not be read), {@code scene} (what of it is
 * unlike the product) and {@code notes} (what was repaired in its file or left out of it). What
 * nobody knows is null: all that needs a threshold where the detector has none, and all but {@code
 * detector}, {@code millis} and {@code error} of a picture that could not be read.
 *
 * <p>The detector is read once on the driver and broadcast. Each executor opens it once, whatever
 * the number of partitions, with as many threads as a task has cores ({@code spark.task.cpus}).
 */
public final class AnomalyTransformer extends Transformer implements DefaultParamsWritable {

  private static final String ERROR_ROW = "row";
  private static final String ERROR_FAIL = "fail";

  /** More pictures at a time cost memory and gain nothing. */
  private static final int LARGEST_BATCH = 1024;

  private final String uid;
  private final Param<String> detector;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final IntParam batchSize;
  private final Param<String> map;
  private final Param<String> onError;

  /** A transformer without a detector yet. */
  public AnomalyTransformer() {
    this(Identifiable$.MODULE$.randomUID("anomaly"));
  }

  /**
   * A transformer without a detector yet.
   *
   * @param uid its name among the stages of a pipeline
   */
  public AnomalyTransformer(String uid) {
    this.uid = uid;
    this.detector =
        new Param<>(this, "detector", "exported detector (*.onnx), as Hadoop names files");
    this.inputCol = new Param<>(this, "inputCol", "column of picture files (binary)");
    this.outputCol = new Param<>(this, "outputCol", "column of results");
    this.batchSize =
        new IntParam(
            this,
            "batchSize",
            "pictures scored at a time",
            ParamValidators.inRange(1, LARGEST_BATCH));
    this.map = choice("map", "what a result has of the map", MapKind.ids());
    this.onError =
        choice(
            "onError",
            "whether a picture that cannot be read is a row or fails the job",
            List.of(ERROR_ROW, ERROR_FAIL));
    setDefault(inputCol, "content");
    setDefault(outputCol, "anomaly");
    setDefault(batchSize, 8);
    setDefault(map, MapKind.NONE.id());
    setDefault(onError, ERROR_ROW);
  }

  private Param<String> choice(String name, String doc, List<String> values) {
    return new Param<>(
        this, name, doc + ": " + String.join(" or ", values), ParamValidators.inArray(values));
  }

  /**
   * Reads a transformer that was saved, alone or in a pipeline.
   *
   * @return its reader
   */
  public static MLReader<AnomalyTransformer> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * Loads a transformer that was saved.
   *
   * @param path where it was saved
   * @return a transformer like it
   */
  public static AnomalyTransformer load(String path) {
    return read().load(path);
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * The detector.
   *
   * @return a parameter: an exported detector, as Hadoop names files
   */
  public Param<String> detector() {
    return detector;
  }

  /**
   * The column of pictures.
   *
   * @return a parameter; {@code content}, unless set
   */
  public Param<String> inputCol() {
    return inputCol;
  }

  /**
   * The column of results.
   *
   * @return a parameter; {@code anomaly}, unless set
   */
  public Param<String> outputCol() {
    return outputCol;
  }

  /**
   * Pictures scored at a time.
   *
   * @return a parameter; 8, unless set
   */
  public IntParam batchSize() {
    return batchSize;
  }

  /**
   * What a result has of a picture's map.
   *
   * @return a parameter; {@code none}, unless set
   */
  public Param<String> map() {
    return map;
  }

  /**
   * What becomes of a picture that cannot be read.
   *
   * @return a parameter; {@code row}, unless set
   */
  public Param<String> onError() {
    return onError;
  }

  /**
   * Sets the detector.
   *
   * @param file an exported detector (*.onnx) on any file system that Hadoop reads; weights beside
   *     it are found
   * @return this
   */
  public AnomalyTransformer setDetector(String file) {
    set(detector, file);
    return this;
  }

  /**
   * Sets the column of pictures.
   *
   * @param column binary, each a picture's whole file
   * @return this
   */
  public AnomalyTransformer setInputCol(String column) {
    set(inputCol, column);
    return this;
  }

  /**
   * Sets the column of results.
   *
   * @param column that does not exist yet
   * @return this
   */
  public AnomalyTransformer setOutputCol(String column) {
    set(outputCol, column);
    return this;
  }

  /**
   * Sets how many pictures are scored at a time. Scores do not depend on it.
   *
   * @param pictures 1 to 1024
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public AnomalyTransformer setBatchSize(int pictures) {
    set(batchSize, pictures);
    return this;
  }

  /**
   * Sets what a result has of a picture's map.
   *
   * @param kind {@code none}; {@code png}, a greyscale PNG of 16 bits, where 65535 is 1; or {@code
   *     array}, {@code [height, width]} floats
   * @return this
   * @throws IllegalArgumentException if it is another
   */
  public AnomalyTransformer setMap(String kind) {
    set(map, kind);
    return this;
  }

  /**
   * Sets what becomes of a picture that cannot be read.
   *
   * @param what {@code row}, whose {@code error} says why; or {@code fail}, the job
   * @return this
   * @throws IllegalArgumentException if it is another
   */
  public AnomalyTransformer setOnError(String what) {
    set(onError, what);
    return this;
  }

  /**
   * The columns and the results'. Reads no detector and opens no native library.
   *
   * @param schema of a data set
   * @return the same with one more column
   * @throws InputException if there is no column of pictures or several, or one like that of
   *     results
   */
  @Override
  public StructType transformSchema(StructType schema) {
    return columns(schema).wider();
  }

  /**
   * Adds the results.
   *
   * @param dataset rows with a column of pictures; a stream, too
   * @return the same rows with one more column
   * @throws InputException if there is no detector, or it cannot be read, or the columns do not fit
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    PictureColumns columns = columns(dataset.schema());
    PictureScoring scoring =
        new PictureScoring(
            DetectorSource.send(
                dataset.sparkSession(), text(detector, "name an exported detector (*.onnx)")),
            MapKind.of(getOrDefault(map)),
            getOrDefault(onError).equals(ERROR_ROW));
    PartitionScoring partitions =
        new PartitionScoring(
            scoring, columns.input(), columns.names(), (Integer) getOrDefault(batchSize));
    return columns.named(
        dataset.toDF().mapPartitions(partitions, Encoders.row(columns.numbered())));
  }

  private PictureColumns columns(StructType schema) {
    String input = text(inputCol, "name the column of picture files");
    String output = text(outputCol, "name a column for the results");
    return PictureColumns.find(schema, input, output, MapKind.of(getOrDefault(map)));
  }

  /** Spark lets a parameter be null, which is as good as unset. */
  private String text(Param<String> param, String remedy) {
    String value = isDefined(param) ? getOrDefault(param) : null;
    if (value == null || value.isBlank()) {
      throw new InputException(param.name(), "is not set", remedy);
    }
    return value;
  }

  @Override
  public AnomalyTransformer copy(ParamMap extra) {
    return defaultCopy(extra);
  }
}
