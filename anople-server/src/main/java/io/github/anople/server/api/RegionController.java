package io.github.anople.server.api;

import io.github.anople.server.project.Projects;
import io.github.anople.server.store.Product;
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
@RequestMapping("/api/v1/products/{product}/region")
public class RegionController {

  /** More than is ever kept: what is longer is not read to its end. */
  private static final int MOST_BYTES = 1 << 20;

  private final Projects projects;

  RegionController(Projects projects) {
    this.projects = projects;
  }

  @GetMapping
  ResponseEntity<String> get(@PathVariable String product) {
    return answer(projects.get(product));
  }

  @PutMapping
  ResponseEntity<String> put(@PathVariable String product, HttpServletRequest request)
      throws IOException {
    Product of = projects.get(product);
    String json =
        new String(request.getInputStream().readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    return answer(projects.look(of, Optional.of(Projects.region(json))));
  }

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
