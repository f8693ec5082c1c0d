package io.github.anople.inspect.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files as cameras, copying programs and people write them into a watched folder. */
class WatchedFilesTest {

  private static final int PATIENCE = 10;
  private static final FileTime TIME = FileTime.from(Instant.parse("2026-03-01T10:00:00.25Z"));

  private final Images.Heard heard = new Images.Heard();
  private long seconds;

  @TempDir Path root;
  private Path drop;
  private WatchSession session;

  @BeforeEach
  void watch() throws IOException {
    drop = Files.createDirectory(root.resolve("drop"));
    session = session();
  }

  @AfterEach
  void end() {
    session.close();
  }

  @Test
  void aFileThatGrowsInPiecesIsScoredOnceAndWhole() throws Exception {
    byte[] png = Images.png(10, 100, 100);
    for (int part = 1; part <= 4; part++) {
      Images.write(drop, "a.png", Arrays.copyOf(png, part * png.length / 4));
      look(3);
    }
    assertEquals(List.of(name("a.png")), heard.scored);
    assertEquals(List.of(), heard.failed);
    assertEquals(List.of(), session.predictions().failed());
  }

  @Test
  void aLongPauseIsToldAndTheRestIsScored() throws Exception {
    byte[] png = Images.png(10, 100, 100);
    Images.write(drop, "a.png", Arrays.copyOf(png, png.length / 2));
    look(2 + PATIENCE);
    assertEquals(1, heard.failed.size());
    Images.write(drop, "a.png", png);
    look(3);
    assertEquals(1, heard.scored.size());
    assertEquals(List.of(), session.predictions().failed());
  }

  @Test
  void aFileMadeAtItsFullSizeIsScoredWhenItIsFilled() throws Exception {
    byte[] bmp = Images.bmp(200);
    Path file = Images.write(drop, "a.bmp", new byte[bmp.length]);
    look(3);
    for (int half : new int[] {bmp.length / 2, bmp.length}) {
      fill(file, Arrays.copyOf(bmp, half));
      look(3);
    }
    assertEquals(List.of(name("a.bmp")), heard.scored);
    assertEquals(Images.score(200), session.predictions().scored().get(0).score());
    assertEquals(List.of(), heard.failed);
  }

