package io.github.anople.server.web;

import io.github.anople.inspect.page.Words;
import io.github.anople.server.enrol.Detectors;
import io.github.anople.server.enrol.Jobs;
import io.github.anople.server.inspect.Today;
import io.github.anople.server.project.GoodPictures;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.GoodPicture;
import io.github.anople.server.store.GoodPicture.Purpose;
import io.github.anople.server.store.Job;
import io.github.anople.server.store.Product;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Products and their detectors. */
@Controller
class PageController {

  private final Projects projects;
  private final GoodPictures goodPictures;
  private final Detectors detectors;
  private final Jobs jobs;
  private final VersionItems items;
  private final Today today;

  PageController(
      Projects projects,
      GoodPictures goodPictures,
      Detectors detectors,
      Jobs jobs,
      VersionItems items,
      Today today) {
    this.projects = projects;
    this.goodPictures = goodPictures;
    this.detectors = detectors;
    this.jobs = jobs;
    this.items = items;
    this.today = today;
  }

  @GetMapping("/")
  ResponseEntity<byte[]> products() {
    return Pages.of("products", new ProductsPage(projects.all().stream().map(this::card).toList()));
  }

  private ProductsPage.Card card(Product product) {
    List<GoodPicture> good = goodPictures.of(product);
    boolean ready = product.activeDetector().isPresent();
    String state =
        detectors
            .active(product)
            .map(version -> "version " + version.version() + " inspects")
            .orElse("no detector yet");
    return new ProductsPage.Card(
        product.name(),
        product.shows(),
        good.isEmpty() ? "" : PicturesPage.preview(product.name(), good.get(0).sha256()),
        state,
        ready,
        Words.count(good.size(), "good picture"),
        today.of(product));
  }

  @PostMapping("/products")
  ResponseEntity<byte[]> add(
      @RequestParam String name, @RequestParam(defaultValue = "") String shows) {
    return Pages.seeOther("/products/" + projects.add(name, shows).name() + "/pictures");
  }

  @GetMapping("/products/{product}")
  ResponseEntity<byte[]> product(@PathVariable String product) {
    Product of = projects.get(product);
    return Pages.seeOther(
        head(of, "").place(of.activeDetector().isPresent() ? "inspect" : "pictures"));
  }

  @GetMapping("/products/{product}/detector")
  ResponseEntity<byte[]> detector(@PathVariable String product) {
    Product of = projects.get(product);
    Optional<Job> job = jobs.of(of.id(), 1).stream().findFirst();
    return Pages.of(
        "detector",
        new DetectorPage(
            head(of, "detector"),
            shots(goodPictures.of(of)),
            detectors.corrections(of),
            job.map(DetectorPage.JobItem::of),
            detectors.of(of).stream().map(version -> items.of(of, version)).toList()));
  }

  @PostMapping("/products/{product}/detector/train")
  ResponseEntity<byte[]> train(@PathVariable String product) {
    Product of = projects.get(product);
    detectors.train(of);
    return Pages.seeOther(head(of, "").place("detector"));
  }

  @PostMapping("/products/{product}/detector/correct")
  ResponseEntity<byte[]> correct(@PathVariable String product) {
    Product of = projects.get(product);
    detectors.correct(of);
    return Pages.seeOther(head(of, "").place("detector"));
  }

  @PostMapping("/products/{product}/detector/activate")
  ResponseEntity<byte[]> activate(@PathVariable String product, @RequestParam int version) {
    Product of = projects.get(product);
    detectors.activate(of, version);
    return Pages.seeOther(head(of, "").place("detector"));
  }

  @PostMapping("/jobs/{job}/cancel")
  ResponseEntity<byte[]> cancel(@PathVariable long job) {
    Product of = projects.get(jobs.cancel(job).product());
    return Pages.seeOther(head(of, "").place("detector"));
  }

  private static int shots(List<GoodPicture> good) {
    return (int) good.stream().filter(one -> one.purpose() == Purpose.SHOT).count();
  }

  static ProductHead head(Product product, String tab) {
    return new ProductHead(product.name(), product.shows(), tab);
  }
}
