package io.github.anople.server.web;

import io.github.anople.server.enrol.Detectors;
import io.github.anople.server.inspect.Inspections;
import io.github.anople.server.inspect.Reviews;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.GoodPicture.Purpose;
import io.github.anople.server.store.InspectionRow;
import io.github.anople.server.store.Product;
import io.github.anople.server.store.ReviewState;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** People look at what a detector was not sure about, or found not OK. */
@Controller
@RequestMapping("/products/{product}/review")
class ReviewPageController {

  private final Projects projects;
  private final Detectors detectors;
  private final Inspections inspections;
  private final Reviews reviews;
  private final Cards cards;

  ReviewPageController(
      Projects projects,
      Detectors detectors,
      Inspections inspections,
      Reviews reviews,
      Cards cards) {
    this.projects = projects;
    this.detectors = detectors;
    this.inspections = inspections;
    this.reviews = reviews;
    this.cards = cards;
  }

  @GetMapping
  ResponseEntity<byte[]> review(
      @PathVariable String product,
      @RequestParam Optional<Long> before,
      @RequestParam Optional<Long> decided) {
    Product of = projects.get(product);
    return Pages.of(
        "review",
        new ReviewPage(
            PageController.head(of, "review"),
            reviews.waiting(of),
            reviews.next(of, before).map(row -> next(of, row)),
            decided.map(id -> decided(of, inspections.get(of, id))),
            detectors.corrections(of)));
  }

  private ReviewPage.Next next(Product product, InspectionRow row) {
    return new ReviewPage.Next(
        cards.of(product, row), ReviewForm.of(product, row, reviews, "review"));
  }

  private ReviewPage.Decided decided(Product product, InspectionRow row) {
    InspectionItem item = InspectionItem.of(product, row, inspections.details(row));
    String defect = row.review() == ReviewState.BAD ? item.defect() : "";
    return new ReviewPage.Decided(
        item.place(), row.id(), defect.isEmpty() ? item.review() : item.review() + ", " + defect);
  }

  /**
   * What a person decided.
   *
   * @param found {@code good} or {@code bad}; null where a button names a defect
   * @param known the defect that a button names
   * @param defect the defect that was typed
   * @param reason why
   * @param purpose what a good picture is for from now on; blank for nothing
   * @param from the page to come back to
   */
  record Form(
      String found, String known, String defect, String reason, String purpose, String from) {

    private Reviews.Decision decision() {
      boolean good = "good".equals(found);
      return new Reviews.Decision(
          good,
          good ? Optional.empty() : text(known).or(() -> text(defect)),
          text(reason).orElse(""),
          good ? text(purpose).map(Purpose::of) : Optional.empty());
    }

    private static Optional<String> text(String given) {
      return Optional.ofNullable(given).filter(one -> !one.isBlank());
    }
  }

  @PostMapping("/{id}")
  ResponseEntity<byte[]> decide(
      @PathVariable String product, @PathVariable long id, Form form, HttpServletRequest request) {
    Product of = projects.get(product);
    InspectionRow row = inspections.get(of, id);
    String reviewer = Optional.ofNullable(request.getRemoteUser()).orElse("");
    reviews.decide(of, row, form.decision(), reviewer);
    ProductHead head = PageController.head(of, "");
    return Pages.seeOther(
        "review".equals(form.from())
            ? head.place("review") + "?before=" + id + "&decided=" + id
            : head.place("history") + "/" + id);
  }
}
