package io.github.anople.app.export;

import static io.github.anople.app.export.Attributes.integer;

import io.github.anople.core.tensorfile.DType;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes every map in fp32 and beside it in 8 bits, goes on with the fp32 result, and puts out
 * how far the other is from it.
 *
 * <p>Each column of a result counts alike, by how much it differs from row to row: a column's error
 * is min(1, mean (rough − exact)² / variance of exact over the rows), a map's the root of their
 * mean over the columns that are not constant. Measured over all numbers together, a few large
 * columns would hide that all others are lost, and one number a range is what 8 bits have.
 */
final class ProbeProducts implements Products {

  /** Columns that differ less from row to row are constant. */
  private static final double LEAST_VARIANCE = 1e-12;

  private final FloatProducts exact;
  private final ByteProducts rough;
  private final int patches;
  private final List<String> names = new ArrayList<>();

  /**
   * Makes both.
   *
   * @param patches how many patch rows follow the class row
   */
  ProbeProducts(Weights weights, int patches) {
    this.patches = patches;
    this.exact = new FloatProducts(weights, DType.F32);
    this.rough = ByteProducts.everywhere(weights);
  }

  /** The maps, in the order of computation. */
  List<String> names() {
    return List.copyOf(names);
  }

  /** The graph's output that tells the error of a map. */
  static String output(String name) {
    return name + ".error.relative";
  }

  @Override
  public DType stored() {
    return DType.F32;
  }

  @Override
  public String linear(GraphScope room, String x, String prefix, Rows rows) {
    String result = exact.linear(room, x, prefix, rows);
    String other = rough.quantized(room, x, prefix);
    GraphScope error = room.room("error");
    if (rows == Rows.TOKENS) {
      relativeError(error, patches(error, "rough", other), patches(error, "exact", result));
    } else {
      relativeError(error, other, result);
    }
    room.graph().output(output(room.name()), DType.F32);
    names.add(room.name());
    return result;
  }

  private static void relativeError(GraphScope room, String rough, String exact) {
    String difference = room.node("Sub", "difference", List.of(rough, exact));
    String mean = overRows(room, "mean", exact);
    String around = room.node("Sub", "around_mean", List.of(exact, mean));
    String variance = overRows(room, "variance", squared(room, "squares", around));
    String error = overRows(room, "mean_square", squared(room, "square_errors", difference));
    String least = room.number("least", LEAST_VARIANCE);
    String size = room.node("Add", "size", List.of(variance, least));
    String share = room.node("Div", "share", List.of(error, size));
    String capped = room.node("Min", "capped", List.of(share, room.number("one", 1)));
    String counts = room.node("Div", "counts", List.of(variance, size)); // 0 or nearly 1
    String lost = room.node("ReduceSum", "lost", List.of(capped), integer("keepdims", 0));
    String all = room.node("ReduceSum", "all", List.of(counts), integer("keepdims", 0));
    String some = room.node("Max", "at_least_one", List.of(all, room.number("first", 1)));
    room.node("Sqrt", "relative", List.of(room.node("Div", "ratio", List.of(lost, some))));
  }

  /** The rows of patches alone: those of the context may be far larger, and nobody reads them. */
  private String patches(GraphScope room, String part, String x) {
    return room.node(
        "Slice",
        part,
        List.of(
            x,
            room.integers(part + "_from", 1),
            room.integers(part + "_to", 1L + patches),
            room.integers(part + "_axis", -2)));
  }

  private static String squared(GraphScope room, String part, String x) {
    return room.node("Mul", part, List.of(x, x));
  }

  private static String overRows(GraphScope room, String part, String x) {
    return room.node(
        "ReduceMean", part, List.of(x, room.integers(part + "_axis", -2)), integer("keepdims", 1));
  }
}
