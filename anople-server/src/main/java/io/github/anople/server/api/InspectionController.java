package io.github.anople.server.api;

import io.github.anople.core.decide.Verdict;
import io.github.anople.server.inspect.History;
import io.github.anople.server.inspect.HistoryQuery;
import io.github.anople.server.inspect.Inspections;
import io.github.anople.server.project.Pictures;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.InspectionRow;
import io.github.anople.server.store.Picture;
import io.github.anople.server.store.Product;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
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
@Tag(name = "Inspections", description = "A picture in, a verdict out; and all that were given")
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

  @Schema(name = "Inspection")
  record View(
      long id,
      @Schema(
              description = "UNDECIDED where the detector has no threshold",
              allowableValues = {
                Verdict.OK,
                Verdict.UNCERTAIN,
                Verdict.NOT_OK,
                Verdict.UNLIKE,
                Inspections.UNDECIDED
              })
          String verdict,
      @Schema(description = "How unusual the picture is; higher is worse") float score,
      @Schema(description = "The largest score that is not rejected") Optional<Float> threshold,
      @Schema(description = "How the threshold came about") Optional<String> thresholdOrigin,
      @Schema(description = "The lower of two thresholds, above which it is UNCERTAIN")
          Optional<Float> uncertainThreshold,
      @Schema(description = "By what part of the threshold the score is above it")
          Optional<Double> margin,
      @Schema(description = "False near to a threshold that is only estimated") boolean clear,
      @Schema(description = "What of the whole picture is unlike the product") List<String> faults,
      @Schema(description = "What was repaired, left out or looks odd about the file")
          List<String> notes,
      @Schema(description = "The worst first, 20 at most") List<DefectView> defects,
      @Schema(description = "The version of the detector that inspected") int detectorVersion,
      @Schema(description = "Content of that version's .anople") String detectorSha256,
      @Schema(description = "Address of the picture on this server") String picture,
      @Schema(description = "Address of the map on this server") String map,
      @Schema(description = "Where the picture came from") String source,
      Optional<String> serialNumber,
      @Schema(description = "How long it took") int millis,
      Instant inspectedAt,
      @Schema(
              description = "What a person found, or that one is to look",
              allowableValues = {"none", "waiting", "good", "bad"})
          String review,
      @Schema(description = "Which defect the person found") Optional<String> defect) {}

  @Schema(name = "Defect", description = "A box in pixels of the picture, from its upper left")
  record DefectView(
      int x,
      int y,
      int width,
      int height,
      @Schema(description = "Its area in percent of the picture, or of what counts of it")
          double percent,
      @Schema(description = "The highest value of the map in it") float peak) {

    static DefectView of(Inspections.Place place) {
      return new DefectView(
          place.x(), place.y(), place.width(), place.height(), place.percent(), place.peak());
    }
  }

  @Schema(name = "InspectionPage")
  record Page(
      List<View> inspections,
      @Schema(description = "Where the next page begins; absent on the last")
          Optional<Long> before) {}

  @Operation(hidden = true)
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

  @Operation(
      operationId = "inspect",
      summary = "Inspects a picture",
      description =
          "The answer comes when the inspection is in the history, with its picture and its map. A"
              + " request that is sent again with the same Idempotency-Key gets the first answer.")
  @ApiResponse(responseCode = "201", description = "The inspection", useReturnTypeSchema = true)
  @PictureBody
  @PostMapping(consumes = {PictureBody.IMAGE, MediaType.APPLICATION_OCTET_STREAM_VALUE})
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

  @Operation(operationId = "listInspections", summary = "What was inspected, newest first")
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

  @Operation(operationId = "getInspection", summary = "An inspection")
  @GetMapping("/{id}")
  View get(@PathVariable String product, @PathVariable long id) {
    Product of = projects.get(product);
    return view(of, inspections.get(of, id));
  }

  @Operation(
      operationId = "getInspectedPicture",
      summary = "The picture that was inspected, as it was sent")
  @ApiResponse(
      responseCode = "200",
      description = "The picture",
      content =
          @Content(mediaType = "image/*", schema = @Schema(type = "string", format = "binary")))
  @GetMapping("/{id}/picture")
  ResponseEntity<Resource> picture(@PathVariable String product, @PathVariable long id) {
    Picture picture = pictures.get(inspections.get(projects.get(product), id).sha256());
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(picture.mediaType()))
        .body(new FileSystemResource(pictures.file(picture)));
  }

  @Operation(
      operationId = "getMap",
      summary = "The heat map of an inspection",
      description = "A picture of 16 bits; higher is worse.")
  @ApiResponse(
      responseCode = "200",
      description = "The map",
      content =
          @Content(
              mediaType = MediaType.IMAGE_PNG_VALUE,
              schema = @Schema(type = "string", format = "binary")))
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
        details.defects().stream().map(DefectView::of).toList(),
        row.version(),
        row.detectorSha256(),
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
