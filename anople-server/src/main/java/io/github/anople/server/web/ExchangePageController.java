package io.github.anople.server.web;

import io.github.anople.inspect.page.Words;
import io.github.anople.server.exchange.PictureImport;
import io.github.anople.server.exchange.ProductImport;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.Product;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Products from other installations, and pictures from folders. */
@Controller
class ExchangePageController {

  private final Projects projects;
  private final ProductImport products;
  private final PictureImport pictures;

  ExchangePageController(Projects projects, ProductImport products, PictureImport pictures) {
    this.projects = projects;
    this.products = products;
    this.pictures = pictures;
  }

  @PostMapping("/products/import")
  ResponseEntity<byte[]> importProduct(
      @RequestParam("file") MultipartFile file, @RequestParam Optional<String> name)
      throws IOException {
    try (InputStream in = file.getInputStream()) {
      return Pages.seeOther("/products/" + products.take(in, name).name());
    }
  }

  @PostMapping("/products/{product}/pictures/import")
  ResponseEntity<byte[]> importPictures(
      @PathVariable String product,
      @RequestParam String folder,
      @RequestParam Optional<String> manifest) {
    Product of = projects.get(product);
    PictureImport.Result result = pictures.take(of, folder, manifest);
    String left =
        result.remaining() == 0
            ? ""
            : " " + Words.count(result.remaining(), "picture") + " are left: import once more.";
    return Pages.of(
        "imported",
        new ImportedPage(
            PageController.head(of, "pictures"),
            result.imported().size() + " imported." + left,
            parts(result)));
  }

  private static List<ImportedPage.Part> parts(PictureImport.Result result) {
    List<ImportedPage.Part> parts = new ArrayList<>();
    add(parts, "not taken, or to know", result.faults());
    add(parts, "left out: not known to be good", result.leftOut());
    add(parts, "there already", result.skipped());
    add(parts, "imported", result.imported());
    return parts;
  }

  private static void add(List<ImportedPage.Part> parts, String what, List<String> lines) {
    if (!lines.isEmpty()) {
      parts.add(new ImportedPage.Part(lines.size() + " " + what, lines));
    }
  }
}
