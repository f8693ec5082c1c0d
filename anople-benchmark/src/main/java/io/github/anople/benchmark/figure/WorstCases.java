package io.github.anople.benchmark.figure;

import io.github.anople.inspect.data.ImageFiles;
import io.github.anople.inspect.data.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The pictures of a test that are most wrong: good ones that score as high as defective ones, and
 * the other way about; and those whose binary map lies worst on the ground truth.
 *
 * @param pass the test
 * @param most how many of each kind
 */
record WorstCases(TestPass pass, int most) {

  /** What is wrong, in words, with each picture, the worst of each kind first. */
  Map<Sample, String> find() {
    Map<Sample, List<String>> wrong = new LinkedHashMap<>();
    List<TestPass.Scored> good = pass.images().stream().filter(TestPass.Scored::good).toList();
    List<TestPass.Scored> defective =
        pass.images().stream().filter(TestPass.Scored::defective).toList();
    worst(good.stream(), one -> -one.score())
        .filter(one -> atMost(defective, one) > 0)
        .forEach(
            one ->
                add(wrong, one, "good, but its score", atMost(defective, one), defective, "high"));
    worst(defective.stream(), TestPass.Scored::score)
        .filter(one -> atLeast(good, one) > 0)
        .forEach(
            one -> add(wrong, one, "defective, but its score", atLeast(good, one), good, "low"));
    worst(
            defective.stream().filter(one -> one.overlap().isPresent()),
            one -> one.overlap().getAsDouble())
        .filter(one -> one.overlap().getAsDouble() < 1)
        .forEach(one -> reasons(wrong, one).add(overlap(one)));
    Map<Sample, String> words = new LinkedHashMap<>();
    wrong.forEach((sample, reasons) -> words.put(sample, String.join("; ", reasons)));
    return words;
  }

  /** Those with the smallest values; where values are equal, in the order of the files. */
  private Stream<TestPass.Scored> worst(
      Stream<TestPass.Scored> images, ToDoubleFunction<TestPass.Scored> value) {
    return images
        .sorted(
            Comparator.comparingDouble(value)
                .thenComparing(one -> one.sample().image(), ImageFiles.ORDER))
        .limit(most);
  }

  private static long atMost(List<TestPass.Scored> others, TestPass.Scored one) {
    return others.stream().filter(other -> other.score() <= one.score()).count();
  }

  private static long atLeast(List<TestPass.Scored> others, TestPass.Scored one) {
    return others.stream().filter(other -> other.score() >= one.score()).count();
  }

  private static void add(
      Map<Sample, List<String>> wrong,
      TestPass.Scored one,
      String what,
      long passed,
      List<TestPass.Scored> others,
      String way) {
    reasons(wrong, one)
        .add(
            String.format(
                Locale.ROOT,
                "%s of %.3f is as %s as that of %d of %d %s ones, or %ser",
                what,
                one.score(),
                way,
                passed,
                others.size(),
                one.good() ? "defective" : "good",
                way));
  }

  private static String overlap(TestPass.Scored one) {
    return String.format(
        Locale.ROOT,
        "binary map and ground truth overlap by %.1f%% (intersection over union)",
        100 * one.overlap().getAsDouble());
  }

  private static List<String> reasons(Map<Sample, List<String>> wrong, TestPass.Scored one) {
    return wrong.computeIfAbsent(one.sample(), sample -> new ArrayList<>());
  }
}
