package io.github.anople.inspect.report;

/** What is known of an image's pixels, and so whether they count in the pixel metrics. */
public enum PixelTruth {
  /** The image is good: no pixel is defective. */
  GOOD,
  /** A mask tells which pixels are defective. */
  MASKED,
  /** The image is defective, nobody knows where: its pixels are left out. */
  NO_MASK,
  /** There is a mask, but it cannot be read: its pixels are left out. */
  UNREADABLE_MASK,
  /** Nobody said whether the image is good, or nobody asked: it is left out of all metrics. */
  UNKNOWN
}
