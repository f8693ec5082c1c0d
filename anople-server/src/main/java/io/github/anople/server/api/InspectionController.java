package io.github.anople.server.api;

import io.github.anople.server.inspect.History;
import io.github.anople.server.inspect.HistoryQuery;
import io.github.anople.server.inspect.Inspections;
import io.github.anople.server.project.Pictures;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.InspectionRow;
import io.github.anople.server.store.Picture;
import io.github.anople.server.store.Product;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** A picture in, a verdict out; and all that were given before. */
@RestController
@RequestMapping("/api/v1/products/{product}/inspections")
public class InspectionController {

  private static final int MOST = 1000;

  private final Projects projects;
  private final Pictures pictures;
  private final Inspections inspections;
  private final History history;

  InspectionController(
      Projects projects, Pictures pictures, Inspections inspections, History history) {
    this.projects = projects;
    this.pictures = pictures;
    this.inspections = inspections;
    this.history = history;
  }

  record View(
      long id,
      String verdict,
      float score,
      Optional<Float> threshold,
      Optional<String> thresholdOrigin,
      Optional<Float> uncertainThreshold,
      Optional<Double> margin,
      boolean clear,
      List<String> faults,
      List<String> notes,
      List<Inspections.Place> defects,
      int detectorVersion,
      String picture,
      String map,
      String source,
      Optional<String> serialNumber,
      int millis,
      Instant inspectedAt,
      String review,
      Optional<String> defect) {}

  record Page(List<View> inspections, Optional<Long> before) {}

  @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  ResponseEntity<View> inspectForm(
      @PathVariable String product,
      @RequestParam("picture") MultipartFile picture,
      @RequestParam Optional<String> serialNumber,
      @RequestParam(defaultValue = "rest") String source,
      @RequestHeader("Idempotency-Key") Optional<String> key)
      throws IOException {
    try (InputStream in = picture.getInputStream()) {
      return inspected(product, in, new Inspections.Request(source, "picture", serialNumber, key));
    }
  }

  @PostMapping
  ResponseEntity<View> inspectBody(
      @PathVariable String product,
      @RequestParam Optional<String> serialNumber,
      @RequestParam(defaultValue = "rest") String source,
      @RequestHeader("Idempotency-Key") Optional<String> key,
      HttpServletRequest request)
      throws IOException {
    return inspected(
        product,
        request.getInputStream(),
        new Inspections.Request(source, "picture", serialNumber, key));
  }

  private ResponseEntity<View> inspected(String name, InputStream in, Inspections.Request request) {
    Product product = projects.get(name);
    InspectionRow row = inspections.inspect(product, in, request);
    return ResponseEntity.created(URI.create(place(product, row))).body(view(product, row));
  }

  @GetMapping
  Page history(
      @PathVariable String product,
      @ParameterObject HistoryQuery query,
      @RequestParam(defaultValue = "50") int limit) {
    Product of = projects.get(product);
    int most = Math.max(1, Math.min(limit, MOST));
    List<InspectionRow> rows = history.page(of, history.search(of, query, most));
    return new Page(
        rows.stream().map(row -> view(of, row)).toList(),
        rows.size() < most ? Optional.empty() : Optional.of(rows.get(rows.size() - 1).id()));
  }

  @GetMapping("/{id}")
  View get(@PathVariable String product, @PathVariable long id) {
    Product of = projects.get(product);
    return view(of, inspections.get(of, id));
  }

  @GetMapping("/{id}/picture")
  ResponseEntity<Resource> picture(@PathVariable String product, @PathVariable long id) {
    Picture picture = pictures.get(inspections.get(projects.get(product), id).sha256());
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(picture.mediaType()))
        .body(new FileSystemResource(pictures.file(picture)));
  }

  @GetMapping("/{id}/map")
  ResponseEntity<Resource> map(@PathVariable String product, @PathVariable long id) {
    InspectionRow row = inspections.get(projects.get(product), id);
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_PNG)
        .body(new FileSystemResource(inspections.map(row)));
  }

  private static String place(Product product, InspectionRow row) {
    return "/api/v1/products/" + product.name() + "/inspections/" + row.id();
  }

  private View view(Product product, InspectionRow row) {
    Inspections.Details details = inspections.details(row);
    return new View(
        row.id(),
        row.verdict(),
        row.score(),
        row.threshold(),
        row.thresholdOrigin(),
        details.uncertainThreshold(),
        details.margin(),
        details.clear(),
        details.faults(),
        details.notes(),
        details.defects(),
        row.version(),
        place(product, row) + "/picture",
        place(product, row) + "/map",
        row.source(),
        row.serialNumber(),
        row.millis(),
        row.inspectedAt(),
        row.review().id(),
        row.defect());
  }
}
