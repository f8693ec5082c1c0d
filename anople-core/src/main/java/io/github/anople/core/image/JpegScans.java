package io.github.anople.core.image;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * What a JPEG's scans bring of each component. A stream whose later scans are missing decodes
 * without a warning, to a picture that lacks its colours or its detail. (ITU-T T.81, B.2.3 and G.)
 */
final class JpegScans {

  private static final int COEFFICIENTS = 64;

  private final Map<Integer, BitSet> finished = new HashMap<>();
  private int count;

  /** A scan, by the content of its header, whose faults are the decoder's to find. */
  void add(ByteBuffer header) {
    count++;
    int components = header.hasRemaining() ? header.get(0) & 0xff : 0;
    int after = 1 + 2 * components;
    if (header.limit() < after + 3) {
      return;
    }
    int first = header.get(after) & 0x3f;
    int last = header.get(after + 1) & 0x3f;
    boolean toTheLastBit = (header.get(after + 2) & 0x0f) == 0;
    for (int i = 0; i < components; i++) {
      BitSet known = finished.computeIfAbsent(header.get(1 + 2 * i) & 0xff, id -> new BitSet());
      if (toTheLastBit && first <= last) {
        known.set(first, last + 1);
      }
    }
  }

  int count() {
    return count;
  }

  /**
   * Whether nothing is missing.
   *
   * @param components their identifiers
   * @param progressive whether detail comes scan by scan
   * @param endless whether the end of the stream is missing, and further scans may be with it
   */
  void check(int[] components, boolean progressive, boolean endless) throws ImageException {
    for (int id : components) {
      if (!finished.containsKey(id)) {
        throw ImageException.truncated("its JPEG stream lacks the scan of a colour");
      }
      if (progressive && endless && finished.get(id).cardinality() < COEFFICIENTS) {
        throw ImageException.truncated(
            "its JPEG stream has no end-of-image marker and lacks scans");
      }
    }
  }
}
