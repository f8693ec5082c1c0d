package io.github.anople.server.web;

import io.github.anople.inspect.page.Words;
import io.github.anople.server.inspect.Reviews;
import io.github.anople.server.store.GoodPicture.Purpose;
import io.github.anople.server.store.InspectionRow;
import io.github.anople.server.store.Product;
import io.github.anople.server.store.Review;
import io.github.anople.server.store.ReviewState;
import java.util.List;

/**
 * What a person says of an inspected picture, and what was said before.
 *
 * @param place where it is sent
 * @param from the page to come back to: {@code review} or {@code history}
 * @param defects names that were found before, the most frequent first
 * @param past decisions in words, the latest first
 */
public record ReviewForm(String place, String from, List<String> defects, List<String> past) {

  /** As many as there are keys from 1 to 9. */
  private static final int DEFECTS = 9;

  /** Copies the lists. */
  public ReviewForm {
    defects = List.copyOf(defects);
    past = List.copyOf(past);
  }

  static ReviewForm of(Product product, InspectionRow row, Reviews reviews, String from) {
    return new ReviewForm(
        "/products/" + product.name() + "/review/" + row.id(),
        from,
        reviews.defects(product).keySet().stream()
            .filter(name -> !name.isEmpty())
            .limit(DEFECTS)
            .toList(),
        reviews.of(row).stream().map(ReviewForm::words).toList());
  }

  private static String words(Review review) {
    StringBuilder words = new StringBuilder(Words.time(review.reviewedAt())).append(": ");
    words.append(review.found() == ReviewState.GOOD ? "good" : "bad");
    review.defect().ifPresent(name -> words.append(", ").append(name));
    review.purpose().ifPresent(use -> words.append(", ").append(words(use)));
    if (!review.reason().isEmpty()) {
      words.append(" (").append(review.reason()).append(")");
    }
    if (!review.reviewer().isEmpty()) {
      words.append(", by ").append(review.reviewer());
    }
    return words.toString();
  }

  private static String words(Purpose purpose) {
    return purpose == Purpose.MEMORY ? "to be remembered" : "to set thresholds with";
  }
}
