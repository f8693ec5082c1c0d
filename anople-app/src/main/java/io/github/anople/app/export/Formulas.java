package io.github.anople.app.export;

import static io.github.anople.app.export.Attributes.integer;
import static io.github.anople.app.export.Attributes.integers;
import static io.github.anople.app.export.Attributes.text;

import io.github.anople.core.tensorfile.FloatTensor;
import java.util.List;

/** What several rooms of a graph compute, each by one name and one formula. */
final class Formulas {

  private static final double NORM_EPSILON = 1e-5;
  private static final double SMALLEST_LENGTH = 1e-12;
  private static final double QUICK_GELU = 1.702;

  private Formulas() {}

  /**
   * Layer normalisation over the last dimension, in parts: ONNX Runtime's own operator takes
   * longer, for it reads a row number by number.
   */
  static String layerNorm(GraphScope room, String x, FloatTensor weight, FloatTensor bias) {
    return layerNorm(room, x, weight, bias, NORM_EPSILON);
  }

  /** The same with another number added to the variance. */
  static String layerNorm(
      GraphScope room, String x, FloatTensor weight, FloatTensor bias, double epsilon) {
    GraphScope norm = room.room("normalize");
    double width = weight.values().length;
    String last = norm.integers("last", -1);
    String mean = norm.node("ReduceMean", "mean", List.of(x, last), integer("keepdims", 1));
    String centred = norm.node("Sub", "centred", List.of(x, mean));
    String squares =
        norm.node("ReduceSumSquare", "squares", List.of(centred, last), integer("keepdims", 1));
    String variance =
        norm.node("Mul", "variance", List.of(squares, norm.number("share", 1 / width)));
    String above =
        norm.node("Add", "above_zero", List.of(variance, norm.number("epsilon", epsilon)));
    String deviation = norm.node("Sqrt", "deviation", List.of(above));
    String unit = norm.node("Div", "unit", List.of(centred, deviation));
    String scaled = norm.node("Mul", "scaled", List.of(unit, room.floats("weight", weight)));
    return norm.node("Add", "shifted", List.of(scaled, room.floats("bias", bias)));
  }

  /** x / max(‖x‖₂, 1e-12) over the last dimension. */
  static String normalize(GraphScope room, String x) {
    return room.node("Div", "unit", List.of(x, length(room, x, -1)));
  }

  /** max(‖x‖₂, 1e-12) over a dimension, which stays with size 1. */
  static String length(GraphScope room, String x, long axis) {
    String length =
        room.node(
            "ReduceL2",
            "length",
            List.of(x, room.integers("length_axis", axis)),
            integer("keepdims", 1));
    return atLeast(room, "length_positive", length, SMALLEST_LENGTH);
  }

  /** max(x, smallest). */
  static String atLeast(GraphScope room, String part, String x, double smallest) {
    return room.node("Clip", part, List.of(x, room.number(part + "_from", smallest)));
  }

  /** The exact GELU, x · ½ · (1 + erf(x / √2)), in the form that runtimes recognise. */
  static String gelu(GraphScope room, String x) {
    String scaled = room.node("Div", "gelu_scaled", List.of(x, room.number("root", Math.sqrt(2))));
    String erf = room.node("Erf", "gelu_erf", List.of(scaled));
    String shifted = room.node("Add", "gelu_shifted", List.of(erf, room.number("one", 1)));
    String product = room.node("Mul", "gelu_product", List.of(x, shifted));
    return room.node("Mul", "gelu", List.of(product, room.number("half", 0.5)));
  }

  /** x · sigmoid(x). */
  static String silu(GraphScope room, String x) {
    String sigmoid = room.node("Sigmoid", "silu_sigmoid", List.of(x));
    return room.node("Mul", "silu", List.of(x, sigmoid));
  }

  /** x · sigmoid(1.702 x). */
  static String quickGelu(GraphScope room, String x) {
    String scaled = room.node("Mul", "gelu_scaled", List.of(x, room.number("quick", QUICK_GELU)));
    String sigmoid = room.node("Sigmoid", "gelu_sigmoid", List.of(scaled));
    return room.node("Mul", "gelu", List.of(x, sigmoid));
  }

  /** Bilinear enlargement of {@code [images, channels, side, side]} by a factor. */
  static String enlarge(GraphScope room, String maps, double factor) {
    FloatTensor scales =
        new FloatTensor(List.of(4L), new float[] {1, 1, (float) factor, (float) factor});
    return room.node(
        "Resize",
        "enlarged",
        List.of(maps, "", room.floats("enlargement", scales)),
        text("mode", "linear"),
        text("coordinate_transformation_mode", "half_pixel"));
  }

  /**
   * Bilinear resizing to a square of any side, by sizes: a factor that is no whole number might
   * round to another side.
   *
   * @param maps {@code [images, 1, h, h]}
   */
  static String resized(GraphScope room, String maps, int side) {
    return room.node(
        "Resize",
        "resized",
        List.of(maps, "", "", room.integers("sizes", side, side)),
        text("mode", "linear"),
        text("coordinate_transformation_mode", "half_pixel"),
        integers("axes", 2, 3));
  }
}
