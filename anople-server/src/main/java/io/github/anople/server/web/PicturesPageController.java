package io.github.anople.server.web;

import io.github.anople.server.enrol.KnownRegions;
import io.github.anople.server.project.Doubts;
import io.github.anople.server.project.GoodPictures;
import io.github.anople.server.project.Pictures;
import io.github.anople.server.project.Previews;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.GoodPicture;
import io.github.anople.server.store.GoodPicture.Purpose;
import io.github.anople.server.store.Product;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The good pictures of a product, what is doubtful about them, and where to look on them. */
@Controller
@RequestMapping("/products/{product}/pictures")
class PicturesPageController {

  private final Projects projects;
  private final GoodPictures goodPictures;
  private final Doubts doubts;
  private final Pictures pictures;
  private final Previews previews;
  private final KnownRegions regions;

  PicturesPageController(
      Projects projects,
      GoodPictures goodPictures,
      Doubts doubts,
      Pictures pictures,
      Previews previews,
      KnownRegions regions) {
    this.projects = projects;
    this.goodPictures = goodPictures;
    this.doubts = doubts;
    this.pictures = pictures;
    this.previews = previews;
    this.regions = regions;
  }

  @GetMapping
  ResponseEntity<byte[]> pictures(@PathVariable String product) {
    Product of = projects.get(product);
    List<GoodPicture> good = goodPictures.of(of);
    List<GoodPicture> shots = good.stream().filter(one -> one.purpose() == Purpose.SHOT).toList();
    Doubts.Found found = doubts.of(good);
    return Pages.of(
        "pictures",
        new PicturesPage(
            PageController.head(of, "pictures"),
            good.stream().map(one -> item(of, one, found)).toList(),
            shots.size(),
            found.words(),
            shots.stream().findFirst().map(first -> drawing(of, first))));
  }

  private static PicturesPage.Item item(Product product, GoodPicture one, Doubts.Found found) {
    return new PicturesPage.Item(
        one.sha256(),
        PicturesPage.preview(product.name(), one.sha256()),
        one.name(),
        one.purpose().id(),
        one.remarks(),
        found.kinds().getOrDefault(one.sha256(), List.of()));
  }

  private PicturesPage.Drawing drawing(Product product, GoodPicture first) {
    return new PicturesPage.Drawing(
        PicturesPage.preview(product.name(), first.sha256()),
        first.name(),
        product.region().orElse(""),
        regions.isKnown(product));
  }

  @PostMapping("/{sha256}")
  ResponseEntity<byte[]> change(
      @PathVariable String product,
      @PathVariable String sha256,
      @RequestParam Optional<String> purpose,
      @RequestParam(defaultValue = "false") boolean remove) {
    Product of = projects.get(product);
    if (remove) {
      goodPictures.remove(of, sha256);
    } else {
      purpose.ifPresent(use -> goodPictures.use(of, sha256, Purpose.of(use)));
    }
    return Pages.seeOther(PageController.head(of, "").place("pictures"));
  }

  @GetMapping("/{sha256}")
  ResponseEntity<Resource> picture(@PathVariable String product, @PathVariable String sha256) {
    return PictureAnswers.whole(
        pictures, pictures.get(goodPictures.get(projects.get(product), sha256).sha256()));
  }

  @GetMapping("/{sha256}/preview")
  ResponseEntity<Resource> preview(@PathVariable String product, @PathVariable String sha256) {
    return PictureAnswers.preview(
        previews, pictures.get(goodPictures.get(projects.get(product), sha256).sha256()));
  }
}
