package io.github.anople.server.api;

import io.github.anople.server.project.Projects;
import io.github.anople.server.store.Product;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which part of a product's pictures counts, as the command's region files have it. */
@RestController
@Tag(name = "Products")
@RequestMapping("/api/v1/products/{product}/region")
public class RegionController {

  /** More than is ever kept: what is longer is not read to its end. */
  private static final int MOST_BYTES = 1 << 20;

  private final Projects projects;

  RegionController(Projects projects) {
    this.projects = projects;
  }

  @Operation(operationId = "region", summary = "Which part of the pictures counts")
  @ApiResponse(
      responseCode = "200",
      description = "The region, in the form of the command's region files",
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @ApiResponse(responseCode = "204", description = "The whole picture counts", content = @Content)
  @GetMapping
  ResponseEntity<String> get(@PathVariable String product) {
    return answer(projects.get(product));
  }

  @Operation(
      operationId = "setRegion",
      summary = "Says which part of the pictures counts",
      description = "Detectors that are trained from then on know it.",
      requestBody =
          @RequestBody(
              required = true,
              description = "Polygons that are ignored, or alone looked at; corners from 0 to 1",
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(type = "object"),
                      examples = @ExampleObject("{\"ignore\": [[[0, 0], [0.3, 0], [0.3, 0.2]]]}"))))
  @ApiResponse(
      responseCode = "200",
      description = "The region",
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @PutMapping
  ResponseEntity<String> put(@PathVariable String product, HttpServletRequest request)
      throws IOException {
    Product of = projects.get(product);
    String json =
        new String(request.getInputStream().readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    return answer(projects.look(of, Optional.of(Projects.region(json))));
  }

  @Operation(operationId = "deleteRegion", summary = "Lets the whole picture count")
  @ApiResponse(responseCode = "204", description = "The whole picture counts", content = @Content)
  @DeleteMapping
  ResponseEntity<String> delete(@PathVariable String product) {
    return answer(projects.look(projects.get(product), Optional.empty()));
  }

  /** No content: the whole picture. */
  private static ResponseEntity<String> answer(Product product) {
    return product
        .region()
        .map(json -> ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(json))
        .orElse(ResponseEntity.noContent().build());
  }
}
