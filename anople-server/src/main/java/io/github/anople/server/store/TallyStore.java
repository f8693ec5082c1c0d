package io.github.anople.server.store;

import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Counts over table {@code inspection}. */
@Repository
public class TallyStore {

  private final JdbcClient database;

  TallyStore(JdbcClient database) {
    this.database = database;
  }

  /**
   * Inspections of a day with one verdict.
   *
   * @param day in UTC
   * @param verdict in a word
   * @param count how many
   */
  public record Day(LocalDate day, String verdict, long count) {}

  /**
   * Inspections day by day.
   *
   * @param product the product's number
   * @param since only those of that day or later
   * @return days that there are, in their order
   */
  public List<Day> days(long product, LocalDate since) {
    return database
        .sql(
            "select epoch_day, verdict, count(*) as times from inspection where product = ?"
                + " and epoch_day >= ? group by epoch_day, verdict order by epoch_day, verdict")
        .params(product, since.toEpochDay())
        .query(
            (row, number) ->
                new Day(
                    LocalDate.ofEpochDay(row.getLong("epoch_day")),
                    row.getString("verdict"),
                    row.getLong("times")))
        .list();
  }
}
