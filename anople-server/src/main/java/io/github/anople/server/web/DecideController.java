package io.github.anople.server.web;

import io.github.anople.core.InputException;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.Uncertain;
import io.github.anople.server.enrol.Detectors;
import io.github.anople.server.enrol.Promise;
import io.github.anople.server.inspect.Scores;
import io.github.anople.server.project.GoodPictures;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.DetectorVersion;
import io.github.anople.server.store.GoodPicture.Purpose;
import io.github.anople.server.store.Product;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;

/** Where a person sets thresholds. */
@Controller
@RequestMapping("/products/{product}/decide")
class DecideController {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int DIGITS = 4;
  private static final float ROOM = 1.25f;
  private static final float HIGHEST = 0.5f;

  private final Projects projects;
  private final Detectors detectors;
  private final GoodPictures pictures;
  private final Scores scores;

  DecideController(Projects projects, Detectors detectors, GoodPictures pictures, Scores scores) {
    this.projects = projects;
    this.detectors = detectors;
    this.pictures = pictures;
    this.scores = scores;
  }

  @GetMapping
  ResponseEntity<byte[]> decide(@PathVariable String product) {
    Product of = projects.get(product);
    Promise promise = detectors.promise(of);
    return Pages.of(
        "decide",
        new DecidePage(
            PageController.head(of, "decide"),
            detectors
                .active(of)
                .flatMap(
                    version ->
                        Detectors.calibration(version)
                            .map(calibration -> now(of, version, calibration))),
            percent(promise.falseAlarms()),
            percent(promise.uncertain()),
            (int)
                pictures.of(of).stream()
                    .filter(one -> one.purpose() == Purpose.CALIBRATION)
                    .count()));
  }

  private DecidePage.Now now(Product product, DetectorVersion version, Calibration calibration) {
    Scores.Known known = scores.of(product);
    float threshold = calibration.imageThreshold();
    Optional<Float> lower = calibration.uncertain().map(Uncertain::threshold);
    return new DecidePage.Now(
        version.version(),
        calibration.statement(),
        JSON.writeValueAsString(known),
        number(threshold),
        number(lower.orElse(threshold)),
        lower.isPresent(),
        number(highest(known, threshold)));
  }

  /** A scale with room beyond all there is, but no further than scores go. */
  private static float highest(Scores.Known known, float threshold) {
    float most =
        Stream.of(known.calibration(), known.good(), known.bad(), known.open(), List.of(threshold))
            .filter(list -> !list.isEmpty())
            .map(Collections::max)
            .max(Float::compare)
            .orElse(threshold);
    return Math.min(HIGHEST, most * ROOM + 0.01f);
  }

  /** Rounded up: what was just good enough stays so. */
  private static String number(float score) {
    return BigDecimal.valueOf(score).setScale(DIGITS, RoundingMode.CEILING).toPlainString();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.4g", 100 * share).replaceAll("\\.?0+$", "");
  }

  @PostMapping
  ResponseEntity<byte[]> choose(
      @PathVariable String product,
      @RequestParam float threshold,
      @RequestParam(defaultValue = "false") boolean two,
      @RequestParam Optional<Float> lower) {
    Product of = projects.get(product);
    detectors.decide(of, threshold, two ? lower : Optional.empty());
    return Pages.seeOther(PageController.head(of, "").place("decide"));
  }

  @PostMapping("/promise")
  ResponseEntity<byte[]> promise(
      @PathVariable String product,
      @RequestParam String falseAlarms,
      @RequestParam String uncertain) {
    Product of = projects.get(product);
    detectors.calibrate(of, new Promise(share(falseAlarms), share(uncertain)));
    return Pages.seeOther(PageController.head(of, "").place("detector"));
  }

  private static double share(String percent) {
    try {
      return Double.parseDouble(percent.strip().replace(',', '.')) / 100;
    } catch (NumberFormatException e) {
      throw new InputException(
          "promise",
          InputException.quoted(percent) + " is no number of percent",
          "say it like 1 or 0.5",
          e);
    }
  }
}
