package io.github.anople.lab.speed;

import io.github.anople.torch.engine.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The command as a user types it, from the start of the process to its end: on the built-in
 * backbone, and at full size where that was asked for.
 *
 * @param kind what is typed
 */
record CommandBench(Kind kind) implements Bench {

  /** What is typed. */
  enum Kind {
    /** One picture, scored: what a first score waits for. */
    START {
      @Override
      void measure(Place place, Workbench workbench, Results results) {
        Path image = DrawnImage.folder(workbench.folder("shot"), 1, 640, 480, "png");
        List<String> command = place.command("predict", place.detector(), image.toString());
        place.time("start to first score", command, workbench.repetitions().atMost(5), results);
      }
    },
    /** One class, one shot, the paper's 60 epochs, to a saved and calibrated detector. */
    TRAIN {
      @Override
      void measure(Place place, Workbench workbench, Results results) {
        List<String> command = place.training("timed.anople");
        place.time("train, one class, one shot", command, new Repetitions(0, 1, 0), results);
      }
    },
    /** Files of 0.3 megapixels, with heat maps written; memory must not grow with their number. */
    PREDICT {
      @Override
      void measure(Place place, Workbench workbench, Results results) {
        int most = workbench.settings().scale().images();
        for (int files : new int[] {(most + 3) / 4, most}) {
          Path folder =
              DrawnImage.folder(workbench.folder("pictures-" + files), files, 640, 480, "png");
          List<String> command =
              place.command(
                  "predict",
                  place.detector(),
                  folder.toString(),
                  "--output",
                  workbench.folder("predicted").toString());
          Repetitions few = workbench.repetitions().atMost(3);
          place.time(
              "predict, " + files + " files",
              command,
              new Repetitions(0, few.counted(), 0),
              results);
        }
      }
    };

    abstract void measure(Place place, Workbench workbench, Results results);
  }

  @Override
  public String name() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void run(Workbench workbench, Results results) {
    if (workbench.settings().command().isEmpty()) {
      results.leaveOut(name(), "AnoPLe", "the anople command is not there");
      return;
    }
    kind.measure(new Place(workbench, "mini", "mini"), workbench, results);
    if (workbench.settings().fullCommands()) {
      kind.measure(
          new Place(workbench, "full size", workbench.backboneFolder().toString()),
          workbench,
          results);
    }
  }

  /**
   * A backbone to run commands on.
   *
   * @param label what tables call it
   * @param backbone what {@code --backbone} takes
   */
  record Place(Workbench workbench, String label, String backbone) {

    void time(String task, List<String> command, Repetitions repetitions, Results results) {
      results.add(
          WholeProcess.repeated(
              task + ", " + label,
              Workbench.ours(Precision.AUTO.resolve(workbench.device())),
              command,
              repetitions,
              log(),
              Work.UNCOUNTED));
    }

    /** A detector of one epoch, trained by the command itself. */
    String detector() {
      List<String> command = new ArrayList<>(training("bench.anople"));
      command.addAll(List.of("--epochs", "1", "--set", "optimizer.warmup_epochs=1"));
      WholeProcess.run(command, log());
      return file("bench.anople").toString();
    }

    List<String> training(String output) {
      Path shot = DrawnImage.folder(workbench.folder("shot"), 1, 640, 480, "png");
      return command(
          "train",
          "--normal",
          shot.toString(),
          "--name",
          "part",
          "--output",
          file(output).toString());
    }

    List<String> command(String... arguments) {
      List<String> command = new ArrayList<>();
      command.add(workbench.settings().command().orElseThrow().toString());
      command.addAll(List.of(arguments));
      command.addAll(
          List.of("--backbone", backbone, "--device", workbench.device().id(), "--quiet"));
      return command;
    }

    private Path file(String name) {
      return workbench.folder("command").resolve(name);
    }

    private Path log() {
      return file("command.log");
    }
  }
}
