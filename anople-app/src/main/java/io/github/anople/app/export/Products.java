package io.github.anople.app.export;

import static io.github.anople.app.export.Attributes.integer;

import io.github.anople.core.tensorfile.DType;
import java.util.List;

/**
 * How the big products are computed, the encoder's blocks' and the decoder's last: in fp32, or in 8
 * bits. Everything between is fp32.
 */
interface Products {

  /** What the rows of an input are. */
  enum Rows {
    /** The class row, those of the patches, those of the context. */
    TOKENS,
    /** Places of the picture. */
    PLACES
  }

  /** The type in which other weights are stored; they are widened to fp32 when they are read. */
  DType stored();

  /**
   * The affine map y = x Wᵀ + b.
   *
   * @param room where it stands; the map is named after it
   * @param x {@code [images, rows, in]}
   * @param prefix of the names of W, {@code [out, in]}, and b, {@code [out]}: {@code weight} and
   *     {@code bias} follow
   * @param rows what the rows of x are
   * @return {@code [images, rows, out]}
   */
  String linear(GraphScope room, String x, String prefix, Rows rows);

  /** Converts values. */
  static String cast(GraphScope room, String part, String x, DType to) {
    return room.node("Cast", part, List.of(x), integer("to", OnnxGraph.elementType(to)));
  }
}
