package io.github.anople.torch.synth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.anople.core.Golden;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SimulateGoldenTest {

  private final Golden simulate = Golden.open("simulate.safetensors");

  static Stream<String> perlinCases() {
    return Golden.open("simulate.safetensors").names().stream()
        .filter(name -> name.startsWith("perlin_"))
        .map(name -> name.substring(0, name.indexOf('/')))
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("perlinCases")
  void noiseItsRotationAndItsMaskMatchTheReference(String name) {
    long[] corners = simulate.shape(name + "/angles");
    int side = (int) simulate.shape(name + "/noise")[0];
    float[] noise =
        PerlinMask.noise(
            simulate.floats(name + "/angles"), (int) corners[0] - 1, (int) corners[1] - 1, side);
    simulate.check(name + "/noise", noise);
    float[] rotated = PerlinMask.rotate(noise, side, simulate.scalar(name + "/degrees"));
    simulate.check(name + "/rotated", rotated);
    assertArrayEquals(simulate.longs(name + "/mask"), widened(PerlinMask.cut(rotated)));
  }

  @Test
  void theBlendMatchesTheReference() {
    byte[] mask = narrowed(simulate.longs("blend/mask"));
    float[] blended =
        PseudoAnomaly.blend(
            simulate.floats("blend/x"),
            simulate.floats("blend/source"),
            mask,
            simulate.scalar("blend/beta"));
    simulate.check("blend/out", blended);
  }

  private static long[] widened(byte[] values) {
    long[] wide = new long[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static byte[] narrowed(long[] values) {
    byte[] narrow = new byte[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (byte) values[i];
    }
    return narrow;
  }
}
