package io.github.anople.server.inspect;

import io.github.anople.core.decide.Verdict;
import io.github.anople.server.store.Product;
import io.github.anople.server.store.ReviewStore;
import io.github.anople.server.store.TallyStore;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Service;

/** How a product does today. */
@Service
public class Today {

  private final TallyStore tallies;
  private final ReviewStore reviews;
  private final DriftWatch drift;
  private final Clock clock;

  Today(TallyStore tallies, ReviewStore reviews, DriftWatch drift, Clock clock) {
    this.tallies = tallies;
    this.reviews = reviews;
    this.drift = drift;
    this.clock = clock;
  }

  /**
   * A product's day, which begins at midnight in UTC.
   *
   * @param ok how many are OK
   * @param uncertain how many are UNCERTAIN
   * @param notOk how many are NOT OK, or NOT LIKE THE PRODUCT
   * @param waiting how many wait for a person, of all days
   * @param drifts what has moved and still is so, in words
   */
  public record Summary(long ok, long uncertain, long notOk, long waiting, List<String> drifts) {

    /** Copies the words. */
    public Summary {
      drifts = List.copyOf(drifts);
    }

    /**
     * Whether anything was inspected.
     *
     * @return false on a day without a picture
     */
    public boolean any() {
      return ok + uncertain + notOk > 0;
    }
  }

  /**
   * A product's day.
   *
   * @param product the product
   * @return its counts
   */
  public Summary of(Product product) {
    Map<String, Long> counts = new TreeMap<>();
    tallies
        .days(product.id(), LocalDate.now(clock))
        .forEach(day -> counts.merge(day.verdict(), day.count(), Long::sum));
    return new Summary(
        counts.getOrDefault(Verdict.OK, 0L),
        counts.getOrDefault(Verdict.UNCERTAIN, 0L),
        counts.getOrDefault(Verdict.NOT_OK, 0L) + counts.getOrDefault(Verdict.UNLIKE, 0L),
        reviews.waiting(product.id()),
        product.activeDetector().map(drift::of).orElse(List.of()).stream()
            .filter(one -> one.ended().isEmpty())
            .map(one -> one.change().words())
            .toList());
  }
}
