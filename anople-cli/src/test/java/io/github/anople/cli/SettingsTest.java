package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.anople.core.Fixtures;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.torch.config.Settings;
import io.github.anople.torch.config.TrainingConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code anople train} can be told, and how. */
class SettingsTest {

  private static final String TINY = Fixtures.golden("tiny_clip").toString();

  @TempDir Path folder;

  private static CommandRun print(String... options) {
    List<String> all = new ArrayList<>(List.of("train", "--print-config"));
    all.addAll(List.of(options));
    return CommandRun.of(all.toArray(String[]::new));
  }

  @Test
  void trainHasFewOptionsAndAllOfThemAreShown() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    CommandLine train = Main.commandLine(nowhere, nowhere).getSubcommands().get("train");

    // Three of them say how pictures are read, two which part of them counts, four how they are
    // cut.
    assertTrue(train.getCommandSpec().options().size() <= 34, train.getUsageMessage());
    assertTrue(
        train.getCommandSpec().options().stream().noneMatch(CommandLine.Model.OptionSpec::hidden));
  }

  @Test
  void whatIsPrintedHasTheNamesThatAreSetAndIsReadBack() throws IOException {
    CommandRun printed = print("--set", "prompts.depth=7", "--epochs", "9", "--preset", "VISA");
    TrainingConfig expected =
        TrainingConfig.visa().with("prompts.depth", "7").with("optimizer.epochs", "9");
    JsonNode json = printed.done().json();

    for (String name : Settings.names()) {
      assertTrue(!json.at("/" + name.replace('.', '/')).isMissingNode(), name);
    }
    assertEquals(expected, TrainingConfig.parse(printed.out(), "printed"));
    Path file = Files.writeString(folder.resolve("mine.json"), printed.out());
    assertEquals(printed.out(), print("--config", file.toString()).out());
    String changed = print("--config", file.toString(), "--seed", "3").out();
    assertEquals(expected.with("seed", "3"), TrainingConfig.parse(changed, "printed"));
  }

  @Test
  void aConfigurationOfOldIsReadAndItsFaultsAreNamedWithTheFile() throws IOException {
    Path file = folder.resolve("old.json");
    Files.writeString(file, "{\"interaction\": \"text-only\", \"text_context\": 2}");

    print("--config", file.toString())
        .inputFault("old.json", "configuration.memory.enabled: is missing");
    print("--config", folder.resolve("none.json").toString()).inputFault("none.json");
  }

  @Test
  void contradictionsAndUnknownNamesAreWrongUsage() throws IOException {
    print("--epochs", "5", "--set", "optimizer.epochs=6")
        .wrongUsage("--epochs 5 and --set optimizer.epochs=6 contradict");
    print("--set", "prompts.depth=5", "--set", "prompts.depth=6").wrongUsage("contradict");
    print("--epochs", "5", "--set", "optimizer.epochs=5").done();
    print("--set", "prompts.dept=5").wrongUsage("'prompts.dept'", "use prompts.depth");
    print("--set", "text_context=5").wrongUsage("use prompts.text_context");
    print("--set", "memory=false").wrongUsage("use memory.enabled");
    print("--set", "prompts.depth").wrongUsage("has no value");
    Path file = Files.writeString(folder.resolve("mine.json"), print().out());
    print("--config", file.toString(), "--preset", "visa").wrongUsage("--preset and --config");
    CommandRun.of("train", "--normal", "good", "--target-false-alarm", "few")
        .wrongUsage("'few' is neither a share nor none");
  }

  @Test
  void shotsAreCountedOrListed() throws IOException {
    for (Path image : SyntheticParts.writeGood(folder.resolve("good"), 3)) {
      Files.move(image, image.resolveSibling(image.getFileName().toString().substring(5)));
    }
    Path list = Files.writeString(folder.resolve("list.txt"), "001.png\n");
    Path promptAd = Files.writeString(folder.resolve("seeds.txt"), "#1: 002\n#2: 000 001\n");

    assertEquals(2, shots("2").size());
    assertEquals(List.of("001.png"), shots(list.toString()));
    assertEquals(List.of("000.png", "001.png"), shots(promptAd + "#2"));
    train("none.txt").inputFault("none.txt");
    train("4").inputFault("3");
  }

  private List<String> shots(String option) throws IOException {
    train(option).done();
    DetectorBundle bundle = DetectorBundle.read(folder.resolve("d.anople"));
    assertTrue(bundle.calibration().isEmpty(), "--target-false-alarm none");
    return bundle.provenance().shots().stream()
        .map(Provenance.Shot::name)
        .map(name -> name.substring(name.lastIndexOf('/') + 1))
        .toList();
  }

  private CommandRun train(String shots) {
    return CommandRun.of(
        "train",
        "--normal",
        folder.resolve("good").toString(),
        "--shots",
        shots,
        "--backbone",
        TINY,
        "--epochs",
        "0",
        "--target-false-alarm",
        "none",
        "--quiet",
        "--output",
        folder.resolve("d.anople").toString());
  }

  @Test
  void aFileThatIsNotACheckpointIsNotReplaced() throws IOException {
    SyntheticParts.writeGood(folder.resolve("good"), 1);
    Path left = Files.writeString(folder.resolve("d.anople.checkpoint"), "left by somebody");

    train("1").inputFault("d.anople.checkpoint");

    assertEquals("left by somebody", Files.readString(left));
  }
}
