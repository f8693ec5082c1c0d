package io.github.anople.inspect.evaluate;

import io.github.anople.core.decide.Verdict;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.report.Inspection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many images of a kind were called what.
 *
 * @param ok how many are OK
 * @param uncertain how many are between two thresholds; 0 with one
 * @param rejected how many are NOT OK or NOT LIKE THE PRODUCT
 */
public record Decisions(int ok, int uncertain, int rejected) {

  /**
   * Counts verdicts.
   *
   * @param images some images
   * @param label which of them count
   * @return what was decided; nothing where there was no threshold
   */
  public static Decisions of(List<Inspection> images, Label label) {
    List<Verdict> verdicts =
        images.stream()
            .filter(image -> image.sample().label() == label)
            .flatMap(image -> image.verdict().stream())
            .toList();
    return new Decisions(
        (int) verdicts.stream().filter(Verdict::ok).count(),
        (int) verdicts.stream().filter(Verdict::uncertain).count(),
        (int) verdicts.stream().filter(Verdict::rejected).count());
  }

  /**
   * How many verdicts there were.
   *
   * @return the sum
   */
  public int all() {
    return ok + uncertain + rejected;
  }

  /**
   * For a line of text.
   *
   * @param two whether there are two thresholds
   * @return for example {@code 70 OK, 1 UNCERTAIN, 1 NOT OK}
   */
  public String words(boolean two) {
    return ok + " OK, " + (two ? uncertain + " UNCERTAIN, " : "") + rejected + " NOT OK";
  }

  Map<String, Object> content() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("ok", ok);
    content.put("uncertain", uncertain);
    content.put("not_ok", rejected);
    return content;
  }
}
