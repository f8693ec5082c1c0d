package io.github.anople.torch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.core.ChildJvm;
import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines on which libtorch cannot be unpacked, each in a process of its own. */
class TorchNativesTest {

  private static final String REMEDY =
      "; start Java with -Dorg.bytedeco.javacpp.cachedir=FOLDER, one from which programs may be run";

  @TempDir Path folder;

  /** Says the same again the second time, when the classes are known to be unusable. */
  static final class FirstStart {

    private FirstStart() {}

    public static void main(String[] args) {
      for (int i = 0; i < 2; i++) {
        try {
          TorchRuntime.start();
        } catch (InputException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }

  @Test
  void whereNeitherHomeNorTemporaryFolderWillDoBothAreNamed() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    String user = System.getProperty("user.name");
    String line =
        "%s: cannot be made, and %s cannot be made, so libtorch can be unpacked to neither%s"
            .formatted(
                file.resolve(".javacpp/cache"),
                file.resolve(".javacpp-" + user).resolve("cache"),
                REMEDY);
    assertEquals(List.of(line, line), said("-Duser.home=" + file, "-Djava.io.tmpdir=" + file));
  }

  @Test
  void aFolderThatTheUserChoseIsNamed() throws Exception {
    Path chosen = Files.createFile(folder.resolve("file")).resolve("cache");
    String line = chosen + ": cannot be made, so libtorch cannot be unpacked there" + REMEDY;
    assertEquals(List.of(line, line), said("-Dorg.bytedeco.javacpp.cachedir=" + chosen));
  }

  private List<String> said(String... properties) throws IOException, InterruptedException {
    List<String> command = ChildJvm.command(folder, FirstStart.class, properties);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return words.lines().toList();
  }
}
