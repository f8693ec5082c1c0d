package io.github.anople.server.api;

import io.github.anople.server.project.GoodPictures;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.GoodPicture;
import io.github.anople.server.store.GoodPicture.Purpose;
import io.github.anople.server.store.Product;
import io.swagger.v3.oas.annotations.Operation;
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
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Products and their good pictures. */
@RestController
@Tag(name = "Products", description = "What is inspected, and pictures of good ones")
@RequestMapping("/api/v1/products")
public class ProductController {

  private final Projects projects;
  private final GoodPictures pictures;

  ProductController(Projects projects, GoodPictures pictures) {
    this.projects = projects;
    this.pictures = pictures;
  }

  record NewProduct(
      @Schema(description = "Letters, digits, dashes and underscores", example = "bracket-left")
          String name,
      @Schema(
              description = "What the pictures show, in a few plain words; else the name",
              example = "a metal bracket")
          Optional<String> shows) {}

  @Schema(name = "Product")
  record ProductView(
      String name,
      @Schema(description = "What its pictures show") String shows,
      Instant createdAt,
      @Schema(description = "Whether it has a detector that inspects") boolean ready) {

    static ProductView of(Product product) {
      return new ProductView(
          product.name(),
          product.shows(),
          product.createdAt(),
          product.activeDetector().isPresent());
    }
  }

  @Schema(name = "GoodPicture")
  record PictureView(
      @Schema(description = "Its content, by which it is named in addresses") String sha256,
      @Schema(description = "What its file was called") String name,
      @Schema(
              description = "Whether a detector learns from it, or its thresholds come from it",
              allowableValues = {"shot", "calibration", "unused"})
          String purpose,
      @Schema(description = "What looks odd about it; may be empty") String remarks,
      Instant addedAt) {

    static PictureView of(GoodPicture picture) {
      return new PictureView(
          picture.sha256(),
          picture.name(),
          picture.purpose().id(),
          picture.remarks(),
          picture.addedAt());
    }
  }

  @Schema(name = "PictureUse")
  record Use(
      @Schema(
              description = "What it is for from now on",
              type = "string",
              allowableValues = {"shot", "calibration", "unused"})
          Purpose purpose) {}

  @Operation(operationId = "listProducts", summary = "All products, by name")
  @GetMapping
  List<ProductView> all() {
    return projects.all().stream().map(ProductView::of).toList();
  }

  @Operation(operationId = "addProduct", summary = "Adds a product")
  @ApiResponse(responseCode = "201", description = "The product", useReturnTypeSchema = true)
  @PostMapping
  ResponseEntity<ProductView> add(@RequestBody NewProduct product) {
    Product added = projects.add(product.name(), product.shows().orElse(""));
    return ResponseEntity.created(URI.create("/api/v1/products/" + added.name()))
        .body(ProductView.of(added));
  }

  @Operation(operationId = "getProduct", summary = "A product")
  @GetMapping("/{product}")
  ProductView get(@PathVariable String product) {
    return ProductView.of(projects.get(product));
  }

  @Operation(
      operationId = "listPictures",
      summary = "The good pictures of a product, in the order in which they came")
  @GetMapping("/{product}/pictures")
  List<PictureView> pictures(@PathVariable String product) {
    return pictures.of(projects.get(product)).stream().map(PictureView::of).toList();
  }

  @Operation(hidden = true)
  @PostMapping(value = "/{product}/pictures", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  ResponseEntity<PictureView> addFromForm(
      @PathVariable String product, @RequestParam("picture") MultipartFile picture)
      throws IOException {
    try (InputStream in = picture.getInputStream()) {
      return added(product, in, Optional.ofNullable(picture.getOriginalFilename()).orElse(""));
    }
  }

  @Operation(
      operationId = "addPicture",
      summary = "Adds a picture of a good part",
      description =
          "The first four are shots, which detectors learn from; further ones set thresholds.")
  @ApiResponse(responseCode = "201", description = "The picture", useReturnTypeSchema = true)
  @PictureBody
  @PostMapping(
      value = "/{product}/pictures",
      consumes = {PictureBody.IMAGE, MediaType.APPLICATION_OCTET_STREAM_VALUE})
  ResponseEntity<PictureView> addFromBody(
      @PathVariable String product,
      @RequestParam(defaultValue = "") String name,
      HttpServletRequest request)
      throws IOException {
    return added(product, request.getInputStream(), name);
  }

  private ResponseEntity<PictureView> added(String product, InputStream in, String name) {
    GoodPicture picture = pictures.add(projects.get(product), in, name);
    URI place = URI.create("/api/v1/products/" + product + "/pictures/" + picture.sha256());
    return ResponseEntity.created(place).body(PictureView.of(picture));
  }

  @Operation(
      operationId = "usePicture",
      summary = "Gives a good picture another purpose",
      description = "Detectors that were made before stay as they are.")
  @PutMapping("/{product}/pictures/{sha256}")
  PictureView use(@PathVariable String product, @PathVariable String sha256, @RequestBody Use use) {
    return PictureView.of(pictures.use(projects.get(product), sha256, use.purpose()));
  }

  @Operation(
      operationId = "removePicture",
      summary = "Takes a good picture away",
      description = "Detectors that were made from it stay as they are.")
  @ApiResponse(responseCode = "204", description = "It is gone")
  @DeleteMapping("/{product}/pictures/{sha256}")
  ResponseEntity<Void> remove(@PathVariable String product, @PathVariable String sha256) {
    pictures.remove(projects.get(product), sha256);
    return ResponseEntity.noContent().build();
  }
}
