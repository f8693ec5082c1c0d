package io.github.anople.spark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Appends a result to each row of a partition, a few rows at a time: no more of them are in memory,
 * however many there are.
 *
 * @param scoring what is done with a picture
 * @param input place of the column with the pictures
 * @param name place of the column with their names; negative for none
 * @param batch rows at a time
 */
record PartitionScoring(PictureScoring scoring, int input, int name, int batch)
    implements MapPartitionsFunction<Row, Row> {

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Iterator<>() {

      private final Queue<Row> done = new ArrayDeque<>();

      @Override
      public boolean hasNext() {
        return !done.isEmpty() || rows.hasNext();
      }

      @Override
      public Row next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        if (done.isEmpty()) {
          List<Row> some = new ArrayList<>();
          while (some.size() < batch && rows.hasNext()) {
            some.add(rows.next());
          }
          done.addAll(scored(some));
        }
        return done.remove();
      }
    };
  }

  private List<Row> scored(List<Row> rows) {
    List<Row> results = scoring.score(rows.stream().map(this::picture).toList());
    List<Row> wider = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      wider.add(appended(rows.get(i), results.get(i)));
    }
    return wider;
  }

  private PictureScoring.Picture picture(Row row) {
    boolean named = name >= 0 && !row.isNullAt(name);
    return new PictureScoring.Picture(
        named ? row.getString(name) : "picture", row.<byte[]>getAs(input));
  }

  private static Row appended(Row row, Row result) {
    Object[] values = new Object[row.size() + 1];
    for (int i = 0; i < row.size(); i++) {
      values[i] = row.get(i);
    }
    values[row.size()] = result;
    return RowFactory.create(values);
  }
}
