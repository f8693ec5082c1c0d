package io.github.anople.server.api;

import io.github.anople.server.exchange.PictureImport;
import io.github.anople.server.exchange.ProductExport;
import io.github.anople.server.exchange.ProductImport;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.Product;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
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

  record Folder(String folder, Optional<String> manifest) {}

  /** Not as a stream of the framework's: those end after a time, however much is left to send. */
  @GetMapping(value = "/products/{product}/export", produces = ZIP)
  void export(@PathVariable String product, HttpServletResponse response) throws IOException {
    Product of = projects.get(product);
    ProductExport.Packed packed = exports.pack(of);
    response.setContentType(ZIP);
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename(of.name() + ".zip").build().toString());
    packed.write(response.getOutputStream());
  }

  @PostMapping(value = "/products:import", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  ResponseEntity<ProductController.ProductView> importForm(
      @RequestParam("file") MultipartFile file, @RequestParam Optional<String> name)
      throws IOException {
    try (InputStream in = file.getInputStream()) {
      return imported(in, name);
    }
  }

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

  @PostMapping("/products/{product}/pictures:import")
  PictureImport.Result importPictures(@PathVariable String product, @RequestBody Folder from) {
    return pictures.take(projects.get(product), from.folder(), from.manifest());
  }
}
