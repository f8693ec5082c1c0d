package io.github.anople.server.web;

import io.github.anople.server.enrol.Detectors;
import io.github.anople.server.inspect.Inspections;
import io.github.anople.server.project.Pictures;
import io.github.anople.server.project.Previews;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.DetectorVersion;
import io.github.anople.server.store.InspectionRow;
import io.github.anople.server.store.Product;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Inspecting pictures, and what was inspected. */
@Controller
@RequestMapping("/products/{product}")
class InspectPageController {

  private final Projects projects;
  private final Detectors detectors;
  private final Inspections inspections;
  private final Pictures pictures;
  private final Previews previews;
  private final Cards cards;

  InspectPageController(
      Projects projects,
      Detectors detectors,
      Inspections inspections,
      Pictures pictures,
      Previews previews,
      Cards cards) {
    this.projects = projects;
    this.detectors = detectors;
    this.inspections = inspections;
    this.pictures = pictures;
    this.previews = previews;
    this.cards = cards;
  }

  @GetMapping("/inspect")
  ResponseEntity<byte[]> inspect(@PathVariable String product) {
    Product of = projects.get(product);
    boolean provisional = detectors.active(of).filter(DetectorVersion::provisional).isPresent();
    return Pages.of(
        "inspect",
        new InspectPage(
            PageController.head(of, "inspect"), of.activeDetector().isPresent(), provisional));
  }

  @PostMapping("/inspect")
  ResponseEntity<byte[]> inspected(
      @PathVariable String product,
      @RequestParam(defaultValue = "picture") String name,
      @RequestParam Optional<String> serialNumber,
      HttpServletRequest request)
      throws IOException {
    Product of = projects.get(product);
    InspectionRow row =
        inspections.inspect(
            of,
            request.getInputStream(),
            new Inspections.Request("browser", name, serialNumber, Optional.empty()));
    return Pages.of("inspection", cards.of(of, row));
  }

  @GetMapping("/history/{id}/picture")
  ResponseEntity<Resource> picture(@PathVariable String product, @PathVariable long id) {
    return PictureAnswers.whole(
        pictures, pictures.get(inspections.get(projects.get(product), id).sha256()));
  }

  @GetMapping("/history/{id}/preview")
  ResponseEntity<Resource> preview(@PathVariable String product, @PathVariable long id) {
    return PictureAnswers.preview(
        previews, pictures.get(inspections.get(projects.get(product), id).sha256()));
  }

  @GetMapping("/history/{id}/heat")
  ResponseEntity<byte[]> heat(@PathVariable String product, @PathVariable long id) {
    Product of = projects.get(product);
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_PNG)
        .cacheControl(CacheControl.noCache())
        .body(inspections.heat(of, inspections.get(of, id)));
  }
}
