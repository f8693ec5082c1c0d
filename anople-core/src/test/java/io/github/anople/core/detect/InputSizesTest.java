package io.github.anople.core.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.anople.core.SyntheticParts;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputSizesTest {

  private static final RgbImage IMAGE = RgbImage.of(SyntheticParts.good(0));

  @Test
  void eachFurtherSizeIsNamedOnceAndTheDetectorsOwnNever() {
    InputSizes sizes = InputSizes.of(24, List.of(24, 42, 14, 42));
    assertEquals(List.of(14, 42), sizes.others());
    assertEquals(42, sizes.largest());
    assertEquals(InputSizes.one(24), InputSizes.of(24, List.of(24)));
    assertEquals(24, InputSizes.of(24, List.of(14)).largest());
  }

  @Test
  void eachSquareIsMadeOfTheImageItself() {
    PreparedImage prepared = InputSizes.of(24, List.of(42)).prepare(IMAGE);
    for (int side : new int[] {24, 42}) {
      assertArrayEquals(
          Resampler.resize(IMAGE, side, side).toPlanar(), prepared.at(side).toPlanar());
    }
    assertEquals(prepared.image().bytes() + prepared.at(42).bytes(), prepared.bytes());
    assertThrows(IllegalArgumentException.class, () -> prepared.at(14));
  }

  @Test
  void aDetectorOfOneSizeGetsTheSquareAlone() {
    PreparedImage prepared = InputSizes.one(24).prepare(IMAGE);
    assertEquals(0, prepared.others().size());
    assertArrayEquals(
        PreparedImage.square(IMAGE, 24).image().toPlanar(), prepared.at(24).toPlanar());
  }
}
