package io.github.anople.server.api;

import io.github.anople.core.InputException;
import io.github.anople.server.inspect.Inspections;
import io.github.anople.server.inspect.Reviews;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.GoodPicture.Purpose;
import io.github.anople.server.store.InspectionRow;
import io.github.anople.server.store.Product;
import io.github.anople.server.store.Review;
import io.github.anople.server.store.ReviewState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people find of inspected pictures. */
@Tag(name = "Inspections")
@RestController
@RequestMapping("/api/v1/products/{product}/inspections/{id}/reviews")
public class ReviewController {

  private final Projects projects;
  private final Inspections inspections;
  private final Reviews reviews;

  ReviewController(Projects projects, Inspections inspections, Reviews reviews) {
    this.projects = projects;
    this.inspections = inspections;
    this.reviews = reviews;
  }

  @Schema(name = "ReviewDecision")
  record Decision(
      @Schema(
              description = "What the part is",
              allowableValues = {"good", "bad"})
          ReviewState found,
      @Schema(description = "Which defect a bad part has") Optional<String> defect,
      @Schema(description = "Why") Optional<String> reason,
      @Schema(
              description = "What a good part's picture is for from now on; absent for nothing",
              allowableValues = {"memory", "calibration"})
          Optional<Purpose> purpose) {

    Reviews.Decision checked() {
      if (found != ReviewState.GOOD && found != ReviewState.BAD) {
        throw new InputException("review", "says neither good nor bad", "say found: good or bad");
      }
      return new Reviews.Decision(found == ReviewState.GOOD, defect, reason.orElse(""), purpose);
    }
  }

  @Schema(name = "Review")
  record ReviewView(
      String found,
      Optional<String> defect,
      String reason,
      Optional<String> purpose,
      String reviewer,
      Instant reviewedAt) {

    static ReviewView of(Review review) {
      return new ReviewView(
          review.found().id(),
          review.defect(),
          review.reason(),
          review.purpose().map(Purpose::id),
          review.reviewer(),
          review.reviewedAt());
    }
  }

  @Operation(operationId = "reviews", summary = "All that people decided about a picture")
  @GetMapping
  List<ReviewView> all(@PathVariable String product, @PathVariable long id) {
    InspectionRow row = inspections.get(projects.get(product), id);
    return reviews.of(row).stream().map(ReviewView::of).toList();
  }

  @Operation(
      operationId = "review",
      summary = "Decides whether an inspected part is good",
      description = "A later decision replaces an earlier one; all are kept.")
  @PostMapping
  ReviewView decide(
      @PathVariable String product,
      @PathVariable long id,
      @RequestBody Decision decision,
      HttpServletRequest request) {
    Product of = projects.get(product);
    InspectionRow row = inspections.get(of, id);
    String reviewer = Optional.ofNullable(request.getRemoteUser()).orElse("");
    reviews.decide(of, row, decision.checked(), reviewer);
    return ReviewView.of(reviews.of(row).get(0));
  }
}
