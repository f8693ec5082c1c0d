package io.github.anople.inspect.report;

import io.github.anople.core.decide.Verdict;
import io.github.anople.inspect.data.PartPattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A part of which there are several pictures. Its verdict is that of its worst view; one that lacks
 * a view is never OK, since nobody has seen all of it.
 *
 * @param name what the pattern found, or the path of a picture that it does not fit
 * @param matched whether the pattern fits
 * @param images its pictures, in order; of one that was taken anew the last
 * @param failed the paths of those that could not be scored
 * @param missing how many views it lacks besides, where the number is known
 */
public record Part(
    String name, boolean matched, List<Inspection> images, List<String> failed, int missing) {

  /** The text of a verdict on a part that lacks a view, and of which no other is NOT OK. */
  public static final String INCOMPLETE = "INCOMPLETE";

  private static final Comparator<Inspection> BY_BADNESS =
      Comparator.comparingInt(Part::rank).thenComparing(Inspection::score);

  /** A part. */
  public Part {
    images = List.copyOf(images);
    failed = List.copyOf(failed);
  }

  /**
   * The parts that pictures show.
   *
   * @param images the pictures, in order
   * @param failed the paths of those that could not be scored; what the pattern does not fit is no
   *     part
   * @param rule which belong together
   * @return the parts, in the order of their first picture
   */
  public static List<Part> of(List<Inspection> images, List<String> failed, PartRule rule) {
    // Overwritten pictures have several rows, and the last is what there is now.
    Map<String, Inspection> last = new LinkedHashMap<>();
    images.forEach(image -> last.put(image.path(), image));
    Map<String, List<Inspection>> shown = new LinkedHashMap<>();
    last.values()
        .forEach(
            image ->
                shown
                    .computeIfAbsent(rule.part(image.path()), any -> new ArrayList<>())
                    .add(image));
    Map<String, List<String>> lacking =
        failed.stream()
            .filter(path -> rule.pattern().match(path).isPresent())
            .collect(Collectors.groupingBy(rule::part, TreeMap::new, Collectors.toList()));
    lacking.keySet().forEach(name -> shown.computeIfAbsent(name, any -> new ArrayList<>()));
    List<Part> parts = new ArrayList<>();
    shown.forEach(
        (name, ofIt) -> parts.add(of(name, ofIt, lacking.getOrDefault(name, List.of()), rule)));
    return parts;
  }

  private static Part of(String name, List<Inspection> images, List<String> failed, PartRule rule) {
    boolean matched = !failed.isEmpty() || rule.pattern().match(images.get(0).path()).isPresent();
    List<String> views = new ArrayList<>(failed);
    images.forEach(image -> views.add(image.path()));
    long there = views.stream().map(path -> view(path, rule)).distinct().count();
    int missing = (int) Math.max(0, matched ? rule.views().orElse(0) - there : 0);
    return new Part(name, matched, images, failed, missing);
  }

  /** Two files of one view count once; without views in the pattern each file is one. */
  private static String view(String path, PartRule rule) {
    return rule.pattern().match(path).flatMap(PartPattern.Match::view).orElse(path);
  }

  /** The worse, the higher: what is not the product at all, NOT OK, UNCERTAIN, OK. */
  private static int rank(Inspection image) {
    Optional<Verdict> verdict = image.verdict();
    if (verdict.isEmpty() || verdict.get().ok()) {
      return 0;
    }
    return verdict.get().uncertain() ? 1 : verdict.get().faults().isEmpty() ? 2 : 3;
  }

  /**
   * The picture that the verdict is from.
   *
   * @return the worst, among equals the one with the largest score; empty where none was scored
   */
  public Optional<Inspection> worst() {
    return images.stream().max(BY_BADNESS);
  }

  /**
   * How anomalous the part is.
   *
   * @return the largest score of its pictures; empty where none was scored
   */
  public OptionalDouble score() {
    return images.stream().mapToDouble(Inspection::score).max();
  }

  /**
   * Whether not all of the part was seen.
   *
   * @return whether a view is missing or could not be scored
   */
  public boolean incomplete() {
    return missing > 0 || !failed.isEmpty();
  }

  /**
   * Whether the part is not good enough.
   *
   * @return whether a picture of it is not
   */
  public boolean rejected() {
    return images.stream().flatMap(one -> one.verdict().stream()).anyMatch(Verdict::rejected);
  }

  /**
   * Whether the part is good enough for certain.
   *
   * @return whether all of it was seen, and every picture is OK
   */
  public boolean ok() {
    return kind().filter(Verdict.OK::equals).isPresent();
  }

  /**
   * The verdict in a word.
   *
   * @return the worst picture's; {@link #INCOMPLETE} where that is not NOT OK and not all was seen;
   *     empty where there is no threshold
   */
  public Optional<String> kind() {
    return incomplete() && !rejected() ? Optional.of(INCOMPLETE) : worst(Verdict::kind);
  }

  /**
   * The verdict in words, for people.
   *
   * @return as {@link #kind}, with what is unlike the product, or what is missing
   */
  public Optional<String> text() {
    List<String> lack = new ArrayList<>();
    if (!failed.isEmpty()) {
      lack.add(failed.size() + " not readable");
    }
    if (missing > 0) {
      lack.add(missing + " missing");
    }
    Optional<String> seen = rejected() || !incomplete() ? worst(Verdict::text) : kind();
    return lack.isEmpty() ? seen : seen.map(text -> text + " (" + String.join(", ", lack) + ")");
  }

  private Optional<String> worst(Function<Verdict, String> words) {
    return worst().flatMap(Inspection::verdict).map(words);
  }

  /**
   * The part in a table for programs.
   *
   * @return {@code {"part", "verdict", "score", "worst", "views": [a path, …], "missing", "failed":
   *     [a path, …]}}; verdict, score, worst and missing are left out where there are none, failed
   *     where none did
   */
  public Map<String, Object> content() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("part", name);
    kind().ifPresent(kind -> content.put("verdict", kind));
    score().ifPresent(score -> content.put("score", (float) score));
    worst().ifPresent(image -> content.put("worst", image.path()));
    content.put("views", images.stream().map(Inspection::path).toList());
    if (missing > 0) {
      content.put("missing", missing);
    }
    if (!failed.isEmpty()) {
      content.put("failed", failed);
    }
    return content;
  }

  /**
   * What became of parts, for a line of text.
   *
   * @param parts some parts
   * @return for example {@code 12 parts: 10 OK, 1 UNCERTAIN, 1 NOT OK}; verdicts that none has are
   *     left out, besides OK and NOT OK
   */
  public static String counts(List<Part> parts) {
    long rejected = parts.stream().filter(Part::rejected).count();
    long ok = parts.stream().filter(Part::ok).count();
    long incomplete = parts.stream().filter(part -> has(part, INCOMPLETE)).count();
    long uncertain = parts.stream().filter(part -> has(part, Verdict.UNCERTAIN)).count();
    boolean judged =
        parts.stream()
            .flatMap(part -> part.images.stream())
            .anyMatch(image -> image.verdict().isPresent());
    List<String> counts = new ArrayList<>();
    if (judged) {
      counts.add(ok + " OK");
    }
    if (uncertain > 0) {
      counts.add(uncertain + " UNCERTAIN");
    }
    if (incomplete > 0) {
      counts.add(incomplete + " INCOMPLETE");
    }
    if (judged) {
      counts.add(rejected + " NOT OK");
    }
    return parts.size()
        + (parts.size() == 1 ? " part" : " parts")
        + (counts.isEmpty() ? "" : ": " + String.join(", ", counts));
  }

  private static boolean has(Part part, String kind) {
    return part.kind().filter(kind::equals).isPresent();
  }
}
