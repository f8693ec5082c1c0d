package io.github.anople.benchmark.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.report.ColourScale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class WorstCasesTest {

  private final List<TestPass.Scored> images = new ArrayList<>();

  private Sample good(String name, float score) {
    Sample sample = new Sample(Path.of(name), Optional.empty(), Label.NORMAL, "nut", Sample.GOOD);
    images.add(new TestPass.Scored(sample, score, OptionalDouble.empty()));
    return sample;
  }

  private Sample bent(String name, float score, OptionalDouble overlap) {
    Sample sample = new Sample(Path.of(name), Optional.empty(), Label.ANOMALOUS, "nut", "bent");
    images.add(new TestPass.Scored(sample, score, overlap));
    return sample;
  }

  private Map<Sample, String> worst(int most) {
    return new WorstCases(new TestPass(images, Optional.empty(), ColourScale.UNCALIBRATED), most)
        .find();
  }

  @Test
  void theWorstOfEachKindIsNamedWithWhatIsWrong() {
    good("calm", 0.1f);
    Sample loud = good("loud", 0.7f);
    good("louder than one", 0.4f);
    Sample missed = bent("missed", 0.3f, OptionalDouble.of(0.5));
    bent("found", 0.8f, OptionalDouble.of(0.9));
    Sample elsewhere = bent("found elsewhere", 0.9f, OptionalDouble.of(0.01));

    Map<Sample, String> worst = worst(1);

    assertEquals(List.of(loud, missed, elsewhere), List.copyOf(worst.keySet()));
    assertEquals(
        "good, but its score of 0.700 is as high as that of 1 of 3 defective ones, or higher",
        worst.get(loud));
    assertEquals(
        "defective, but its score of 0.300 is as low as that of 2 of 3 good ones, or lower",
        worst.get(missed));
    assertEquals(
        "binary map and ground truth overlap by 1.0% (intersection over union)",
        worst.get(elsewhere));
  }

  @Test
  void aPictureThatIsWrongTwiceIsShownOnce() {
    good("loud", 0.7f);
    Sample missed = bent("missed", 0.3f, OptionalDouble.of(0));

    Map<Sample, String> worst = worst(2);

    assertEquals(2, worst.size());
    assertTrue(worst.get(missed).startsWith("defective, but"), worst.get(missed));
    assertTrue(worst.get(missed).contains("; binary map"), worst.get(missed));
  }

  @Test
  void nothingIsWrongWhereEverythingIsRight() {
    good("calm", 0.1f);
    bent("found", 0.8f, OptionalDouble.of(1));
    bent("found, without ground truth", 0.8f, OptionalDouble.empty());

    assertEquals(Map.of(), worst(3));
  }

  @Test
  void ofEqualOnesTheFirstFilesAreTaken() {
    bent("c", 0.2f, OptionalDouble.empty());
    Sample first = bent("a", 0.2f, OptionalDouble.empty());
    Sample second = bent("b", 0.2f, OptionalDouble.empty());
    good("level", 0.2f);

    assertTrue(worst(2).keySet().containsAll(List.of(first, second)));
    assertEquals(3, worst(2).size(), "the two, and the good one");
  }
}
