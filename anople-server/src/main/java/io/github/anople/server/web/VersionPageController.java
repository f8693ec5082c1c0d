package io.github.anople.server.web;

import io.github.anople.server.enrol.Detectors;
import io.github.anople.server.enrol.VersionSettings;
import io.github.anople.server.project.GoodPictures;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.DetectorVersion;
import io.github.anople.server.store.GoodPicture;
import io.github.anople.server.store.Product;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** A version of a detector, and what it was made from. */
@Controller
class VersionPageController {

  private static final int DIGITS = 12;

  private final Projects projects;
  private final Detectors detectors;
  private final VersionSettings settings;
  private final GoodPictures pictures;
  private final VersionItems items;

  VersionPageController(
      Projects projects,
      Detectors detectors,
      VersionSettings settings,
      GoodPictures pictures,
      VersionItems items) {
    this.projects = projects;
    this.detectors = detectors;
    this.settings = settings;
    this.pictures = pictures;
    this.items = items;
  }

  @GetMapping("/products/{product}/detector/{version}")
  ResponseEntity<byte[]> version(@PathVariable String product, @PathVariable int version) {
    Product of = projects.get(product);
    DetectorVersion one = detectors.get(of, version);
    return Pages.of(
        "version",
        new VersionPage(
            PageController.head(of, "detector"),
            items.of(of, one),
            one.sha256(),
            one.graphSha256(),
            used(of, one),
            settings.of(one)));
  }

  private List<VersionPage.Used> used(Product product, DetectorVersion version) {
    Map<String, GoodPicture> known =
        pictures.of(product).stream()
            .collect(Collectors.toMap(GoodPicture::sha256, Function.identity()));
    return detectors.pictures(version).entrySet().stream()
        .map(
            one ->
                known.containsKey(one.getKey())
                    ? new VersionPage.Used(
                        known.get(one.getKey()).name(),
                        one.getValue().id(),
                        PicturesPage.preview(product.name(), one.getKey()))
                    : new VersionPage.Used(
                        one.getKey().substring(0, DIGITS) + "…, removed since",
                        one.getValue().id(),
                        ""))
        .toList();
  }
}
