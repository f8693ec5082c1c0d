package io.github.anople.server.inspect;

import io.github.anople.core.InputException;
import io.github.anople.server.project.GoodPictures;
import io.github.anople.server.store.GoodPicture.Purpose;
import io.github.anople.server.store.InspectionRow;
import io.github.anople.server.store.InspectionStore;
import io.github.anople.server.store.Product;
import io.github.anople.server.store.Review;
import io.github.anople.server.store.ReviewState;
import io.github.anople.server.store.ReviewStore;
import io.github.anople.server.store.Search;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** What people find of inspected pictures. */
@Service
public class Reviews {

  private static final int LONGEST_DEFECT = 100;
  private static final int LONGEST_REASON = 500;

  private final ReviewStore store;
  private final InspectionStore inspections;
  private final GoodPictures good;
  private final Clock clock;

  Reviews(ReviewStore store, InspectionStore inspections, GoodPictures good, Clock clock) {
    this.store = store;
    this.inspections = inspections;
    this.good = good;
    this.clock = clock;
  }

  /**
   * A person's decision.
   *
   * @param good whether the part is good
   * @param defect which defect a bad one has; may be empty
   * @param reason why; may be empty
   * @param purpose what a good one's picture is for from now on; empty for nothing
   */
  public record Decision(
      boolean good, Optional<String> defect, String reason, Optional<Purpose> purpose) {

    /** Without spaces around texts. */
    public Decision {
      defect = defect.map(String::strip).filter(text -> !text.isEmpty());
      reason = reason.strip();
    }

    private void check() {
      check("the defect's name", defect.orElse(""), LONGEST_DEFECT);
      check("the reason", reason, LONGEST_REASON);
      if (good ? defect.isPresent() : purpose.isPresent()) {
        throw new InputException(
            "review",
            good ? "a good part has no defect" : "a detector learns from good parts alone",
            "leave that out");
      }
      if (purpose.filter(use -> use != Purpose.MEMORY && use != Purpose.CALIBRATION).isPresent()) {
        throw new InputException(
            "review", "an inspected picture is no shot", "say memory or calibration");
      }
    }

    private static void check(String what, String text, int longest) {
      if (text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
        throw new InputException(
            "review",
            what + " is longer than " + longest + " characters or not in one line",
            "say it in fewer words");
      }
    }
  }

  /**
   * Keeps a decision. A later one about the same picture replaces it; a picture that turns out to
   * be bad is no longer learned from.
   *
   * @param product the product
   * @param inspection the inspection
   * @param decision what was decided
   * @param reviewer who decided
   * @throws InputException if the decision makes no sense
   */
  public void decide(
      Product product, InspectionRow inspection, Decision decision, String reviewer) {
    decision.check();
    decision
        .purpose()
        .ifPresentOrElse(
            purpose ->
                good.learn(product, inspection.sha256(), "inspection " + inspection.id(), purpose),
            () -> unlearn(product, inspection, decision));
    store.add(
        inspection.id(),
        new Review(
            decision.good() ? ReviewState.GOOD : ReviewState.BAD,
            decision.defect(),
            decision.reason(),
            decision.purpose(),
            reviewer,
            clock.instant()));
  }

  private void unlearn(Product product, InspectionRow inspection, Decision decision) {
    if (!decision.good()) {
      good.forget(product, inspection.sha256());
    }
  }

  /**
   * All that was decided about an inspection.
   *
   * @param inspection the inspection
   * @return the latest first
   */
  public List<Review> of(InspectionRow inspection) {
    return store.of(inspection.id());
  }

  /**
   * The next picture that waits for a person.
   *
   * @param product the product
   * @param before only those with smaller numbers; empty for the newest
   * @return empty if none waits
   */
  public Optional<InspectionRow> next(Product product, Optional<Long> before) {
    Search waiting = Search.newest(1).reviewed(ReviewState.WAITING);
    return inspections
        .of(product.id(), before.map(id -> waiting.before(id, 1)).orElse(waiting))
        .stream()
        .findFirst();
  }

  /**
   * How many pictures wait for a person.
   *
   * @param product the product
   * @return how many
   */
  public long waiting(Product product) {
    return store.waiting(product.id());
  }

  /**
   * The defects that people have found.
   *
   * @param product the product
   * @return names and how often, the most frequent first; the empty name for those without one
   */
  public Map<String, Long> defects(Product product) {
    return store.defects(product.id());
  }
}
