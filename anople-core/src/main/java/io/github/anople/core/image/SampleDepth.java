package io.github.anople.core.image;

import io.github.anople.core.InputException.Topic;
import io.github.anople.core.image.PictureNote.Kind;
import java.util.OptionalInt;

/**
 * How many bits of a 16-bit sample are used, and at which end. Cameras put 10, 12 or 14 bits into
 * the low ones, and then a picture whose high bytes are kept is nearly black.
 *
 * <p>What was asked for comes first, then what the file says of itself, and where neither tells,
 * all 16 bits count; a picture that would be dark for it is noted. Every sample is still whole, so
 * the largest one is evidence.
 */
final class SampleDepth {

  private static final int STORED = 16;

  /** A level of a picture has 8 bits, so samples of fewer are no wider picture's. */
  private static final int LEAST = 8;

  /** With one bit unused a picture is half as bright, which many a sound picture is. */
  private static final int MOST_SUSPECT = 14;

  private final OptionalInt asked;
  private OptionalInt exact = OptionalInt.empty();
  private OptionalInt largestIsBitsOf = OptionalInt.empty();
  private OptionalInt significant = OptionalInt.empty();

  private SampleDepth(OptionalInt asked) {
    this.asked = asked;
  }

  static SampleDepth asked(OptionalInt bits) {
    return new SampleDepth(bits);
  }

  /** The file stores so many bits a sample and no more: nobody can ask for others. */
  void exactly(int bits) {
    exact = OptionalInt.of(bits);
  }

  /** The file names the largest value that its samples may have: 4095 are 12 bits. */
  void largest(long value) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value);
    if (bits >= LEAST && bits < STORED && value == (1L << bits) - 1) {
      largestIsBitsOf = OptionalInt.of(bits);
    }
  }

  /**
   * The file says how many bits its samples had before they were stretched to 16 (PNG's sBIT). Such
   * samples are copied bits from the top down; those that are not were never stretched.
   */
  void significant(int bits) {
    if (bits >= LEAST && bits < STORED) {
      significant = OptionalInt.of(bits);
    }
  }

  /**
   * How many of the low bits are to be stretched to the whole range.
   *
   * @param samples every colour sample of the picture, 16 bits each
   * @param reading takes the note where nobody says and the picture would be dark
   */
  int of(Samples samples, Reading reading) throws ImageException {
    if (exact.isPresent()) {
      return exact.getAsInt();
    }
    int largest = samples.largest();
    int bits = Math.max(LEAST, Integer.SIZE - Integer.numberOfLeadingZeros(largest));
    if (asked.isPresent()) {
      if (bits > asked.getAsInt()) {
        throw new ImageException(
            "has a sample of " + largest + ", which " + asked.getAsInt() + " bits do not hold",
            "give the bit depth that the camera has, or none",
            Topic.BIT_DEPTH);
      }
      return asked.getAsInt();
    }
    if (largestIsBitsOf.isPresent() && bits <= largestIsBitsOf.getAsInt()) {
      return largestIsBitsOf.getAsInt();
    }
    if (significant.isPresent()
        && bits <= significant.getAsInt()
        && !samples.stretchedFrom(significant.getAsInt())) {
      return significant.getAsInt();
    }
    if (bits <= MOST_SUSPECT && largest > 0) {
      reading.note(
          Kind.BIT_DEPTH,
          ("has 16-bit samples of which the largest, %d, fits in %d bits: read as 16 bits, it is"
                  + " dark")
              .formatted(largest, bits + (bits & 1)));
    }
    return STORED;
  }

  /** The samples that are evidence. */
  interface Samples {

    /** The largest sample. */
    int largest();

    /** Whether every sample is one of so many bits, moved or copied to the top. */
    boolean stretchedFrom(int bits);
  }
}
