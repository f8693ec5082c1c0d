package io.github.anople.inspect.report;

import io.github.anople.core.decide.SceneFault;
import io.github.anople.core.decide.Verdict;
import io.github.anople.inspect.data.EarlierResults;
import io.github.anople.inspect.data.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The table {@code scores.csv}: a header and a row an image, UTF-8, quoted and ended by CRLF as RFC
 * 4180 says, numbers with a point in every locale.
 *
 * <p>The columns are {@code path,score,verdict,label,category,defect_type}, and after them {@code
 * threshold,threshold_origin,margin,scene,notes,defects,largest_defect_percent} and {@code
 * uncertain_threshold,part}, always all and in this order; new ones come after them. A label is
 * {@code normal}, {@code anomalous} or {@code unknown}; verdict, threshold, origin ({@code
 * conformal}, {@code estimate} or {@code manual}) and margin are empty where there was no
 * threshold. The scene has the words for what is unlike the product, and is empty where nothing is,
 * or nobody asked. The notes say what was repaired in a file or left out of it, and are mostly
 * empty. A margin is (score − threshold) / threshold. Defects are how many there are, and the area
 * of the largest; both are empty where there was no pixel threshold. The uncertain threshold is the
 * lower of two, and empty where there is one; the part is what the image shows a view of, mostly
 * nothing. A spreadsheet would run a field that begins with {@code =}, {@code +}, {@code -},
 * {@code @}, a tab or a carriage return as a formula: such a path is written with {@code ./} before
 * it, which names the same file, and other text with {@code '}.
 */
public final class ScoresCsv {

  private static final String HEADER =
      EarlierResults.TABLE_START
          + ",threshold,threshold_origin,margin,scene,notes"
          + ",defects,largest_defect_percent,uncertain_threshold,part";

  private ScoresCsv() {}

  /**
   * The table's text.
   *
   * @param results the rows, in order
   * @return header and rows
   */
  public static String format(List<Inspection> results) {
    StringBuilder text = new StringBuilder(HEADER).append(CsvText.LINE_END);
    for (Inspection result : results) {
      Sample sample = result.sample();
      List<String> fields =
          List.of(
              CsvText.quoted(CsvText.guarded(result.path(), "./")),
              // Shortest digits that give the float back: no locale, no rounding.
              Float.toString(result.score()),
              result.verdict().map(Verdict::kind).orElse(""),
              sample.label().name().toLowerCase(Locale.ROOT),
              CsvText.quoted(CsvText.guarded(sample.category(), "'")),
              CsvText.quoted(CsvText.guarded(sample.defectType(), "'")),
              result.verdict().map(verdict -> "" + verdict.threshold().value()).orElse(""),
              result.verdict().map(verdict -> verdict.threshold().origin().id()).orElse(""),
              result.verdict().map(ScoresCsv::margin).orElse(""),
              CsvText.quoted(
                  result.verdict().map(verdict -> SceneFault.words(verdict.faults())).orElse("")),
              CsvText.quoted(CsvText.guarded(result.noteWords(), "'")),
              result.defects().map(found -> "" + found.count()).orElse(""),
              result.defects().map(found -> "" + (float) found.largestPercent()).orElse(""),
              result
                  .verdict()
                  .flatMap(verdict -> verdict.threshold().uncertain())
                  .map(lower -> Float.toString(lower))
                  .orElse(""),
              CsvText.quoted(CsvText.guarded(result.part().orElse(""), "./")));
      text.append(String.join(",", fields)).append(CsvText.LINE_END);
    }
    return text.toString();
  }

  /**
   * Writes the table.
   *
   * @param file where to
   * @param results the rows, in order
   * @throws io.github.anople.core.InputException if it cannot be written
   */
  public static void write(Path file, List<Inspection> results) {
    ReportFile.write(file, format(results));
  }

  private static String margin(Verdict verdict) {
    OptionalDouble margin = verdict.margin();
    return margin.isPresent() ? Float.toString((float) margin.getAsDouble()) : "";
  }
}
