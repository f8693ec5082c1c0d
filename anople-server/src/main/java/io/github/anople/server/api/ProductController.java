package io.github.anople.server.api;

import io.github.anople.server.project.GoodPictures;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.GoodPicture;
import io.github.anople.server.store.GoodPicture.Purpose;
import io.github.anople.server.store.Product;
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
@RequestMapping("/api/v1/products")
public class ProductController {

  private final Projects projects;
  private final GoodPictures pictures;

  ProductController(Projects projects, GoodPictures pictures) {
    this.projects = projects;
    this.pictures = pictures;
  }

  record NewProduct(String name, Optional<String> shows) {}

  record ProductView(String name, String shows, Instant createdAt, boolean ready) {

    static ProductView of(Product product) {
      return new ProductView(
          product.name(),
          product.shows(),
          product.createdAt(),
          product.activeDetector().isPresent());
    }
  }

  record PictureView(String sha256, String name, String purpose, String remarks, Instant addedAt) {

    static PictureView of(GoodPicture picture) {
      return new PictureView(
          picture.sha256(),
          picture.name(),
          picture.purpose().id(),
          picture.remarks(),
          picture.addedAt());
    }
  }

  record Use(Purpose purpose) {}

  @GetMapping
  List<ProductView> all() {
    return projects.all().stream().map(ProductView::of).toList();
  }

  @PostMapping
  ResponseEntity<ProductView> add(@RequestBody NewProduct product) {
    Product added = projects.add(product.name(), product.shows().orElse(""));
    return ResponseEntity.created(URI.create("/api/v1/products/" + added.name()))
        .body(ProductView.of(added));
  }

  @GetMapping("/{product}")
  ProductView get(@PathVariable String product) {
    return ProductView.of(projects.get(product));
  }

  @GetMapping("/{product}/pictures")
  List<PictureView> pictures(@PathVariable String product) {
    return pictures.of(projects.get(product)).stream().map(PictureView::of).toList();
  }

  @PostMapping(value = "/{product}/pictures", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  ResponseEntity<PictureView> addFromForm(
      @PathVariable String product, @RequestParam("picture") MultipartFile picture)
      throws IOException {
    try (InputStream in = picture.getInputStream()) {
      return added(product, in, Optional.ofNullable(picture.getOriginalFilename()).orElse(""));
    }
  }

  @PostMapping("/{product}/pictures")
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

  @PutMapping("/{product}/pictures/{sha256}")
  PictureView use(@PathVariable String product, @PathVariable String sha256, @RequestBody Use use) {
    return PictureView.of(pictures.use(projects.get(product), sha256, use.purpose()));
  }

  @DeleteMapping("/{product}/pictures/{sha256}")
  ResponseEntity<Void> remove(@PathVariable String product, @PathVariable String sha256) {
    pictures.remove(projects.get(product), sha256);
    return ResponseEntity.noContent().build();
  }
}
