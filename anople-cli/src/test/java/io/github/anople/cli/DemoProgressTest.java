package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.console.Output;
import io.github.anople.torch.loss.LossValues;
import io.github.anople.torch.train.TrainingListener;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class DemoProgressTest {

  private static final long SECOND = 1_000_000_000L;

  @Command(name = "any")
  static final class Any {
    @Mixin private Output output;
  }

  private final StringWriter said = new StringWriter();
  private long now;

  private DemoProgress progress() {
    Any any = new Any();
    new CommandLine(any).setErr(new PrintWriter(said, true)).parseArgs();
    return new DemoProgress(any.output, () -> now);
  }

  private static TrainingListener.StepEvent step(int number) {
    return new TrainingListener.StepEvent(
        number, number, "000.png", 0.001, new LossValues(1, 1, 1, 1, 1, 5));
  }

  @Test
  void aLongTrainingSaysEveryFewSecondsWhatIsLeft() {
    TrainingListener training = progress().training("bell");
    training.started(10, 1, 0);
    for (int i = 1; i <= 10; i++) {
      now += 2 * SECOND;
      training.stepDone(step(i));
    }
    assertEquals(
        List.of(
            "bell: learning, 10 epochs",
            "bell: learning, 20 %, about 16 s left",
            "bell: learning, 40 %, about 12 s left",
            "bell: learning, 60 %, about 8 s left",
            "bell: learning, 80 %, about 4 s left",
            "bell: learning, 100 %, about 0 s left"),
        said.toString().lines().toList());
  }

  @Test
  void aShortTrainingDoesNotChatter() {
    TrainingListener training = progress().training("bell");
    training.started(10, 1, 0);
    for (int i = 1; i <= 10; i++) {
      now += SECOND / 10;
      training.stepDone(step(i));
    }
    assertEquals(1, said.toString().lines().count());
  }

  @Test
  void aStageIsALine() {
    DemoProgress progress = progress();
    progress.drawing("bell", Path.of("pictures"));
    progress.calibrating("bell");
    assertEquals(
        List.of(
            "bell: drawing its pictures into pictures",
            "bell: setting the threshold with further good pictures"),
        said.toString().lines().toList());
  }
}
