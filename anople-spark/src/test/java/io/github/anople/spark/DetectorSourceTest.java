package io.github.anople.spark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.onnx.FileChecksum;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorSourceTest {

  /** Tag, length, tag and length come before the key of the last entry. */
  private static final int FRAME = 4;

  @TempDir Path folder;

  private SparkSession spark;

  @BeforeEach
  void start() {
    spark = Lake.spark();
  }

  /** The washer with weights beside it, which its graph has no use for. */
  private Path withWeights(byte[] weights) throws IOException {
    Path file = Lake.detector(folder);
    byte[] whole = Files.readAllBytes(file);
    int start = new String(whole, ISO_8859_1).lastIndexOf(FileChecksum.KEY) - FRAME;
    MessageDigest digest = Sha256.digest();
    digest.update(whole, 0, start);
    String value =
        FileChecksum.value(
            digest, Optional.of(new FileChecksum.Weights("washer.weights", Sha256.of(weights))));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(whole, 0, start);
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    field(entry, 0x0a, FileChecksum.KEY);
    field(entry, 0x12, value);
    field(out, 0x72, entry.toString(ISO_8859_1));
    Files.write(folder.resolve("washer.weights"), weights);
    return Files.write(file, out.toByteArray());
  }

  private static void field(ByteArrayOutputStream out, int tag, String content) {
    out.write(tag);
    if (content.length() > 0x7f) {
      out.write(0x80 | (content.length() & 0x7f));
      out.write(content.length() >> 7);
    } else {
      out.write(content.length());
    }
    out.writeBytes(content.getBytes(ISO_8859_1));
  }

  private InputException refusal(Path file) {
    InputException refusal =
        assertThrows(InputException.class, () -> DetectorSource.send(spark, file.toString()));
    assertEquals(1, refusal.getMessage().lines().count(), refusal::getMessage);
    return refusal;
  }

  @Test
  void weightsBesideADetectorComeAlong() throws IOException {
    byte[] weights = new byte[40 << 20];
    weights[weights.length - 1] = 7;
    Path file = withWeights(weights);
    DetectorBroadcast sent = DetectorSource.send(spark, file.toString());
    Path there = Files.createDirectory(folder.resolve("executor"));
    Path graph = sent.writeTo(there);
    assertEquals(-1, Files.mismatch(file, graph));
    assertEquals(
        -1, Files.mismatch(folder.resolve("washer.weights"), there.resolve("washer.weights")));
    FileChecksum.check(graph);
    assertTrue(ExecutorDetectors.get(sent).threshold().isPresent());
  }

  @Test
  void weightsThatAreMissingOrOthersAreTold() throws IOException {
    Path file = withWeights(new byte[100]);
    Path weights = folder.resolve("washer.weights");
    Files.write(weights, new byte[99]);
    assertTrue(refusal(file).getMessage().contains("cut short or was changed"));
    Files.delete(weights);
    String message = refusal(file).getMessage();
    assertTrue(message.contains("washer.weights: is missing, and it holds the weights"), message);
  }

  @Test
  void whatIsNoExportedDetectorIsRefusedOnTheDriver() throws IOException {
    assertTrue(refusal(folder).getMessage().contains("is a folder"));
    assertTrue(refusal(folder.resolve("none.onnx")).getMessage().contains("no such file"));
    assertTrue(refusal(Path.of("nowhere://host/x.onnx")).getMessage().contains("cannot be read"));
    Path bundle = Files.writeString(folder.resolve("washer.anople"), "x");
    assertTrue(refusal(bundle).getMessage().contains("anople export"));
    Path text = Files.writeString(folder.resolve("text.onnx"), "not a graph at all");
    InputException refusal = refusal(text);
    assertEquals(text.toString(), refusal.where());
    Path cut = Lake.detector(folder);
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 1000));
    assertTrue(refusal(cut).getMessage().contains("cut short"));
  }

  @Test
  void aDetectorIsReadAgainOnlyWhenItsFileHasChanged() throws IOException {
    Path file = Lake.detector(folder);
    DetectorBroadcast first = DetectorSource.send(spark, file.toString());
    assertSame(first, DetectorSource.send(spark, file.toString()));
    withWeights(new byte[10]);
    DetectorBroadcast second = DetectorSource.send(spark, file.toString());
    assertNotSame(first, second);
    assertEquals(Sha256.of(file), second.sha256());
  }

  @Test
  void aFileThatWasReplacedByOneOfItsSizeAndTimeIsReadAgain() throws IOException {
    Path file = withWeights(new byte[] {1});
    FileTime time = Files.getLastModifiedTime(file);
    long size = Files.size(file);
    DetectorBroadcast first = DetectorSource.send(spark, file.toString());
    withWeights(new byte[] {2});
    Files.setLastModifiedTime(file, time);
    assertEquals(size, Files.size(file));
    assertNotSame(first, DetectorSource.send(spark, file.toString()));
  }

  @Test
  void aFileSystemWithoutItsLibraryIsTold() {
    String message =
        assertThrows(
                InputException.class, () -> DetectorSource.send(spark, "s3a://models/bracket.onnx"))
            .getMessage();
    assertTrue(message.startsWith("s3a://models/bracket.onnx: is on a file system"), message);
    assertTrue(message.contains("hadoop-aws"), message);
  }

  @Test
  void theSameDetectorUnderTwoNamesIsOpenedOnceAndKeepsBoth() throws IOException {
    Path one = Lake.detector(folder);
    Path other = Files.copy(one, folder.resolve("other.onnx"));
    DetectorBroadcast first = DetectorSource.send(spark, one.toString());
    DetectorBroadcast second = DetectorSource.send(spark, other.toString());
    assertSame(ExecutorDetectors.get(first), ExecutorDetectors.get(second));
    assertTrue(first.label().startsWith("washer.onnx@"), first.label());
    assertTrue(second.label().startsWith("other.onnx@"), second.label());
  }
}
