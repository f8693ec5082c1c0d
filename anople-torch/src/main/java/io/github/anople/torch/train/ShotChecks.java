package io.github.anople.torch.train;

import io.github.anople.torch.train.TrainingRemark.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Looks for shots that teach nothing, or not what they seem to.
 *
 * <p>The limits are wide: no good picture of four real data sets is called dark, empty or blurred.
 */
public final class ShotChecks {

  private static final int DARK = 16;
  private static final int EMPTY = 8;

  /** What is blurred whatever the others are; the good ones of real sets have at most .59. */
  private static final double BLURRED = 0.62;

  /** What is blurred beside others that are so much sharper. */
  private static final double SOFT = 0.55;

  private static final double SOFTER = 2.2;

  private static final double OTHER_SHAPE = 1.05;
  private static final double OTHER_SIZE = 1.25;
  private static final int NAMED = 4;

  /**
   * A shot.
   *
   * @param name {@code product/file}
   * @param sha256 of its file
   * @param sight of its pixels
   */
  private record Seen(String name, String sha256, ShotSight sight) {

    boolean dark() {
      return sight.bright() < DARK;
    }

    boolean empty() {
      return !dark() && sight.range() < EMPTY;
    }

    int longest() {
      return Math.max(sight.width(), sight.height());
    }

    double shape() {
      return (double) sight.width() / sight.height();
    }

    String sized() {
      return "%s (%d x %d)".formatted(name, sight.width(), sight.height());
    }
  }

  private final Map<String, List<Seen>> products = new LinkedHashMap<>();
  private final List<TrainingRemark> remarks = new ArrayList<>();

  /** Of no shot yet. */
  public ShotChecks() {}

  /**
   * Adds a shot.
   *
   * @param product what it is a picture of; shots of one product are compared
   * @param name what remarks call it
   * @param sha256 of its file
   * @param sight of its pixels
   */
  public void add(String product, String name, String sha256, ShotSight sight) {
    products.computeIfAbsent(product, of -> new ArrayList<>()).add(new Seen(name, sha256, sight));
  }

  /**
   * What there is to say.
   *
   * @return a remark for each kind of fault that was found
   */
  public List<TrainingRemark> remarks() {
    List<Seen> all = products.values().stream().flatMap(Collection::stream).toList();
    all.stream()
        .collect(
            Collectors.groupingBy(
                seen -> List.of(seen.sight().width(), seen.sight().height(), seen.sight().pixels()),
                LinkedHashMap::new,
                Collectors.toList()))
        .values()
        .forEach(this::same);
    each(
        Kind.DARK,
        all.stream().filter(Seen::dark).toList(),
        "nearly black: a hundredth of it at most is above level " + DARK + " of 255",
        "check the light, the exposure and the bit depth");
    each(
        Kind.EMPTY,
        all.stream().filter(Seen::empty).toList(),
        "of one grey: nearly all of it lies within " + EMPTY + " levels of 255",
        "check that the part is in the picture");
    each(
        Kind.BLURRED,
        products.values().stream().flatMap(shots -> shots.stream().filter(blurred(shots))).toList(),
        "blurred: smoothing changes hardly anything in it",
        "take it again in focus, unless all pictures to come are so");
    products.values().forEach(this::sizes);
    return List.copyOf(remarks);
  }

  private void same(List<Seen> same) {
    if (same.size() == 1) {
      return;
    }
    boolean bytes = same.stream().map(Seen::sha256).distinct().count() == 1;
    remarks.add(
        new TrainingRemark(
            Kind.SAME_PICTURE,
            names(same),
            named(same)
                + " are the same picture"
                + (bytes ? "" : " in different files")
                + ": together they teach what one does, and the estimate of thresholds, which asks"
                + " of each shot what the others tell, stands on nothing; give another picture"));
  }

  private void each(Kind kind, List<Seen> those, String what, String remedy) {
    if (!those.isEmpty()) {
      String verb = those.size() == 1 ? " is " : " are ";
      remarks.add(
          new TrainingRemark(kind, names(those), named(those) + verb + what + "; " + remedy));
    }
  }

  private static Predicate<Seen> blurred(List<Seen> product) {
    return seen -> {
      double blur = seen.sight().blur();
      double[] others =
          product.stream()
              .filter(other -> !other.equals(seen))
              .mapToDouble(other -> other.sight().blur())
              .sorted()
              .toArray();
      boolean softer =
          others.length > 0 && blur >= SOFT && blur >= SOFTER * others[others.length / 2];
      return !seen.dark() && !seen.empty() && (blur >= BLURRED || softer);
    };
  }

  /** Of the two that are furthest from each other. */
  private void sizes(List<Seen> product) {
    Seen tall = least(product, Seen::shape);
    Seen flat = least(product, seen -> -seen.shape());
    Seen small = least(product, Seen::longest);
    Seen large = least(product, seen -> -seen.longest());
    if (flat.shape() > OTHER_SHAPE * tall.shape()) {
      sizes(
          tall,
          flat,
          "have different shapes: each is resized to a square, so that the same part looks"
              + " different; cut them alike");
    } else if (large.longest() > OTHER_SIZE * small.longest()) {
      sizes(
          small,
          large,
          "have different sizes, and so details of different fineness; take them alike");
    }
  }

  private void sizes(Seen one, Seen other, String words) {
    List<Seen> both = List.of(one, other);
    remarks.add(
        new TrainingRemark(
            Kind.SIZES, names(both), one.sized() + " and " + other.sized() + " " + words));
  }

  private static Seen least(List<Seen> product, ToDoubleFunction<Seen> measure) {
    return product.stream().min(Comparator.comparingDouble(measure)).orElseThrow();
  }

  private static List<String> names(List<Seen> those) {
    return those.stream().map(Seen::name).toList();
  }

  /** In words; of many the first few. */
  private static String named(List<Seen> those) {
    List<String> names = names(those);
    int shown = names.size() > NAMED ? NAMED : names.size() - 1;
    String first = String.join(", ", names.subList(0, shown));
    String last =
        names.size() > NAMED ? names.size() - NAMED + " others" : names.get(names.size() - 1);
    return shown == 0 ? last : first + " and " + last;
  }
}
