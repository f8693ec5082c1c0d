package io.github.anople.inspect.predict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.decide.DefectRule;
import io.github.anople.core.decide.Threshold;
import io.github.anople.core.image.ImageReader;
import io.github.anople.inspect.data.PartPattern;
import io.github.anople.inspect.report.PartRule;
import io.github.anople.inspect.report.ScoresCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FolderWatchTest {

  private static final String DETECTOR = "detector-1";

  private final Images.Heard heard = new Images.Heard();
  private PredictionSettings settings =
      new PredictionSettings(
          "nut",
          Optional.empty(),
          new ImageReader(),
          Optional.of(DefectRule.manual(Images.score(100))));
  private long seconds;

  @TempDir Path root;
  private Path drop;
  private Path out;

  @BeforeEach
  void folders() throws IOException {
    drop = Files.createDirectory(root.resolve("drop"));
    out = root.resolve("out");
  }

  @Test
  void anImageIsScoredOnceWhenItStaysAsItIs() throws Exception {
    Images.write(drop, "a.png", Images.png(10));
    try (WatchSession session = session()) {
      scan(session);
      assertEquals(List.of(), heard.scored, "it may be still being copied");
      scan(session);
      assertEquals(1, heard.scored.size());
      scan(session);
      scan(session);
      assertEquals(1, heard.scored.size());
      assertTrue(table().contains("drop/a.png," + Images.score(10)), table());
      Images.write(drop, "sub/b.png", Images.png(20));
      scan(session);
      scan(session);
      assertEquals(2, heard.scored.size());
    }
    assertEquals(3, table().lines().count());
    assertTrue(Files.exists(out.resolve("images/sub/b.png")));
    assertTrue(Files.exists(out.resolve("maps/a.png")));
  }

  @Test
  void aRestartGoesOnWhereTheLastWatchEnded() throws Exception {
    Images.write(drop, "a.png", Images.png(10));
    watchTwice();
    String before = table();
    Images.write(drop, "a.jpg", Images.png(20));
    Files.delete(out.resolve("scores.csv"));
    watchTwice();
    assertEquals(2, heard.scored.size());
    assertTrue(table().startsWith(before), table());
    assertEquals(3, table().lines().count());
    assertTrue(Files.exists(out.resolve("images/a.jpg.png")), "images/a.png is taken");
  }

  @Test
  void aHalfCopiedImageIsTriedAgainAndNotReported() throws Exception {
    byte[] png = Images.png(10, 100, 100);
    Images.write(drop, "a.png", Arrays.copyOf(png, png.length / 2));
    try (WatchSession session = session()) {
      scan(session);
      scan(session);
      scan(session);
      assertEquals(List.of(), heard.failed);
      Images.write(drop, "a.png", png);
      scan(session);
      scan(session);
      assertEquals(1, heard.scored.size());
      seconds += 100;
      scan(session);
      assertEquals(List.of(), heard.failed);
    }
  }

  @Test
  void anImageThatStaysBadIsReportedOnceAndScoredWhenItIsReplaced() throws Exception {
    Images.write(drop, "a.png", "no picture".getBytes(UTF_8));
    try (WatchSession session = session()) {
      scan(session);
      seconds += 5;
      scan(session);
      assertEquals(0, heard.failed.size(), "patience is 10 seconds");
      seconds += 5;
      scan(session);
      scan(session);
      assertEquals(1, heard.failed.size());
      assertEquals(1, session.predictions().failed().size());
    }
    watchTwice();
    assertEquals(1, heard.failed.size(), "the journal remembers failures");
    Images.write(drop, "a.png", Images.png(30));
    try (WatchSession session = session()) {
      assertEquals(1, session.predictions().failed().size());
      scan(session);
      scan(session);
      assertEquals(List.of(), session.predictions().failed());
      assertEquals(1, session.predictions().scored().size());
    }
  }

  @Test
  void whatAnEarlierRunHasDrawnIsPassedBy() throws Exception {
    Images.write(drop, "a.png", Images.png(10));
    Images.write(drop, "old/images/a.png", Images.png(20));
    ScoresCsv.write(drop.resolve("old/scores.csv"), List.of());
    watchTwice();
    assertEquals(1, heard.scored.size());
  }

  @Test
  void anOverwrittenImageIsANewOne() throws Exception {
    Images.write(drop, "last.png", Images.png(10));
    try (WatchSession session = session()) {
      scan(session);
      scan(session);
      Images.write(drop, "last.png", Images.png(20, 300, 300));
      scan(session);
      scan(session);
      assertEquals(2, session.predictions().scored().size());
    }
    assertTrue(Files.exists(out.resolve("images/last.png")));
    assertTrue(Files.exists(out.resolve("images/last.png.png")));
  }

  @Test
  void itsOwnOverlaysAreNotImages() throws Exception {
    out = drop.resolve("results");
    Images.write(drop, "a.png", Images.png(10));
    try (WatchSession session = session()) {
      for (int i = 0; i < 4; i++) {
        scan(session);
      }
      assertEquals(1, session.predictions().scored().size());
    }
    out = drop;
    assertThrows(InputException.class, this::session);
  }

  @Test
  void aFolderThatIsAwayForAWhileEndsNothing() throws Exception {
    Images.write(drop, "a.png", Images.png(10));
    try (WatchSession session = session()) {
      scan(session);
      Files.move(drop, root.resolve("away"));
      scan(session);
      Files.move(root.resolve("away"), drop);
      scan(session);
      scan(session);
      assertEquals(1, heard.scored.size());
    }
  }

  @Test
  void twoWatchesDoNotShareAFolderOfResults() {
    WatchSession first = session();
    InputException fault = assertThrows(InputException.class, this::session);
    assertTrue(fault.getMessage().contains("in use"), fault.getMessage());
    first.close();
    session().close();
  }

  @Test
  void aListDoesNotReplaceAWatchsTables() {
    session().close();
    Predictor predictor =
        new Predictor(new Images.Brightness(), plan().settings(), Optional.of(output()), heard);
    assertThrows(InputException.class, () -> predictor.run(List.of()));
  }

  @Test
  void aPartIsToldWhenItsViewsAreThereAndAgainWhenOneIsTakenAnew() throws Exception {
    settings =
        new PredictionSettings("nut", Optional.of(Threshold.manual(0.5f)))
            .with(new PartRule(PartPattern.of("{part}_{view}"), OptionalInt.of(2)));
    Images.write(drop, "a_1.png", Images.png(10));
    Images.write(drop, "b_1.png", Images.png(10));
    watchTwice();
    assertEquals(List.of(), heard.parts);
    Images.write(drop, "a_2.png", Images.png(200));
    // The former watch is remembered.
    watchTwice();
    assertEquals(List.of("a NOT OK"), heard.parts);
    Images.write(drop, "a_2.png", Images.png(20, 13, 8));
    watchTwice();
    assertEquals(List.of("a NOT OK", "a OK"), heard.parts);
    List<String> parts = Files.readAllLines(out.resolve("parts.csv"));
    assertTrue(
        parts.get(1).contains("drop/a,") && parts.get(1).contains(",OK,2,"), parts::toString);
    assertTrue(parts.get(2).contains(",INCOMPLETE,1,"), parts::toString);
  }

  @Test
  void aPartWhoseLastViewCannotBeReadIsToldToo() throws Exception {
    settings =
        new PredictionSettings("nut", Optional.of(Threshold.manual(0.5f)))
            .with(new PartRule(PartPattern.of("{part}_{view}"), OptionalInt.of(2)));
    Images.write(drop, "a_1.png", Images.png(10));
    Images.write(drop, "a_2.png", "no picture".getBytes(UTF_8));
    try (WatchSession session = session()) {
      scan(session);
      scan(session);
      seconds += 11;
      scan(session);
    }
    assertEquals(List.of("a INCOMPLETE (1 not readable)"), heard.parts);
  }

  @Test
  void aWatchThatIsStoppedWritesItsTables() throws Exception {
    FolderWatch watch = new FolderWatch(new Images.Brightness(), plan(), heard);
    CompletableFuture<Predictions> running = CompletableFuture.supplyAsync(watch::run);
    Images.write(drop, "a.png", Images.png(10));
    while (heard.count() < 1) {
      Thread.onSpinWait();
    }
    watch.stop();
    assertEquals(1, running.get(30, TimeUnit.SECONDS).scored().size());
    assertEquals(2, table().lines().count());
  }

  @Test
  void anInterruptEndsAWatchInGoodOrder() throws Exception {
    FolderWatch watch = new FolderWatch(new Images.Brightness(), plan(), heard);
    AtomicReference<Predictions> found = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              Predictions predictions = watch.run();
              if (Thread.currentThread().isInterrupted()) {
                found.set(predictions);
              }
            });
    thread.start();
    Images.write(drop, "a.png", Images.png(10));
    while (heard.count() < 1) {
      Thread.onSpinWait();
    }
    thread.interrupt();
    thread.join();
    assertEquals(1, found.get().scored().size());
    assertEquals(2, table().lines().count());
  }

  @Test
  void defectsAreKeptOverARestart() throws Exception {
    Images.write(drop, "a.png", Images.png(200));
    Images.write(drop, "b.png", Images.png(10));
    watchTwice();
    String before = Files.readString(out.resolve("results.json"));
    assertTrue(before.contains("\"defect_count\" : 1"), before);
    assertTrue(table().contains(",1,100.0"), table());
    Images.write(drop, "c.png", Images.png(10));
    watchTwice();
    String after = Files.readString(out.resolve("results.json"));
    String rows = before.substring(before.indexOf("\"images\""), before.indexOf("\"failed\""));
    String first = rows.substring(0, rows.lastIndexOf('}'));
    assertTrue(after.contains(first), after);
  }

  @Test
  void aFolderThatIsMissingIsRefused() throws IOException {
    Files.delete(drop);
    assertThrows(InputException.class, this::session);
    assertFalse(Files.exists(out));
  }

  private void watchTwice() throws InterruptedException {
    try (WatchSession session = session()) {
      scan(session);
      scan(session);
    }
  }

  private static void scan(WatchSession session) throws InterruptedException {
    session.scan(() -> true);
  }

  private WatchSession session() {
    return new FolderWatch(new Images.Brightness(), plan(), heard)
        .open(() -> Duration.ofSeconds(seconds).toNanos());
  }

  private FolderWatch.Plan plan() {
    return new FolderWatch.Plan(
        drop,
        DETECTOR,
        output(),
        settings,
        new WatchSettings(Duration.ofMillis(5), Duration.ofSeconds(10)));
  }

  private ResultFolder output() {
    return new ResultFolder(out, Optional.of(ResultFolder.scale(ResultFolder.SCALE_HIGH)), true);
  }

  private String table() throws IOException {
    return Files.readString(out.resolve("scores.csv"));
  }
}
