package io.github.anople.core.tensorfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HalfPrecisionTest {

  @Test
  void everyBinary16HasTheValueItsBitsSpell() {
    for (int bits = 0; bits < 0x10000; bits++) {
      int exponent = (bits >> 10) & 31;
      double fraction = (bits & 1023) / 1024.0;
      double magnitude;
      if (exponent == 31) {
        magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
      } else if (exponent == 0) {
        magnitude = Math.scalb(fraction, -14);
      } else {
        magnitude = Math.scalb(1 + fraction, exponent - 15);
      }
      double expected = (bits & 0x8000) == 0 ? magnitude : -magnitude;
      assertEquals((float) expected, HalfPrecision.halfToFloat((short) bits), "bits " + bits);
    }
  }

  @Test
  void everyBinary16SurvivesTheRoundTripBitForBit() {
    for (int bits = 0; bits < 0x10000; bits++) {
      short half = (short) bits;
      assertEquals(half, HalfPrecision.floatToHalf(HalfPrecision.halfToFloat(half)), "" + bits);
    }
  }

  @Test
  void everyBfloat16SurvivesTheRoundTripBitForBit() {
    for (int bits = 0; bits < 0x10000; bits++) {
      short bfloat = (short) bits;
      float wide = HalfPrecision.bfloatToFloat(bfloat);
      assertEquals(bits, Float.floatToRawIntBits(wide) >>> 16);
      assertEquals(bfloat, HalfPrecision.floatToBfloat(wide), "bits " + bits);
    }
  }

  @Test
  void halfwayBetweenTwoNeighboursRoundsToTheEvenOneAndBeyondItUp() {
    for (int bits = 0; bits < 0x7c00; bits++) {
      float low = HalfPrecision.halfToFloat((short) bits);
      // The neighbour of the largest finite value is where 65536 would be.
      float high = bits == 0x7bff ? 65536f : HalfPrecision.halfToFloat((short) (bits + 1));
      float middle = (low + high) / 2;
      checkTie(bits, HalfPrecision.floatToHalf(middle), "half");
      assertEquals((short) bits, HalfPrecision.floatToHalf(Math.nextDown(middle)), "" + bits);
      assertEquals((short) (bits + 1), HalfPrecision.floatToHalf(Math.nextUp(middle)), "" + bits);
      assertEquals(
          (short) (0x8000 | (bits + 1)), HalfPrecision.floatToHalf(-Math.nextUp(middle)), "-");
    }
    for (int bits = 0; bits < 0x7f80; bits++) {
      float middle = Float.intBitsToFloat((bits << 16) | 0x8000);
      checkTie(bits, HalfPrecision.floatToBfloat(middle), "bfloat");
      assertEquals((short) bits, HalfPrecision.floatToBfloat(Math.nextDown(middle)), "" + bits);
      assertEquals((short) (bits + 1), HalfPrecision.floatToBfloat(Math.nextUp(middle)), "" + bits);
    }
  }

  private static void checkTie(int lowBits, short rounded, String type) {
    assertEquals((short) (lowBits + (lowBits & 1)), rounded, type + " tie above bits " + lowBits);
  }

  @Test
  void narrowingPicksTheNearestOfAllNeighbours() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Float.isNaN(value)) {
        assertTrue(
            Float.isNaN(HalfPrecision.halfToFloat(HalfPrecision.floatToHalf(value))), "" + value);
        assertTrue(
            Float.isNaN(HalfPrecision.bfloatToFloat(HalfPrecision.floatToBfloat(value))),
            "" + value);
      } else if (Math.abs(value) < 65504) {
        short half = HalfPrecision.floatToHalf(value);
        double error = Math.abs((double) HalfPrecision.halfToFloat(half) - value);
        for (int step : new int[] {-1, 1}) {
          double other = HalfPrecision.halfToFloat((short) (half + step));
          assertTrue(
              Double.isNaN(other) || error <= Math.abs(other - value), "seed 1, value " + value);
        }
      }
    }
  }

  @Test
  void notANumberWhosePayloadIsLostStaysNotANumber() {
    float hidden = Float.intBitsToFloat(0x7f800001);
    assertTrue(Float.isNaN(HalfPrecision.halfToFloat(HalfPrecision.floatToHalf(hidden))));
    assertTrue(Float.isNaN(HalfPrecision.bfloatToFloat(HalfPrecision.floatToBfloat(hidden))));
  }
}