  @Test
  void aPictureThatIsBlackAtItsEndIsScoredAfterAWhile() throws Exception {
    Images.write(drop, "a.bmp", Images.bmp(0));
    look(PATIENCE);
    assertEquals(List.of(), heard.scored);
    look(2);
    assertEquals(1, heard.scored.size());
    assertEquals(List.of(), heard.failed);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no change time there")
  void anotherContentOfTheSameSizeAndTimeIsANewPicture() throws Exception {
    Path file = dated("a.bmp", 10);
    look(3);
    fill(file, Images.bmp(20));
    Files.setLastModifiedTime(file, TIME);
    look(3);
    Path other = Images.write(root, "other.bmp", Images.bmp(30));
    Files.setLastModifiedTime(other, TIME);
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    look(3);
    requireScores(10, 20, 30);
    again();
    fill(file, Images.bmp(40));
    Files.setLastModifiedTime(file, TIME);
    look(3);
    requireScores(10, 20, 30, 40);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no change time there")
  void theSameContentWithOtherAttributesIsNot() throws Exception {
    Path file = dated("a.bmp", 10);
    look(3);
    assertTrue(file.toFile().setReadOnly());
    look(3);
    assertTrue(file.toFile().setWritable(true));
    Path copy = Files.copy(file, root.resolve("copy.bmp"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
    look(3);
    again();
    look(3);
    requireScores(10);
  }

  @Test
  void timesInTheFutureAndThePastMeanNothing() throws Exception {
    FileTime[] times = {
      FileTime.from(Instant.parse("2100-01-01T00:00:00Z")),
      FileTime.fromMillis(0),
      FileTime.from(Instant.parse("1969-07-20T20:17:00Z"))
    };
    for (int i = 0; i < times.length; i++) {
      Path file = Images.write(drop, i + ".png", Images.png(i));
      Files.setLastModifiedTime(file, times[i]);
    }
    look(4);
    again();
    look(4);
    requireScores(0, 1, 2);
  }

  @Test
  void anOverwrittenNameIsScoredWheneverItRests() throws Exception {
    for (int version = 1; version <= 4; version++) {
      Images.write(drop, "last.png", Images.png(version * 10, 20 + version, 20));
      look(2);
    }
    requireScores(10, 20, 30, 40);
    assertEquals(List.of(), heard.failed);
  }

  @Test
  void versionsThatAreReplacedTooFastAreCountedAndNamed() throws Exception {
    for (int version = 1; version <= 6; version++) {
      Path next = Images.write(root, "next.png", Images.png(version));
      Files.move(next, drop.resolve("last.png"), StandardCopyOption.REPLACE_EXISTING);
      look(1);
    }
    look(1);
    requireScores(6);
    assertEquals(3, heard.failed.size(), "after 1, 2 and 4");
    assertTrue(reason().contains("last.png: 5 versions were overwritten"), reason());
    again();
    assertEquals(4, heard.failed.size(), "and in the end");
    assertTrue(reason().contains("5 versions were"), reason());
  }

  @Test
  void aVersionThatBecomesShorterHasReplacedAnother() throws Exception {
    Images.write(drop, "last.png", Images.png(1, 300, 300));
    look(1);
    Images.write(drop, "last.png", Images.png(2));
    look(3);
    requireScores(2);
    assertTrue(reason().contains("last.png: was overwritten or removed"), reason());
  }

  @Test
  void whatIsRemovedBeforeItIsReadIsNamedAndWhatIsRenamedIsNot() throws Exception {
    Images.write(drop, "gone.png", Images.png(1));
    Path part = Images.write(drop, "part.png", Images.png(2));
    Images.write(drop, "empty.png", new byte[0]);
    look(1);
    Files.delete(drop.resolve("gone.png"));
    Files.delete(drop.resolve("empty.png"));
    Files.move(part, drop.resolve("whole.png"));
    look(3);
    assertEquals(List.of(name("whole.png")), heard.scored);
    assertEquals(1, session.predictions().failed().size());
    assertTrue(reason().contains("gone.png: was overwritten or removed"), reason());
    Files.delete(drop.resolve("whole.png"));
    look(2);
    assertEquals(1, session.predictions().failed().size(), "that one is done");
  }

  @Test
  void aFolderThatIsAwayLosesNothing() throws Exception {
    Images.write(drop, "a.png", Images.png(1));
    look(1);
    Files.move(drop, root.resolve("away"));
    look(PATIENCE);
    Files.move(root.resolve("away"), drop);
    look(2);
    requireScores(1);
    assertEquals(List.of(), heard.failed);
  }

  @Test
  void aNameThatNeverRestsIsToldOnceAndScoredWhenItDoes() throws Exception {
    Path file = drop.resolve("live.bmp");
    for (int version = 1; version <= PATIENCE + 5; version++) {
      Images.write(drop, "live.bmp", Images.bmp(version));
      Files.setLastModifiedTime(file, FileTime.from(TIME.toInstant().plusSeconds(version)));
      look(1);
    }
    assertEquals(1, heard.failed.size());
    assertTrue(reason().contains("live.bmp: goes on changing"), reason());
    look(1);
    requireScores(PATIENCE + 5);
    assertEquals(List.of(), session.predictions().failed());
  }

  @Test
  void aNameThatComesAgainIsANewPicture() throws Exception {
    Images.write(drop, "a.png", Images.png(1));
    look(2);
    Files.delete(drop.resolve("a.png"));
    look(2);
    Images.write(drop, "a.png", Images.png(2));
    look(2);
    requireScores(1, 2);
  }

  @Test
  void whereTimesSayLittleTheContentIsComparedOnceMore() throws Exception {
    Path file = Images.write(drop, "a.png", Images.png(1));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    Arrivals arrivals = new Arrivals(drop.toRealPath(), root.resolve("out"), Long.MAX_VALUE);
    arrivals.look(0);
    Path seen = arrivals.look(1).ready().get(0);
    arrivals.done(seen, new Version(arrivals.stamp(seen), "0".repeat(64)), 1);
    assertEquals(List.of(), arrivals.look(2).ready());
    arrivals.look(Duration.ofSeconds(4).toNanos());
    assertEquals(List.of(seen), arrivals.look(Duration.ofSeconds(5).toNanos()).ready());
  }

  private void look(int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      session.scan(() -> true);
      seconds++;
    }
  }

  /** A restart. */
  private void again() {
    session.close();
    session = session();
  }

  private String reason() {
    return session.predictions().failed().stream()
        .map(Failure::reason)
        .reduce("", (all, one) -> all + one + "\n");
  }

  private void requireScores(int... greys) {
    List<Float> expected = Arrays.stream(greys).mapToObj(Images::score).toList();
    assertEquals(
        expected, session.predictions().scored().stream().map(one -> one.score()).toList());
  }

  private String name(String file) {
    return drop.resolve(file).toString().replace('\\', '/');
  }

  private Path dated(String name, int grey) throws IOException {
    return Files.setLastModifiedTime(Images.write(drop, name, Images.bmp(grey)), TIME);
  }

  /** In place, as a program that keeps its file open. */
  private static void fill(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes));
    }
  }

  private WatchSession session() {
    ResultFolder output = new ResultFolder(root.resolve("out"), Optional.empty(), false);
    FolderWatch.Plan plan =
        new FolderWatch.Plan(
            drop,
            "detector",
            output,
            new PredictionSettings("nut", Optional.empty()),
            new WatchSettings(Duration.ofSeconds(1), Duration.ofSeconds(PATIENCE)));
    return new FolderWatch(new Images.Brightness(), plan, heard)
        .open(() -> Duration.ofSeconds(seconds).toNanos());
  }
}
