package io.github.anople.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {

  /** FIPS 180-2, appendix B.1. */
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder;

  @Test
  void theHashIsTheSameWhereverTheBytesAre() throws IOException {
    byte[] abc = "abc".getBytes(UTF_8);
    Path file = Files.write(folder.resolve("abc"), abc);
    assertEquals(OF_ABC, Sha256.of(abc));
    assertEquals(OF_ABC, Sha256.of(file));
    assertEquals(OF_ABC, Sha256.of(new ByteArrayInputStream(abc)));
    try (FileChannel channel = FileChannel.open(file)) {
      assertEquals(OF_ABC, Sha256.of(channel, 3));
      assertEquals(OF_ABC, Sha256.of(channel, 4), "the file ends before");
    }
  }

  @Test
  void theBeginningOfALongFileIsHashedAlone() throws IOException {
    byte[] bytes = new byte[200_000]; // several buffers
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    Path file = Files.write(folder.resolve("long"), bytes);
    try (FileChannel channel = FileChannel.open(file)) {
      assertEquals(Sha256.of(Arrays.copyOf(bytes, 150_001)), Sha256.of(channel, 150_001));
      assertEquals(0, channel.position());
    }
  }
}
