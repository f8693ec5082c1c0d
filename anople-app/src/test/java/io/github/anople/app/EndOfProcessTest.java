package io.github.anople.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.app.export.ExportSettings;
import io.github.anople.app.export.OnnxExport;
import io.github.anople.app.export.OnnxPrecision;
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
  @ValueSource(strings = {"onnx", "torch", "train"})
  void aSignalEndsItInOrder(String engine) throws Exception {
    for (int i = 0; i < TRIES; i++) {
      int after = random.nextInt(LATEST_MILLIS);
      Process process = start(engine, List.of());
      try (BufferedReader words = process.inputReader()) {
        awaitReady(words);
        Thread.sleep(after);
        process.toHandle().destroy(); // The process itself would close its words, too.
        requireEnd(process, words, TERMINATED, engine + ", asked after " + after + " ms");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnx", "torch"})
  void soDoesAnExitOfAService(String engine) throws Exception {
    for (int i = 0; i < TRIES; i++) {
      int after = random.nextInt(LATEST_MILLIS);
      Process process = start(engine, List.of(Integer.toString(after)));
      try (BufferedReader words = process.inputReader()) {
        awaitReady(words);
        requireEnd(process, words, OWN_CODE, engine + ", exit after " + after + " ms");
      }
    }
  }

  private static Process start(String engine, List<String> more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-XX:ErrorFile=" + folder.resolve("hs_err_%p.log"));
    // In a file: ONNX Runtime does not bear a command line of several kilobytes.
    Path arguments = folder.resolve("arguments");
    Files.writeString(arguments, "-cp \"" + System.getProperty("java.class.path") + "\"");
    command.add("@" + arguments);
    command.add(EndlessWork.class.getName());
    command.add(engine);
    command.add(folder.resolve(engine.equals("onnx") ? "parts.onnx" : "parts.anople").toString());
    command.add(folder.toString());
    command.addAll(more);
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

  private static void requireEnd(Process process, BufferedReader words, int code, String what)
      throws IOException, InterruptedException {
    String rest = String.join("\n", words.lines().toList());
    assertEquals(code, process.waitFor(), what + ": " + rest);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of(), files.filter(file -> file.toString().contains("hs_err")).toList(), what);
    }
  }
}
