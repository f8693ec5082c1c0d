package io.github.anople.spark;

import io.github.anople.core.InputException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a data set with pictures, and the results' after them.
 *
 * @param wider all of them; the last is the results'
 * @param input place of the one with the pictures
 * @param names place of the one with their names; negative for none
 */
record PictureColumns(StructType wider, int input, int names) {

  /** Where the source {@code binaryFile} has the files' names, for messages. */
  private static final String PATH = "path";

  /**
   * Finds them by name, as Spark does: whether case counts is the session's.
   *
   * @param schema of a data set
   * @param input name of the column with the pictures
   * @param output name of the results'
   * @param map what a result has of a picture's map
   * @return the columns
   * @throws InputException if there is no column of pictures or several, or one like the results'
   */
  static PictureColumns find(StructType schema, String input, String output, MapKind map) {
    if (!places(schema, output).isEmpty()) {
      throw new InputException(
          "outputCol",
          InputException.quoted(output) + " is a column already",
          "name another, or drop that one");
    }
    List<Integer> names = places(schema, PATH);
    boolean named =
        names.size() == 1 && schema.apply(names.get(0)).dataType() instanceof StringType;
    return new PictureColumns(
        schema.add(output, ResultRows.type(map), false),
        pictures(schema, input),
        named ? names.get(0) : -1);
  }

  private static int pictures(StructType schema, String input) {
    List<Integer> places = places(schema, input);
    if (places.isEmpty()) {
      throw new InputException(
          "inputCol",
          InputException.quoted(input)
              + " is no column of "
              + String.join(", ", schema.fieldNames()),
          "name the column of picture files");
    }
    if (places.size() > 1) {
      throw new InputException(
          "inputCol",
          InputException.quoted(input) + " is the name of " + places.size() + " columns",
          "rename or drop all but that of the pictures");
    }
    DataType type = schema.apply(places.get(0)).dataType();
    if (!type.equals(DataTypes.BinaryType)) {
      throw new InputException(
          "inputCol",
          InputException.quoted(input) + " is " + type.simpleString() + ", and files are binary",
          "read pictures with format(\"binaryFile\")");
    }
    return places.get(0);
  }

  private static List<Integer> places(StructType schema, String name) {
    return IntStream.range(0, schema.size())
        .filter(at -> (Boolean) SQLConf.get().resolver().apply(schema.apply(at).name(), name))
        .boxed()
        .toList();
  }

  /** The same under names of which no two are alike, whatever the data set calls them. */
  StructType numbered() {
    StructType numbered = new StructType();
    for (int at = 0; at < wider.size(); at++) {
      StructField field = wider.apply(at);
      numbered = numbered.add(number(at), field.dataType(), field.nullable());
    }
    return numbered;
  }

  /**
   * Gives numbered columns their names, types and metadata: what comes out of a function of rows
   * has lost a text's collation, an interval's fields, and all metadata, with a stream's watermark.
   *
   * @param scored with the columns of {@link #numbered}
   * @return the same rows
   */
  Dataset<Row> named(Dataset<Row> scored) {
    Column[] columns = new Column[wider.size()];
    for (int at = 0; at < columns.length; at++) {
      StructField field = wider.apply(at);
      columns[at] =
          scored.col(number(at)).cast(field.dataType()).as(field.name(), field.metadata());
    }
    return scored.select(columns);
  }

  private static String number(int at) {
    return "column" + at;
  }
}
