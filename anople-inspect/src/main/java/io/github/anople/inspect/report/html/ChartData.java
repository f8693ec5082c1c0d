package io.github.anople.inspect.report.html;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Optional;

/**
 * What the script draws: each chart under its name, and null what the page lacks.
 *
 * @param histogram the images by score
 * @param roc the ROC curve
 * @param pr the curve of precision and recall
 * @param features the images' features, by group
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ChartData(Bars histogram, Line roc, Line pr, List<Group> features) {

  /** Without any chart. */
  static final ChartData NONE = new ChartData(null, null, null, null);

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * A histogram.
   *
   * @param edges [bins + 1], ascending
   * @param normal [bins]
   * @param anomalous [bins]
   * @param unknown [bins]
   * @param threshold a line across; null where there is none
   * @param uncertain the line of a lower threshold; null where there is none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Bars(
      double[] edges,
      int[] normal,
      int[] anomalous,
      int[] unknown,
      Double threshold,
      Double uncertain) {}

  /**
   * A curve.
   *
   * @param points x and y of each
   * @param at x and y where the threshold is; null where there is none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Line(List<double[]> points, double[] at) {}

  /**
   * Points that belong together.
   *
   * @param title their name
   * @param kind what they are, for the script to choose a shape
   * @param mark what stands beside each; null for nothing
   * @param points x, y and the name of each
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Group(String title, String kind, String mark, List<List<Object>> points) {}

  ChartData with(Optional<List<Group>> groups) {
    return new ChartData(histogram, roc, pr, groups.orElse(null));
  }

  /** JSON that may stand in a script element: no name in it can end the element. */
  String json() {
    try {
      return JSON.writeValueAsString(this).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers and texts that are not JSON", e);
    }
  }
}
