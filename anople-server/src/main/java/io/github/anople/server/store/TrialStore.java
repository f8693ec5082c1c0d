package io.github.anople.server.store;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code trial}. */
@Repository
public class TrialStore {

  private final JdbcClient database;

  TrialStore(JdbcClient database) {
    this.database = database;
  }

  /**
   * What a version says of a picture that another one has inspected.
   *
   * @param inspection the inspection's number
   * @param verdictBefore what was said then
   * @param scoreBefore the score then
   * @param verdict what the version says
   * @param score its score
   */
  public record Trial(
      long inspection, String verdictBefore, float scoreBefore, String verdict, float score) {}

  /**
   * Whether a version was tried.
   *
   * @param detector its number
   * @return whether there is anything of it
   */
  public boolean exists(long detector) {
    return database
            .sql("select count(*) from trial where detector = ?")
            .param(detector)
            .query(Long.class)
            .single()
        > 0;
  }

  /**
   * Keeps what a version says.
   *
   * @param detector its number
   * @param inspection the inspection's number
   * @param verdict what it says
   * @param score its score
   */
  public void add(long detector, long inspection, String verdict, float score) {
    database
        .sql("insert into trial (detector, inspection, verdict, score) values (?, ?, ?, ?)")
        .params(detector, inspection, verdict, score)
        .update();
  }

  /**
   * What a version says of pictures that others have inspected.
   *
   * @param detector its number
   * @return the newest pictures first
   */
  public List<Trial> of(long detector) {
    return database
        .sql(
            "select i.id, i.verdict as verdict_before, i.score as score_before, t.verdict, t.score"
                + " from trial t join inspection i on i.id = t.inspection where t.detector = ?"
                + " order by i.id desc")
        .param(detector)
        .query(
            (row, number) ->
                new Trial(
                    row.getLong("id"),
                    row.getString("verdict_before"),
                    row.getFloat("score_before"),
                    row.getString("verdict"),
                    row.getFloat("score")))
        .list();
  }
}
