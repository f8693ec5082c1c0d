package io.github.anople.benchmark.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.benchmark.Cell;
import io.github.anople.benchmark.CellRunner;
import io.github.anople.benchmark.Grid;
import io.github.anople.benchmark.GridData;
import io.github.anople.benchmark.baseline.TorchCells;
import io.github.anople.core.InputException;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskEndReason;
import org.apache.spark.TaskKilled;
import org.apache.spark.scheduler.JobFailed;
import org.apache.spark.scheduler.JobResult;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On two threads of this process. */
class LocalSparkTest {

  @TempDir static Path folder;

  private static SparkCluster cluster;
  private static LoadedBackbone backbone;
  private static TorchCells here;
  private static GridData data;

  private Listener heard;

  @BeforeAll
  static void start() {
    cluster = SparkCluster.start("local[2]", TinyGrid.ON_LOOPBACK, TinyGrid.NO_HOME);
    backbone = TinyGrid.backbone();
    here = new TorchCells(backbone);
    data = TinyGrid.data("parts", TinyGrid.draw(folder.resolve("set")));
  }

  @AfterAll
  static void stop() {
    cluster.close();
    backbone.close();
  }

  /** Counts tasks, and keeps how the first task and its job ended. */
  private static final class Listener extends SparkListener {

    private final AtomicInteger tasks = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CompletableFuture<TaskEndReason> taskEnd = new CompletableFuture<>();
    private final CompletableFuture<JobResult> end = new CompletableFuture<>();

    @Override
    public void onTaskStart(SparkListenerTaskStart task) {
      tasks.incrementAndGet();
      begun.countDown();
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      taskEnd.complete(task.reason());
    }

    @Override
    public void onJobEnd(SparkListenerJobEnd job) {
      end.complete(job.jobResult());
    }
  }

  @BeforeEach
  void listen() {
    heard = new Listener();
    cluster.spark().sc().addSparkListener(heard);
  }

  private static CellRunner there(String precision) {
    return cluster.runner(here, TinyGrid.settings(here, precision));
  }

  @Test
  void whatIsFinishedIsNotSentAgain() throws Exception {
    Grid more = TinyGrid.grid(List.of(0L, 1L), data);
    TinyGrid.run(folder.resolve("resumed"), here, TinyGrid.grid(List.of(0L), data));

    TinyGrid.Ear ear = TinyGrid.run(folder.resolve("resumed"), there("fp32"), more);
    TinyGrid.Ear again = TinyGrid.run(folder.resolve("resumed"), there("fp32"), more);
    TinyGrid.run(folder.resolve("whole"), here, more);

    assertEquals(3, ear.before);
    assertTrue(ear.finished.stream().allMatch(cell -> cell.seed() == 1));
    assertEquals(more.cells().size(), again.before);
    assertEquals(3, heard.tasks.get());
    assertEquals(
        TinyGrid.tables(folder.resolve("whole")), TinyGrid.tables(folder.resolve("resumed")));
  }

  @Test
  void aBackboneInAnotherNumberFormatIsToldAndTriedOnce() throws Exception {
    Grid grid = TinyGrid.grid(List.of(0L), data);

    TinyGrid.Ear ear = TinyGrid.run(folder.resolve("format"), there("bf16"), grid);

    assertEquals(List.of(), ear.finished);
    assertEquals(3, heard.tasks.get());
    assertEquals(
        List.of(
            "the program on 127.0.0.1: has bf16 for backbone.precision, and the driver has fp32;"
                + " name a number format that all machines compute with, such as fp32"),
        ear.faults.stream().distinct().toList());
  }

  @Test
  void filesThatDifferFromTheDriversAreTold() {
    Cell cell = TinyGrid.grid(List.of(0L), data).cells().get(0);
    CellTask task =
        new CellTask(
            SentCell.of(cell),
            SentSettings.of(TinyGrid.settings(here, "fp32")),
            here.configuration(cell),
            "what they were before");

    CellOutcome outcome =
        cluster.spark().parallelize(List.of(task), 1).map(new SparkCells.Running()).first();

    InputException fault =
        assertThrows(InputException.class, () -> outcome.toRun(folder.resolve("never")));
    assertTrue(fault.getMessage().contains("holds other files of bolt, nut"), fault::getMessage);
  }

  @Test
  void aCellWhoseInputIsAtFaultIsTriedOnce() throws Exception {
    Path set = TinyGrid.draw(folder.resolve("broken"));
    Path shot = set.resolve("nut/train/good/good_000.png");
    Files.writeString(shot, "no picture");
    Files.copy(
        shot, set.resolve("nut/train/good/good_001.png"), StandardCopyOption.REPLACE_EXISTING);
    Grid grid = TinyGrid.grid(List.of(0L), TinyGrid.data("broken", set));

    TinyGrid.Ear ear = TinyGrid.run(folder.resolve("faulty"), there("fp32"), grid);

    assertEquals(1, ear.finished.size(), "bolt alone");
    assertEquals(3, heard.tasks.get());
    assertTrue(
        ear.faults.stream().allMatch(fault -> fault.contains(".png on 127.0.0.1: ")),
        ear.faults::toString);
  }

  @Test
  @Timeout(60)
  void anInterruptCancelsTheJob() throws Exception {
    Cell cell = TinyGrid.grid(List.of(5L), data).cells().get(0);
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread driver =
        new Thread(
            () -> {
              try {
                there("fp32").run(cell, folder);
                thrown.complete(null);
              } catch (InterruptedException | RuntimeException e) {
                thrown.complete(e);
              }
            });
    driver.start();
    heard.begun.await();

    driver.interrupt();

    assertInstanceOf(InterruptedException.class, thrown.get());
    JobFailed end = assertInstanceOf(JobFailed.class, heard.end.get());
    assertTrue(end.exception().getMessage().contains("cancelled"), end.exception()::getMessage);
    assertInstanceOf(TaskKilled.class, heard.taskEnd.get());
  }

  @Test
  void aMasterThatThereIsNotIsToldInOneLine() {
    InputException fault =
        assertThrows(
            InputException.class,
            () -> SparkCluster.start("sparkle", TinyGrid.ON_LOOPBACK, TinyGrid.NO_HOME));

    assertTrue(fault.getMessage().startsWith("Spark: does not start on 'sparkle' ("));
    assertEquals(1, fault.getMessage().lines().count());
  }
}
