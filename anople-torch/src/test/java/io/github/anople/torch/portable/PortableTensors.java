package io.github.anople.torch.portable;

import static io.github.anople.core.SplitMix64.GAMMA;
import static io.github.anople.core.SplitMix64.mix;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Pseudo-random tensors that every language makes alike: the rule of the golden folder's {@code
 * full/README.md}.
 *
 * <p>Element i of a tensor is offset + a·u, u from 24 bits of splitmix64's finaliser over the hash
 * of its name.
 */
public final class PortableTensors {

  private PortableTensors() {}

  /**
   * A whole tensor.
   *
   * @param name what its values follow from
   * @param count the number of elements
   * @param offset the middle of the values
   * @param amplitude how far they go to either side
   * @return row-major values
   */
  public static float[] values(String name, int count, double offset, double amplitude) {
    long seed = fnv1a64(name);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      long k = mix(seed + (i + 1) * GAMMA) >>> 40;
      double u = (k - (1 << 23)) / (double) (1 << 23);
      values[i] = (float) (offset + amplitude * u);
    }
    return values;
  }

  private static long fnv1a64(String name) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : name.getBytes(UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }
}
