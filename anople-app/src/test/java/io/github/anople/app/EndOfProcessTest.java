package io.github.anople.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.app.export.ExportSettings;
import io.github.anople.app.export.OnnxExport;
import io.github.anople.app.export.OnnxPrecision;
import io.github.anople.core.ChildJvm;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.onnx.OnnxMetadata;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Processes that are ended while native code computes, at moments drawn by lot. {@code
 * -Danople.stops=50} tries more often.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process cannot be asked to end there")
class EndOfProcessTest {

  private static final int TRIES = Integer.getInteger("anople.stops", 1);
  private static final int TERMINATED = 143;
  private static final int OWN_CODE = 7;
  private static final int LATEST_MILLIS = 200;

  @TempDir static Path folder;

  private final SplittableRandom random = new SplittableRandom();

  @BeforeAll
  static void export() {
    try (LoadedBackbone backbone = TinyTraining.backbone()) {
      DetectorBundle bundle =
          TinyTraining.train(backbone, TinyTraining.config().with("optimizer.epochs", "1"), folder);
      bundle.write(folder.resolve("parts.anople"));
      try (TorchDetector torch = TorchDetector.of(bundle, "test", backbone)) {
        OnnxExport.write(
            bundle,
            torch,
            new ExportSettings(
                OnnxPrecision.FP32, false, OnnxMetadata.Thresholds.NONE, ExportSettings.INT8_ERROR),
            List.of(),
            folder.resolve("parts.onnx"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnx", "torch", "onnx onnx torch", "train"})
  void aSignalEndsItInOrder(String engines) throws Exception {
    for (int i = 0; i < TRIES; i++) {
      bySignal(engines.equals("train") ? "train" : "detect", engines);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnx", "torch", "onnx onnx torch"})
  void soDoesAnExitOfTheProgram(String engines) throws Exception {
    for (int i = 0; i < TRIES; i++) {
      byExit("detect", engines);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnx", "torch", "onnx onnx torch"})
  void aServiceThatFinishesWhatItBeganMayDoSo(String engines) throws Exception {
    for (int i = 0; i < TRIES; i++) {
      requireFinished(i % 2 == 0 ? bySignal("serve", engines) : byExit("serve", engines));
    }
  }

  private String bySignal(String work, String engines) throws Exception {
    int after = random.nextInt(LATEST_MILLIS);
    Process process = start(work, engines, -1);
    try (BufferedReader words = process.inputReader()) {
      awaitReady(words);
      Thread.sleep(after);
      process.toHandle().destroy(); // The process itself would close its words, too.
      return requireEnd(process, words, TERMINATED, engines + ", asked after " + after + " ms");
    }
  }

  private String byExit(String work, String engines) throws Exception {
    int after = random.nextInt(LATEST_MILLIS);
    Process process = start(work, engines, after);
    try (BufferedReader words = process.inputReader()) {
      awaitReady(words);
      return requireEnd(process, words, OWN_CODE, engines + ", exit after " + after + " ms");
    }
  }

  private static void requireFinished(String words) {
    String[] counts = words.strip().split(" ", -1);
    assertEquals("finished", counts[0], words);
    assertEquals(counts[1], counts[2], words);
  }

  private static Process start(String work, String engines, int exitAfter) throws IOException {
    List<String> command =
        ChildJvm.command(
            folder,
            EndlessWork.class,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ErrorFile=" + folder.resolve("hs_err_%p.log"));
    command.add(work);
    for (String engine : engines.split(" ", -1)) {
      if (!engine.equals("train")) {
        command.add(
            folder.resolve("parts." + (engine.equals("onnx") ? "onnx" : "anople")).toString());
      }
    }
    command.addAll(List.of(folder.toString(), Integer.toString(exitAfter)));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static void awaitReady(BufferedReader words) throws IOException {
    List<String> before = new ArrayList<>();
    String line = words.readLine();
    while (line != null && !line.equals("ready")) {
      before.add(line);
      line = words.readLine();
    }
    assertTrue(line != null, String.join("\n", before));
  }

  private static String requireEnd(Process process, BufferedReader words, int code, String what)
      throws IOException, InterruptedException {
    String rest = String.join("\n", words.lines().toList());
    assertEquals(code, process.waitFor(), what + ": " + rest);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of(), files.filter(file -> file.toString().contains("hs_err")).toList(), what);
    }
    return rest;
  }
}
