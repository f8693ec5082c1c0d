package io.github.anople.inspect.report.html;

import io.github.anople.core.decide.Verdict;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.page.Words;
import io.github.anople.inspect.report.InspectionReport;
import java.time.Instant;
import java.util.Optional;

/**
 * The first that a reader sees.
 *
 * @param kicker the category, unless the title says it
 * @param title what was tested
 * @param verdict how it came out, in a sentence
 * @param made when
 * @param program by which program
 * @param tested how many images, and of which kinds
 */
record Heading(
    Optional<String> kicker,
    String title,
    String verdict,
    Instant made,
    String program,
    String tested) {

  static Heading of(InspectionReport report) {
    InspectionReport.Heading heading = report.heading();
    boolean told = heading.title().endsWith(" " + heading.category());
    return new Heading(
        told ? Optional.empty() : Optional.of(heading.category()),
        Words.name(heading.title()),
        heading.verdict(),
        heading.made(),
        heading.program(),
        tested(report));
  }

  private static String tested(InspectionReport report) {
    String images = Words.count(report.images().size(), "image");
    long good = count(report, Label.NORMAL);
    long bad = count(report, Label.ANOMALOUS);
    long unknown = count(report, Label.UNKNOWN);
    String told = images + ": " + Words.count(good) + " good, " + Words.count(bad) + " defective";
    String all = unknown == 0 ? told : told + ", " + Words.count(unknown) + " unknown";
    long uncertain =
        report.images().stream()
            .filter(image -> image.verdict().filter(Verdict::uncertain).isPresent())
            .count();
    String doubted = uncertain == 0 ? all : all + "; " + Words.count(uncertain) + " uncertain";
    long unlike =
        report.images().stream()
            .filter(image -> image.verdict().filter(one -> !one.faults().isEmpty()).isPresent())
            .count();
    return unlike == 0 ? doubted : doubted + "; " + Words.count(unlike) + " not like the product";
  }

  private static long count(InspectionReport report, Label label) {
    return report.images().stream().filter(image -> image.sample().label() == label).count();
  }
}
