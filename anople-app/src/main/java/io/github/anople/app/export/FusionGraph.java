package io.github.anople.app.export;

import io.github.anople.torch.memory.Fusion;
import java.util.List;

/**
 * One map and one score of what prompts and memory say: the twin of {@link Fusion}.
 *
 * @param room where its nodes go
 * @param fusion how two opinions become one
 */
record FusionGraph(GraphScope room, Fusion fusion) {

  /** M_q of M̂ and M_mem. */
  String map(String pixels, String distance) {
    return fusion.rule() == Fusion.Rule.HARMONIC
        ? harmonic(pixels, distance)
        : geometric(distance, pixels, fusion.ofMap());
  }

  /** The score of p̂ and what the image score's rule says of M_q; {@code scale} as there. */
  String score(String probability, String worst, double scale) {
    if (fusion.rule() == Fusion.Rule.HARMONIC) {
      return harmonic(probability, worst);
    }
    String whole =
        scale == 1
            ? worst
            : room.node("Mul", "whole", List.of(worst, room.number("scale", 1 / scale)));
    return geometric(whole, probability, fusion.ofImage());
  }

  /** 1 / (1/a + 1/b), either operand taken as at least 1e-6. */
  private String harmonic(String a, String b) {
    String sum = room.node("Add", "sum", List.of(inverse("first", a), inverse("second", b)));
    return room.node("Reciprocal", "fused", List.of(sum));
  }

  private String inverse(String part, String x) {
    return room.node("Reciprocal", part + "_inverse", List.of(positive(part, x)));
  }

  /** ½ · a^(1 − w) · b^w. */
  private String geometric(String a, String b, double weight) {
    String product =
        room.node(
            "Mul", "product", List.of(power("first", a, 1 - weight), power("second", b, weight)));
    return room.node("Mul", "fused", List.of(product, room.number("half", 0.5)));
  }

  private String power(String part, String x, double exponent) {
    return room.node(
        "Pow",
        part + "_power",
        List.of(positive(part, x), room.number(part + "_weight", exponent)));
  }

  private String positive(String part, String x) {
    return Formulas.atLeast(room, part + "_positive", x, Fusion.SMALLEST);
  }
}
