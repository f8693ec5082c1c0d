package io.github.anople.server.api;

import io.github.anople.server.enrol.Detectors;
import io.github.anople.server.inspect.DriftWatch;
import io.github.anople.server.inspect.History;
import io.github.anople.server.inspect.HistoryFiles;
import io.github.anople.server.inspect.HistoryQuery;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.Product;
import io.github.anople.server.store.Search;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The history as files, and what has moved in its course. */
@Tag(name = "Inspections")
@RestController
@RequestMapping("/api/v1/products/{product}")
public class HistoryController {

  private static final int PAGE = 500;

  private final Projects projects;
  private final Detectors detectors;
  private final History history;
  private final HistoryFiles files;
  private final DriftWatch drift;

  HistoryController(
      Projects projects,
      Detectors detectors,
      History history,
      HistoryFiles files,
      DriftWatch drift) {
    this.projects = projects;
    this.detectors = detectors;
    this.history = history;
    this.files = files;
    this.drift = drift;
  }

  @Schema(name = "Drift")
  record DriftView(
      @Schema(
              description = "What has moved",
              allowableValues = {
                "light",
                "contrast",
                "colour",
                "focus",
                "dirt",
                "layout",
                "scores"
              })
          String kind,
      @Schema(description = "The same for people") String words,
      @Schema(description = "By how much: a part of the former value, or of the picture")
          double size,
      @Schema(description = "The inspection with which it was noticed") long began,
      @Schema(description = "The inspection with which it was over; absent while it lasts")
          Optional<Long> ended) {}

  @Operation(operationId = "drift", summary = "What has moved since thresholds were set")
  @GetMapping("/drift")
  List<DriftView> drift(@PathVariable String product) {
    return detectors
        .active(projects.get(product))
        .map(version -> drift.of(version.id()))
        .orElse(List.of())
        .stream()
        .map(
            one ->
                new DriftView(
                    one.change().kind().id(),
                    one.change().words(),
                    one.change().size(),
                    one.began(),
                    one.ended()))
        .toList();
  }

  @Operation(operationId = "historyAsTable", summary = "The history as a table")
  @ApiResponse(
      responseCode = "200",
      description = "A row an inspection",
      content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
  @GetMapping(path = "/inspections.csv", produces = "text/csv")
  void table(
      @PathVariable String product,
      @ParameterObject HistoryQuery query,
      HttpServletResponse response)
      throws IOException {
    Product of = projects.get(product);
    Search search = history.search(of, query, PAGE);
    Attachments.begin(response, "text/csv;charset=UTF-8", of.name() + "-history.csv");
    files.table(of, search, response.getOutputStream());
  }

  @Operation(operationId = "historyAsArchive", summary = "The history with its pictures")
  @ApiResponse(
      responseCode = "200",
      description = "The table, and a file a picture",
      content =
          @Content(
              mediaType = "application/zip",
              schema = @Schema(type = "string", format = "binary")))
  @GetMapping(path = "/inspections.zip", produces = "application/zip")
  void archive(
      @PathVariable String product,
      @ParameterObject HistoryQuery query,
      HttpServletResponse response)
      throws IOException {
    Product of = projects.get(product);
    Search search = history.search(of, query, PAGE);
    Attachments.begin(response, "application/zip", of.name() + "-history.zip");
    files.archive(of, search, response.getOutputStream());
  }
}
