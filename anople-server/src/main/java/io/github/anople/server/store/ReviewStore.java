package io.github.anople.server.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Table {@code review}, and what of it stands with the inspections. */
@Repository
public class ReviewStore {

  private final JdbcClient database;

  ReviewStore(JdbcClient database) {
    this.database = database;
  }

  /**
   * Keeps a decision: from now on it is the one that counts.
   *
   * @param inspection the inspection's number
   * @param review what was decided
   */
  @Transactional
  public void add(long inspection, Review review) {
    database
        .sql(
            "insert into review (inspection, found, defect, reason, purpose, reviewer, reviewed_at)"
                + " values (?, ?, ?, ?, ?, ?, ?)")
        .params(
            inspection,
            review.found().id(),
            review.defect().orElse(null),
            review.reason(),
            review.purpose().map(GoodPicture.Purpose::id).orElse(null),
            review.reviewer(),
            Rows.time(review.reviewedAt()))
        .update();
    database
        .sql("update inspection set review = ?, defect = ? where id = ?")
        .params(review.found().id(), review.defect().orElse(null), inspection)
        .update();
  }

  /**
   * All that was decided about an inspection.
   *
   * @param inspection its number
   * @return the latest first
   */
  public List<Review> of(long inspection) {
    return database
        .sql(
            "select found, defect, reason, purpose, reviewer, reviewed_at from review"
                + " where inspection = ? order by id desc")
        .param(inspection)
        .query(
            (row, number) ->
                new Review(
                    ReviewState.of(row.getString("found")),
                    Optional.ofNullable(row.getString("defect")),
                    row.getString("reason"),
                    Optional.ofNullable(row.getString("purpose")).map(GoodPicture.Purpose::of),
                    row.getString("reviewer"),
                    Rows.instant(row, "reviewed_at")))
        .list();
  }

  /**
   * How many pictures wait for a person.
   *
   * @param product the product's number
   * @return how many
   */
  public long waiting(long product) {
    return database
        .sql("select count(*) from inspection where product = ? and review = ?")
        .params(product, ReviewState.WAITING.id())
        .query(Long.class)
        .single();
  }

  /**
   * The defects that people have found.
   *
   * @param product the product's number
   * @return names and how often, the most frequent first; the empty name for those without one
   */
  public Map<String, Long> defects(long product) {
    Map<String, Long> counts = new LinkedHashMap<>();
    database
        .sql(
            "select coalesce(defect, '') as name, count(*) as times from inspection"
                + " where product = ? and review = ? group by coalesce(defect, '')"
                + " order by times desc, name")
        .params(product, ReviewState.BAD.id())
        .query((row, number) -> counts.put(row.getString(1), row.getLong(2)))
        .list();
    return counts;
  }

  /**
   * The latest scores that detectors gave, by what people found: of what they inspected, and of
   * what they were tried on.
   *
   * @param detectors numbers of versions that score alike, at least one
   * @param found which ones
   * @param most how many
   * @return scores, the latest first
   */
  public List<Float> scores(List<Long> detectors, List<ReviewState> found, int most) {
    List<Scored> all = new ArrayList<>();
    for (long detector : detectors) {
      for (ReviewState state : found) {
        all.addAll(inspected(detector, state, most));
        all.addAll(tried(detector, state));
      }
    }
    return all.stream()
        .sorted(Comparator.comparingLong(Scored::inspection).reversed())
        .limit(most)
        .map(Scored::score)
        .toList();
  }

  private record Scored(long inspection, float score) {}

  /** One detector and state at a time, along the index. */
  private List<Scored> inspected(long detector, ReviewState state, int most) {
    return database
        .sql(
            "select id, score from inspection where detector = ? and review = ?"
                + " order by detector desc, review desc, id desc fetch first ? rows only")
        .params(detector, state.id(), most)
        .query((row, number) -> new Scored(row.getLong(1), row.getFloat(2)))
        .list();
  }

  private List<Scored> tried(long detector, ReviewState state) {
    return database
        .sql(
            "select i.id, t.score from trial t join inspection i on i.id = t.inspection"
                + " where t.detector = ? and i.review = ?")
        .params(detector, state.id())
        .query((row, number) -> new Scored(row.getLong(1), row.getFloat(2)))
        .list();
  }
}
