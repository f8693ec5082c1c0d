package io.github.anople.server.web;

import io.github.anople.core.decide.Verdict;
import io.github.anople.inspect.page.Words;
import io.github.anople.server.enrol.Detectors;
import io.github.anople.server.inspect.Inspections;
import io.github.anople.server.project.Pictures;
import io.github.anople.server.project.Previews;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.DetectorVersion;
import io.github.anople.server.store.InspectionRow;
import io.github.anople.server.store.InspectionStore;
import io.github.anople.server.store.Product;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Inspecting pictures, and what was inspected. */
@Controller
@RequestMapping("/products/{product}")
class InspectPageController {

  private static final int ROWS = 50;

  private final Projects projects;
  private final Detectors detectors;
  private final Inspections inspections;
  private final Pictures pictures;
  private final Previews previews;

  InspectPageController(
      Projects projects,
      Detectors detectors,
      Inspections inspections,
      Pictures pictures,
      Previews previews) {
    this.projects = projects;
    this.detectors = detectors;
    this.inspections = inspections;
    this.pictures = pictures;
    this.previews = previews;
  }

  @GetMapping("/inspect")
  ResponseEntity<byte[]> inspect(@PathVariable String product) {
    Product of = projects.get(product);
    boolean provisional = detectors.active(of).filter(DetectorVersion::provisional).isPresent();
    return Pages.of(
        "inspect",
        new InspectPage(
            PageController.head(of, "inspect"), of.activeDetector().isPresent(), provisional));
  }

  @PostMapping("/inspect")
  ResponseEntity<byte[]> inspected(
      @PathVariable String product,
      @RequestParam(defaultValue = "picture") String name,
      @RequestParam Optional<String> serialNumber,
      HttpServletRequest request)
      throws IOException {
    Product of = projects.get(product);
    InspectionRow row =
        inspections.inspect(
            of,
            request.getInputStream(),
            new Inspections.Request("browser", name, serialNumber, Optional.empty()));
    return Pages.of("inspection", card(of, row));
  }

  @GetMapping("/history")
  ResponseEntity<byte[]> history(
      @PathVariable String product,
      @RequestParam(defaultValue = "") String verdict,
      @RequestParam(defaultValue = "") String serialNumber,
      @RequestParam Optional<Long> before) {
    Product of = projects.get(product);
    List<InspectionRow> rows =
        inspections.history(
            of,
            new InspectionStore.Search(
                Optional.of(verdict).filter(text -> !text.isEmpty()),
                Optional.of(serialNumber).filter(text -> !text.isEmpty()),
                before,
                ROWS));
    String next =
        rows.size() < ROWS
            ? ""
            : "?verdict=%s&serialNumber=%s&before=%d"
                .formatted(encoded(verdict), encoded(serialNumber), rows.get(rows.size() - 1).id());
    return Pages.of(
        "history",
        new HistoryPage(
            PageController.head(of, "history"),
            verdict,
            serialNumber,
            rows.stream().map(row -> item(of, row)).toList(),
            next));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @GetMapping("/history/{id}")
  ResponseEntity<byte[]> inspection(@PathVariable String product, @PathVariable long id) {
    Product of = projects.get(product);
    return Pages.of(
        "inspectionPage",
        new InspectionPage(PageController.head(of, "history"), card(of, inspections.get(of, id))));
  }

  @GetMapping("/history/{id}/picture")
  ResponseEntity<Resource> picture(@PathVariable String product, @PathVariable long id) {
    return PictureAnswers.whole(
        pictures, pictures.get(inspections.get(projects.get(product), id).sha256()));
  }

  @GetMapping("/history/{id}/preview")
  ResponseEntity<Resource> preview(@PathVariable String product, @PathVariable long id) {
    return PictureAnswers.preview(
        previews, pictures.get(inspections.get(projects.get(product), id).sha256()));
  }

  @GetMapping("/history/{id}/heat")
  ResponseEntity<byte[]> heat(@PathVariable String product, @PathVariable long id) {
    Product of = projects.get(product);
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_PNG)
        .cacheControl(CacheControl.noCache())
        .body(inspections.heat(of, inspections.get(of, id)));
  }

  private InspectionCard card(Product product, InspectionRow row) {
    return InspectionCard.of(
        item(product, row), pictures.get(row.sha256()), inspections.details(row).defects());
  }

  private InspectionItem item(Product product, InspectionRow row) {
    Inspections.Details details = inspections.details(row);
    return new InspectionItem(
        row.id(),
        "/products/" + product.name() + "/history/" + row.id(),
        row.verdict(),
        look(row.verdict()),
        Words.score(row.score()),
        details
            .margin()
            .map(margin -> String.format(Locale.ROOT, "%+.0f %%", 100 * margin))
            .orElse(""),
        details.clear(),
        row.threshold().map(Words::score).orElse(""),
        String.join(", ", details.faults()),
        String.join("; ", details.notes()),
        row.serialNumber().orElse(""),
        row.source(),
        row.version(),
        Words.time(row.inspectedAt()),
        row.millis());
  }

  private static String look(String verdict) {
    return switch (verdict) {
      case Verdict.OK -> "good";
      case Verdict.NOT_OK, Verdict.UNLIKE -> "bad";
      default -> "unsure";
    };
  }
}
