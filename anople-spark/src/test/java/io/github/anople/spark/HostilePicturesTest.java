package io.github.anople.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.SyntheticParts;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in a lake besides pictures. */
class HostilePicturesTest {

  private static final StructType FILES =
      new StructType().add("path", DataTypes.StringType).add("content", DataTypes.BinaryType);

  @TempDir static Path folder;

  private static SparkSession spark;
  private static AnomalyTransformer transformer;

  @BeforeAll
  static void start() {
    spark = Lake.spark();
    transformer = new AnomalyTransformer().setDetector(Lake.detector(folder).toString());
  }

  private static byte[] png() {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(SyntheticParts.good(1), "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A picture of 60,000 × 60,000 pixels, as its header says. */
  private static byte[] bomb() {
    byte[] bytes = png();
    ByteBuffer header = ByteBuffer.wrap(bytes);
    header.putInt(16, 60_000).putInt(20, 60_000);
    CRC32 sum = new CRC32();
    sum.update(bytes, 12, 17);
    header.putInt(29, (int) sum.getValue());
    return bytes;
  }

  private static Map<String, byte[]> files() {
    Map<String, byte[]> files = new TreeMap<>();
    files.put("bomb.png", bomb());
    files.put("cut.png", Arrays.copyOf(png(), 900));
    files.put("empty.png", new byte[0]);
    files.put("good.png", png());
    files.put("nothing.png", null);
    files.put("text.png", "is not a PNG".getBytes(StandardCharsets.UTF_8));
    return files;
  }

  private static Dataset<Row> lake(Map<String, byte[]> files) {
    List<Row> rows = new ArrayList<>();
    files.forEach((name, content) -> rows.add(RowFactory.create(name, content)));
    return spark.createDataFrame(rows, FILES);
  }

  @Test
  void eachIsARowThatSaysWhyAndTheOthersAreScored() {
    Map<String, String> words =
        Map.of(
            "bomb.png", "claims to be 60000 x 60000 pixels",
            "cut.png", "is incomplete",
            "empty.png", "is empty",
            "nothing.png", "has no content",
            "text.png", "is not a PNG");
    List<Row> rows = transformer.transform(lake(files())).orderBy("path").collectAsList();
    assertEquals(6, rows.size());
    for (Row row : rows) {
      Row result = row.getAs("anomaly");
      String name = row.getAs("path");
      String error = result.getAs("error");
      if (name.equals("good.png")) {
        assertNull(error);
        assertEquals("OK", result.getAs("verdict"));
      } else {
        assertTrue(error.startsWith(name + ": ") && error.contains(words.get(name)), error);
        assertEquals(1, error.lines().count(), error);
        for (String column : List.of("score", "threshold", "margin", "verdict", "boxes", "map")) {
          assertNull(result.getAs(column), column);
        }
      }
    }
  }

  @Test
  void orTheJobFailsAndSaysWhich() {
    AnomalyTransformer strict =
        transformer.copy(org.apache.spark.ml.param.ParamMap.empty()).setOnError("fail");
    files()
        .forEach(
            (name, content) -> {
              Dataset<Row> one = lake(java.util.Collections.singletonMap(name, content));
              if (name.equals("good.png")) {
                assertEquals(1, strict.transform(one).collectAsList().size());
              } else {
                String message =
                    assertThrows(Exception.class, () -> strict.transform(one).collectAsList())
                        .toString();
                assertTrue(message.contains(name + ": "), message);
              }
            });
  }

  /** More pixels than may wait at a time: what is scored together changes nothing. */
  @Test
  void largePicturesAmongSmallOnesKeepTheirPlaces() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < 7; i++) {
      BufferedImage image =
          i % 2 == 0
              ? SyntheticParts.good(i)
              : new BufferedImage(3200, 3200, BufferedImage.TYPE_INT_RGB);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(image, "png", out);
      files.put(i + ".png", out.toByteArray());
    }
    List<Row> together = transformer.transform(lake(files).coalesce(1)).collectAsList();
    assertEquals(7, together.size());
    for (Row row : together) {
      Map<String, byte[]> alone = Map.of(row.getAs("path"), row.getAs("content"));
      Row one = transformer.transform(lake(alone)).collectAsList().get(0);
      assertEquals(
          one.<Row>getAs("anomaly").<Double>getAs("score"),
          row.<Row>getAs("anomaly").<Double>getAs("score"));
    }
  }

  @Test
  void everyDamagedFileIsARow() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < 300; i++) {
      byte[] bytes = png();
      for (int hits = 1 + random.nextInt(20); hits > 0; hits--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      files.put("%03d.png".formatted(i), Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length)));
    }
    List<Row> rows = transformer.transform(lake(files)).collectAsList();
    assertEquals(files.size(), rows.size(), "seed " + seed);
    for (Row row : rows) {
      Row result = row.getAs("anomaly");
      assertTrue(
          (result.getAs("error") == null) != (result.getAs("score") == null), "seed " + seed);
    }
  }
}
