package io.github.anople.torch.pretrained;

import io.github.anople.core.InputException;
import io.github.anople.core.tensorfile.BinaryFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The end of a zip archive: where its directory lies and how many entries it states.
 *
 * @param directoryBegin the offset of the central directory from the start of the file
 * @param directorySize its size in bytes; it ends where the end records begin
 * @param entryCount how many entries the archive claims to have
 */
record ZipEnd(long directoryBegin, long directorySize, long entryCount) {

  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int MAX_COMMENT = 0xffff;
  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int LOCATOR_BYTES = 20;
  private static final int END64_SIGNATURE = 0x06064b50;
  private static final int END64_BYTES = 56;

  /** The first bytes of a pickle of protocol 2 that holds the old format's magic number. */
  private static final byte[] LEGACY_MAGIC = {
    (byte) 0x80, 2, (byte) 0x8a, 10, 0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20
  };

  private static final String DAMAGED = "the file is damaged or cut short: fetch it again";

  /** Finds and checks the end records. */
  static ZipEnd find(BinaryFile file) {
    refuseOtherFormats(file);
    int tail = (int) Math.min(file.size(), END_BYTES + MAX_COMMENT);
    ByteBuffer bytes = file.read(file.size() - tail, tail);
    for (int at = tail - END_BYTES; at >= 0; at--) {
      // A comment that itself looks like an end record does not reach exactly to the file's end.
      if (bytes.getInt(at) == END_SIGNATURE
          && Short.toUnsignedInt(bytes.getShort(at + 20)) == tail - END_BYTES - at) {
        return read(file, file.size() - tail + at, bytes.slice(at, END_BYTES).order(bytes.order()));
      }
    }
    throw new InputException(file.path(), "its zip directory is missing", DAMAGED);
  }

  private static ZipEnd read(BinaryFile file, long at, ByteBuffer end) {
    ZipEnd plain =
        new ZipEnd(
            Integer.toUnsignedLong(end.getInt(16)),
            Integer.toUnsignedLong(end.getInt(12)),
            Short.toUnsignedLong(end.getShort(10)));
    if (end.getShort(4) != end.getShort(6) || end.getShort(8) != end.getShort(10)) {
      throw new InputException(file.path(), "is one part of a zip in several parts", DAMAGED);
    }
    if (at >= LOCATOR_BYTES + END64_BYTES) {
      ByteBuffer locator = file.read(at - LOCATOR_BYTES, LOCATOR_BYTES);
      if (locator.getInt(0) == LOCATOR_SIGNATURE) {
        return read64(file, at - LOCATOR_BYTES, locator.getLong(8), plain);
      }
    }
    return checked(file, plain, at);
  }

  private static ZipEnd read64(BinaryFile file, long locatorAt, long at, ZipEnd plain) {
    ByteBuffer end = file.read(locatorAt - END64_BYTES, END64_BYTES);
    if (at != locatorAt - END64_BYTES || end.getInt(0) != END64_SIGNATURE) {
      throw new InputException(file.path(), "its zip64 end record is not at offset " + at, DAMAGED);
    }
    ZipEnd wide = new ZipEnd(end.getLong(48), end.getLong(40), end.getLong(32));
    // Readers that know only 32 bits must not see another directory than this one does.
    if (!agree(plain.directoryBegin, wide.directoryBegin, 0xffffffffL)
        || !agree(plain.directorySize, wide.directorySize, 0xffffffffL)
        || !agree(plain.entryCount, wide.entryCount, 0xffff)) {
      throw new InputException(
          file.path(), "its zip and zip64 end records contradict each other", DAMAGED);
    }
    return checked(file, wide, at);
  }

  private static boolean agree(long narrow, long wide, long inWide) {
    return narrow == wide || narrow == inWide;
  }

  private static ZipEnd checked(BinaryFile file, ZipEnd end, long endsAt) {
    if (end.directoryBegin < 0
        || end.directorySize < 0
        || end.directoryBegin > endsAt
        || end.directorySize != endsAt - end.directoryBegin) {
      throw new InputException(
          file.path(),
          "states a zip directory of %d bytes at offset %d, which does not end at offset %d"
              .formatted(end.directorySize, end.directoryBegin, endsAt),
          DAMAGED);
    }
    return end;
  }

  /** Names the mistakes that people make before a zip's own faults are looked for. */
  private static void refuseOtherFormats(BinaryFile file) {
    ByteBuffer start = file.read(0, (int) Math.min(file.size(), 512));
    byte[] bytes = new byte[start.remaining()];
    start.get(bytes);
    if (startsWith(bytes, 0, LEGACY_MAGIC) || startsWith(bytes, 257, "ustar")) {
      throw new InputException(
          file.path(),
          "is in the format of torch before 1.6",
          "load it in Python and save its state dict again, as safetensors where you can");
    }
    if (startsWith(bytes, 8, "{\"")) {
      throw new InputException(
          file.path(), "looks like a safetensors file", "give it the extension .safetensors");
    }
    if (!startsWith(bytes, 0, "PK\u0003\u0004") || file.size() < END_BYTES) {
      throw new InputException(
          file.path(),
          "is not a zip archive of torch.save (%d bytes)".formatted(file.size()),
          "check that it is the weights file and was fetched whole");
    }
  }

  private static boolean startsWith(byte[] bytes, int at, String text) {
    return startsWith(bytes, at, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean startsWith(byte[] bytes, int at, byte[] prefix) {
    return bytes.length >= at + prefix.length
        && ByteBuffer.wrap(bytes, at, prefix.length).equals(ByteBuffer.wrap(prefix));
  }
}
