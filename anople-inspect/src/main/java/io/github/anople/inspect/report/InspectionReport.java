package io.github.anople.inspect.report;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All that a report of a test tells, as plain values.
 *
 * @param heading what was tested, and the outcome in a sentence
 * @param numbers the numbers that sum it up
 * @param imageThreshold above which an image is called defective
 * @param pixelThreshold above which a pixel is
 * @param scale the colours of the heat maps
 * @param images every image, in order; those without thumbnails too
 * @param defects a row for each type of defect
 * @param features the plot of features, where they were kept
 * @param background how it came about
 * @param ignores whether the detector looks at a part of the images alone, and the others are
 *     hatched
 * @param parts the same by part, where several images show one
 */
public record InspectionReport(
    Heading heading,
    KeyNumbers numbers,
    ReportThreshold imageThreshold,
    ReportThreshold pixelThreshold,
    ColourScale scale,
    List<Inspection> images,
    List<DefectRow> defects,
    Optional<FeaturePlot> features,
    Background background,
    boolean ignores,
    Optional<PartSummary> parts) {

  /**
   * What was found of parts of several views.
   *
   * @param auroc area under the parts' ROC curve
   * @param ap their average precision
   * @param f1Max the largest F1 that any threshold reaches
   * @param verdicts what parts were called, for the columns of a table; none without a threshold
   * @param decisions how many were called so, a row for each that is known of them
   * @param kinds the verdict on each part in words, by its name
   */
  public record PartSummary(
      OptionalDouble auroc,
      OptionalDouble ap,
      OptionalDouble f1Max,
      List<String> verdicts,
      Map<String, List<Integer>> decisions,
      Map<String, String> kinds) {

    public PartSummary {
      Shares.check("part AUROC", auroc);
      Shares.check("part AP", ap);
      Shares.check("part F1-max", f1Max);
      verdicts = List.copyOf(verdicts);
      decisions = Collections.unmodifiableMap(new LinkedHashMap<>(decisions));
      kinds = Map.copyOf(kinds);
    }
  }

  /**
   * All that a report tells of a detector that looks at whole images.
   *
   * @param heading what was tested, and the outcome in a sentence
   * @param numbers the numbers that sum it up
   * @param imageThreshold above which an image is called defective
   * @param pixelThreshold above which a pixel is
   * @param scale the colours of the heat maps
   * @param images every image, in order
   * @param defects a row for each type of defect
   * @param features the plot of features, where they were kept
   * @param background how it came about
   */
  public InspectionReport(
      Heading heading,
      KeyNumbers numbers,
      ReportThreshold imageThreshold,
      ReportThreshold pixelThreshold,
      ColourScale scale,
      List<Inspection> images,
      List<DefectRow> defects,
      Optional<FeaturePlot> features,
      Background background) {
    this(
        heading,
        numbers,
        imageThreshold,
        pixelThreshold,
        scale,
        images,
        defects,
        features,
        background,
        false,
        Optional.empty());
  }

  /**
   * What was tested.
   *
   * @param title the report's title
   * @param category what the images show
   * @param made when the report was made
   * @param program the program's name and version
   * @param verdict a sentence that says how well the detector does
   */
  public record Heading(
      String title, String category, Instant made, String program, String verdict) {

    public Heading {
      Objects.requireNonNull(title, "title");
      Objects.requireNonNull(category, "category");
      Objects.requireNonNull(made, "made");
      Objects.requireNonNull(program, "program");
      Objects.requireNonNull(verdict, "verdict");
    }
  }

  /**
   * How the test came about. The maps keep their order.
   *
   * @param configuration settings and their values
   * @param provenance what the detector was made from, and on what it ran
   * @param timings steps and how long they took, units included
   * @param faults images that could not be tested, and other trouble, a line each
   */
  public record Background(
      Map<String, String> configuration,
      Map<String, String> provenance,
      Map<String, String> timings,
      List<String> faults) {

    public Background {
      configuration = ordered(configuration);
      provenance = ordered(provenance);
      timings = ordered(timings);
      faults = List.copyOf(faults);
    }

    /** Unlike {@code Map.copyOf}, keeps the order. */
    private static Map<String, String> ordered(Map<String, String> map) {
      return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
  }

  public InspectionReport {
    Objects.requireNonNull(heading, "heading");
    Objects.requireNonNull(numbers, "numbers");
    Objects.requireNonNull(imageThreshold, "imageThreshold");
    Objects.requireNonNull(pixelThreshold, "pixelThreshold");
    Objects.requireNonNull(scale, "scale");
    images = List.copyOf(images);
    defects = List.copyOf(defects);
    Objects.requireNonNull(features, "features");
    Objects.requireNonNull(background, "background");
    Objects.requireNonNull(parts, "parts");
  }
}
