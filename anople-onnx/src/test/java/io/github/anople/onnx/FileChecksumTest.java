package io.github.anople.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileChecksumTest {

  private static final long SEED = 20261125;

  @TempDir Path folder;

  private String refusal(byte[] bytes) {
    Path file = ExportedWasher.write(folder.resolve("part.onnx"), bytes);
    String message = ExportedWasher.refusal(() -> OnnxDetector.open(file));
    assertTrue(message.contains("part.onnx"), message);
    return message;
  }

  @Test
  void aWholeFileIsSealed() {
    FileChecksum.check(ExportedWasher.write(folder));
  }

  @Test
  void aTruncatedFileIsRefusedWhereverItIsCut() {
    byte[] whole = ExportedWasher.bytes();
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 100; i++) {
      int length = i < 90 ? random.nextInt(whole.length) : whole.length - 1 - (i - 90);
      String message = refusal(Arrays.copyOf(whole, length));
      assertTrue(message.contains("cut short"), "seed " + SEED + ": " + message);
    }
  }

  @Test
  void aChangedByteIsRefusedWhereverItIs() {
    byte[] whole = ExportedWasher.bytes();
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 200; i++) {
      int at = i < 100 ? random.nextInt(whole.length) : whole.length - 1 - (i - 100);
      byte[] changed = whole.clone();
      changed[at] ^= (byte) (1 << random.nextInt(8));
      String message = refusal(changed);
      assertTrue(
          message.contains("was changed") || message.contains("is not an exported detector"),
          "seed " + SEED + ", byte " + at + ": " + message);
    }
  }

  @Test
  void whatFollowsTheSealIsRefused() {
    byte[] whole = ExportedWasher.bytes();
    assertTrue(refusal(Arrays.copyOf(whole, whole.length + 1)).contains("is not an exported"));
  }

  @Test
  void foreignFilesAreRefused() {
    for (byte[] foreign : new byte[][] {{}, {8, 8}, "no graph".getBytes(UTF_8)}) {
      assertTrue(refusal(foreign).contains("is not an exported detector"));
    }
    assertTrue(refusal("<!DOCTYPE html><html>".getBytes(UTF_8)).contains("is an HTML page"));
    assertTrue(
        refusal("version https://git-lfs.github.com/spec/v1\n".getBytes(UTF_8))
            .contains("git lfs pull"));
    String missing = ExportedWasher.refusal(() -> OnnxDetector.open(folder.resolve("none.onnx")));
    assertTrue(missing.contains("none.onnx"), missing);
    assertTrue(ExportedWasher.refusal(() -> OnnxDetector.open(folder)).contains("is not a file"));
  }
}
