package io.github.anople.export;

import static io.github.anople.export.Attributes.integer;

import io.github.anople.core.tensorfile.DType;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes every map in fp32 and beside it in 8 bits, goes on with the fp32 result, and puts out
 * how far the other is from it: ‖rough − exact‖ / ‖exact‖.
 */
final class ProbeProducts implements Products {

  private final FloatProducts exact;
  private final ByteProducts rough;
  private final List<String> names = new ArrayList<>();

  ProbeProducts(Weights weights) {
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
  public String linear(Room room, String x, String weight, String bias) {
    String result = exact.linear(room, x, weight, bias);
    String other = rough.quantized(room, x, weight, bias);
    Room error = room.room("error");
    String difference = error.node("Sub", "difference", List.of(other, result));
    error.node(
        "Div",
        "relative",
        List.of(length(error, "of_difference", difference), length(error, "of_exact", result)));
    room.graph().output(output(room.name()), DType.F32);
    names.add(room.name());
    return result;
  }

  /** The Euclidean length of all numbers together. */
  private static String length(Room room, String part, String x) {
    return room.node("ReduceL2", part, List.of(x), integer("keepdims", 0));
  }
}
