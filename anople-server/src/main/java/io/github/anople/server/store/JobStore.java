package io.github.anople.server.store;

import io.github.anople.server.store.Job.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code job}. */
@Repository
public class JobStore {

  private static final int LONGEST_FAULT = 2000;
  private static final int LONGEST_REMARKS = 8000;
  private static final String COLUMNS =
      "select id, product, kind, state, stage, done, total, fault, created_at, started_at, ended_at,"
          + " settings, remarks from job ";

  private final JdbcClient database;

  JobStore(JdbcClient database) {
    this.database = database;
  }

  /**
   * Asks for a job.
   *
   * @param product the product's number
   * @param kind what is to be done
   * @param settings of this job, as JSON
   * @param now when
   * @return its number
   */
  public long add(long product, String kind, String settings, Instant now) {
    return Rows.insert(
        database
            .sql(
                "insert into job (product, kind, settings, state, stage, done, total, remarks,"
                    + " created_at) values (?, ?, ?, ?, '', 0, 0, '', ?)")
            .params(product, kind, settings, State.QUEUED.id(), Rows.time(now)));
  }

  /**
   * A job.
   *
   * @param id its number
   * @return empty if there is none
   */
  public Optional<Job> find(long id) {
    return database.sql(COLUMNS + "where id = ?").param(id).query(JobStore::job).optional();
  }

  /**
   * The latest jobs of a product.
   *
   * @param product its number
   * @param most how many
   * @return the newest first
   */
  public List<Job> of(long product, int most) {
    return database
        .sql(COLUMNS + "where product = ? order by id desc fetch first ? rows only")
        .params(product, most)
        .query(JobStore::job)
        .list();
  }

  /**
   * The latest jobs of all products.
   *
   * @param most how many
   * @return the newest first
   */
  public List<Job> latest(int most) {
    return database
        .sql(COLUMNS + "order by id desc fetch first ? rows only")
        .param(most)
        .query(JobStore::job)
        .list();
  }

  /**
   * The job that is to be done next: one that ran when the server ended, then the oldest that
   * waits.
   *
   * @return empty if nothing is to be done
   */
  public Optional<Job> next() {
    return database
        .sql(
            COLUMNS
                + "where state in (?, ?) order by case state when ? then 0 else 1 end, id"
                + " fetch first 1 rows only")
        .params(State.RUNNING.id(), State.QUEUED.id(), State.RUNNING.id())
        .query(JobStore::job)
        .optional();
  }

  /**
   * Begins a job, or goes on with it.
   *
   * @param id its number
   * @param now when
   * @return false if somebody cancelled it before
   */
  public boolean start(long id, Instant now) {
    return database
            .sql(
                "update job set state = ?, started_at = coalesce(started_at, ?)"
                    + " where id = ? and state in (?, ?)")
            .params(State.RUNNING.id(), Rows.time(now), id, State.QUEUED.id(), State.RUNNING.id())
            .update()
        == 1;
  }

  /**
   * Notes how far a job is.
   *
   * @param id its number
   * @param stage what is being done, in words
   * @param done steps that are done
   * @param total steps in all
   */
  public void progress(long id, String stage, int done, int total) {
    database
        .sql("update job set stage = ?, done = ?, total = ? where id = ?")
        .params(stage, done, total, id)
        .update();
  }

  /**
   * Notes something odd, once.
   *
   * @param id the job's number
   * @param words a sentence
   */
  public void remark(long id, String words) {
    String known = find(id).orElseThrow().remarks();
    if (known.lines().noneMatch(words::equals)
        && known.length() + words.length() < LONGEST_REMARKS) {
      database
          .sql("update job set remarks = ? where id = ?")
          .params(known.isEmpty() ? words : known + "\n" + words, id)
          .update();
    }
  }

  /**
   * Ends a job that has not ended.
   *
   * @param id its number
   * @param state how it ended
   * @param fault why it failed
   * @param now when
   * @return false if it had ended before
   */
  public boolean end(long id, State state, Optional<String> fault, Instant now) {
    return database
            .sql(
                "update job set state = ?, fault = ?, ended_at = ? where id = ? and state in (?, ?)")
            .params(
                state.id(),
                fault.map(JobStore::cut).orElse(null),
                Rows.time(now),
                id,
                State.QUEUED.id(),
                State.RUNNING.id())
            .update()
        == 1;
  }

  private static String cut(String fault) {
    return fault.length() <= LONGEST_FAULT ? fault : fault.substring(0, LONGEST_FAULT - 1) + "…";
  }

  private static Job job(ResultSet row, int number) throws SQLException {
    return new Job(
        row.getLong("id"),
        row.getLong("product"),
        row.getString("kind"),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getString("stage"),
        row.getInt("done"),
        row.getInt("total"),
        Optional.ofNullable(row.getString("fault")),
        Rows.instant(row, "created_at"),
        Rows.optionalInstant(row, "started_at"),
        Rows.optionalInstant(row, "ended_at"),
        row.getString("settings"),
        row.getString("remarks"));
  }
}
