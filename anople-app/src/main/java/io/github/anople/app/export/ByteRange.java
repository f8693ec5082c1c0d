package io.github.anople.app.export;

import static io.github.anople.app.export.Attributes.integer;

import io.github.anople.core.tensorfile.DType;
import java.util.List;

/**
 * How each picture's numbers become bytes: 0 ≤ round(x / scale) + zero ≤ 255, over the range that
 * the numbers of that picture have.
 *
 * <p>The arithmetic is that of ONNX's {@code DynamicQuantizeLinear}, which has one range for a
 * whole batch: a picture's score would depend on what else is in it.
 *
 * @param scale fp32, {@code [images]}, positive
 * @param zero a whole number as fp32, {@code [images]}
 */
record ByteRange(String scale, String zero) {

  private static final int LARGEST_BYTE = 255;

  /**
   * The range of each picture, widened to hold 0.
   *
   * @param room where it stands
   * @param x {@code [images, rows, in]}
   */
  static ByteRange of(GraphScope room, String x) {
    String axes = room.integers("axes", 1, 2);
    String nothing = room.number("nothing", 0);
    String lowest = room.node("ReduceMin", "lowest", List.of(x, axes), integer("keepdims", 0));
    String highest = room.node("ReduceMax", "highest", List.of(x, axes), integer("keepdims", 0));
    String from = room.node("Min", "from", List.of(lowest, nothing));
    String to = room.node("Max", "to", List.of(highest, nothing));
    String range = room.node("Sub", "range", List.of(to, from));
    String step = room.node("Div", "step", List.of(range, room.number("steps", LARGEST_BYTE)));
    // Where all numbers are 0, any scale does.
    String scale = room.node("Max", "scale", List.of(step, room.number("least", Float.MIN_NORMAL)));
    String below = room.node("Sub", "below", List.of(nothing, from));
    String zero =
        room.node("Round", "zero", List.of(room.node("Div", "share", List.of(below, scale))));
    return new ByteRange(scale, zero);
  }

  /** The numbers as bytes, of the shape of x. */
  String bytes(GraphScope room, String x) {
    String zeroByte = Products.cast(room, "zero_byte", zero, DType.U8);
    return room.node("QuantizeLinear", "bytes", List.of(x, scale, zeroByte), integer("axis", 0));
  }
}
