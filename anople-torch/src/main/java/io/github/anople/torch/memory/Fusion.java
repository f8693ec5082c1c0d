package io.github.anople.torch.memory;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * How what prompts and decoder say (p̂, M̂) and what the memory says (M_mem) become one map and one
 * score, both in [0, ½].
 *
 * @param rule how two opinions become one
 * @param ofMap how much M̂ counts beside M_mem, w in [0, 1]; of {@link Rule#GEOMETRIC} alone
 * @param ofImage how much p̂ counts beside the map's score, v in [0, 1]; of the same rule alone
 */
public record Fusion(Rule rule, double ofMap, double ofImage) {

  /** The paper's. */
  public static final Fusion HARMONIC = new Fusion(Rule.HARMONIC, 0, 0);

  /** No operand counts as less: a patch seen before has distance 0. */
  public static final double SMALLEST = 1e-6;

  /** How two opinions become one. */
  public enum Rule {
    /** Half the harmonic mean (eq. 13 and 14): the smaller of the two decides. */
    HARMONIC,
    /**
     * Half the weighted geometric mean: ½·M_mem^(1−w)·M̂^w, and of its score g on [0, 1] and p̂
     * ½·g^(1−v)·p̂^v. What tells nothing of a product counts no more there than its weight.
     */
    GEOMETRIC;

    /**
     * The name in settings and files.
     *
     * @return lower case
     */
    @JsonValue
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * M_q.
   *
   * @param pixels M̂, any shape
   * @param distance M_mem, of the same shape
   * @return their fusion, in [0, ½]
   */
  public Tensor map(Tensor pixels, Tensor distance) {
    return rule == Rule.HARMONIC
        ? harmonic(pixels, distance)
        : power(distance, 1 - ofMap).mul_(power(pixels, ofMap)).mul_(new Scalar(0.5));
  }

  /**
   * The score.
   *
   * @param imageProbability p̂, {@code [images]}
   * @param worst what the image score's rule says of M_q, {@code [images]}
   * @param scale the largest value that M_q can have: ½, or 1 where it is M̂ for want of a memory
   * @return their fusion, in [0, ½]
   */
  public Tensor score(Tensor imageProbability, Tensor worst, double scale) {
    return rule == Rule.HARMONIC
        ? harmonic(imageProbability, worst)
        : power(worst.div(new Scalar(scale)), 1 - ofImage)
            .mul_(power(imageProbability, ofImage))
            .mul_(new Scalar(0.5));
  }

  private static Tensor power(Tensor x, double exponent) {
    return x.clamp_min(new Scalar(SMALLEST)).pow(new Scalar(exponent));
  }

  /**
   * 1 / (1/a + 1/b), either operand taken as at least 1e-6.
   *
   * @param a any shape
   * @param b a shape that broadcasts with it
   * @return their fusion
   */
  public static Tensor harmonic(Tensor a, Tensor b) {
    return inverse(a).add(inverse(b)).reciprocal();
  }

  private static Tensor inverse(Tensor x) {
    return x.clamp_min(new Scalar(SMALLEST)).reciprocal();
  }
}
