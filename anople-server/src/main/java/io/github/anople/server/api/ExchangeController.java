package io.github.anople.server.api;

import io.github.anople.server.exchange.PictureImport;
import io.github.anople.server.exchange.ProductExport;
import io.github.anople.server.exchange.ProductImport;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.Product;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.SchemaProperty;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Products from one installation to another, and pictures from elsewhere. */
@RestController
@Tag(name = "Exchange", description = "Products of other installations, pictures from elsewhere")
@RequestMapping("/api/v1")
public class ExchangeController {

  static final String ZIP = "application/zip";

  private final Projects projects;
  private final ProductExport exports;
  private final ProductImport imports;
  private final PictureImport pictures;

  ExchangeController(
      Projects projects, ProductExport exports, ProductImport imports, PictureImport pictures) {
    this.projects = projects;
    this.exports = exports;
    this.imports = imports;
    this.pictures = pictures;
  }

  @Schema(name = "PictureFolder")
  record Folder(
      @Schema(
              description = "Absolute path of a folder on the server's computer",
              example = "/data/bottle")
          String folder,
      @Schema(description = "Absolute path of a manifest; else those in the folder are taken")
          Optional<String> manifest) {}

  @Schema(name = "ImportedPictures")
  record Imported(
      @Schema(description = "What became a good picture of the product") List<String> imported,
      @Schema(description = "What was one already") List<String> skipped,
      @Schema(description = "What shows a defect, or was not judged") List<String> leftOut,
      @Schema(description = "What could not be taken, and why; what else there is to know")
          List<String> faults,
      @Schema(description = "How many are left for the next request") int remaining) {

    static Imported of(PictureImport.Result result) {
      return new Imported(
          result.imported(),
          result.skipped(),
          result.leftOut(),
          result.faults(),
          result.remaining());
    }
  }

  /** Not as a stream of the framework's: those end after a time, however much is left to send. */
  @Operation(
      operationId = "exportProduct",
      summary = "A product as one file, for another installation",
      description = "With its pictures, its region and all versions of its detector.")
  @ApiResponse(
      responseCode = "200",
      description = "A ZIP; the same product gives the same bytes",
      content = @Content(mediaType = ZIP, schema = @Schema(type = "string", format = "binary")))
  @GetMapping(value = "/products/{product}/export", produces = ZIP)
  void export(@PathVariable String product, HttpServletResponse response) throws IOException {
    Product of = projects.get(product);
    ProductExport.Packed packed = exports.pack(of);
    Attachments.begin(response, ZIP, of.name() + ".zip");
    packed.write(response.getOutputStream());
  }

  @Operation(hidden = true)
  @PostMapping(value = "/products:import", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  ResponseEntity<ProductController.ProductView> importForm(
      @RequestParam("file") MultipartFile file, @RequestParam Optional<String> name)
      throws IOException {
    try (InputStream in = file.getInputStream()) {
      return imported(in, name);
    }
  }

  @Operation(
      operationId = "importProduct",
      summary = "Takes in a product that another installation exported",
      description = "All of the file is checked before any of it can be seen.")
  @ApiResponse(responseCode = "201", description = "The product", useReturnTypeSchema = true)
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      description = "What the other installation exported",
      required = true,
      content = {
        @Content(
            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
            schema = @Schema(type = "object", requiredProperties = "file"),
            schemaProperties =
                @SchemaProperty(
                    name = "file",
                    schema = @Schema(type = "string", format = "binary"))),
        @Content(mediaType = ZIP, schema = @Schema(type = "string", format = "binary"))
      })
  @PostMapping("/products:import")
  ResponseEntity<ProductController.ProductView> importBody(
      @RequestParam Optional<String> name, HttpServletRequest request) throws IOException {
    return imported(request.getInputStream(), name);
  }

  private ResponseEntity<ProductController.ProductView> imported(
      InputStream in, Optional<String> name) {
    Product product = imports.take(in, name);
    return ResponseEntity.created(URI.create("/api/v1/products/" + product.name()))
        .body(ProductController.ProductView.of(product));
  }

  @Operation(
      operationId = "importPictures",
      summary = "Imports good pictures from a folder on the server's computer",
      description =
          "Of a manifest of Lookout for Vision, or of folders as MVTec AD has them. At most 500 at"
              + " a time; the same request again goes on.")
  @PostMapping("/products/{product}/pictures:import")
  Imported importPictures(@PathVariable String product, @RequestBody Folder from) {
    return Imported.of(pictures.take(projects.get(product), from.folder(), from.manifest()));
  }
}
