package io.github.anople.server.enrol;

import io.github.anople.app.Calibrating;
import io.github.anople.app.Enrolment;
import io.github.anople.app.Exporting;
import io.github.anople.app.export.ExportSettings;
import io.github.anople.app.export.OnnxPrecision;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.SceneFault;
import io.github.anople.core.decide.Targets;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.core.region.Region;
import io.github.anople.inspect.calibrate.CalibrationSet;
import io.github.anople.inspect.evaluate.EvaluationListener;
import io.github.anople.onnx.OnnxMetadata;
import io.github.anople.torch.TorchDetectorOpener;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.pretrained.Backbones;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.train.TrainingClass;
import io.github.anople.torch.train.TrainingFiles;
import io.github.anople.torch.train.TrainingListener;
import io.github.anople.torch.train.TrainingRemark;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Trains in a process of its own: the memory that training takes goes back to the system, and a
 * fault in native code does not stop the line. What it has to tell is on standard output, a line of
 * JSON each; when its standard input ends, whoever started it is gone or wants it to end.
 */
public final class TrainingProcess {

  /** The order, in the folder that the process works in. */
  static final String ORDER = "order.json";

  private static final JsonMapper JSON = new JsonMapper();

  private final TrainingOrder order;
  private final PrintStream events;
  private volatile boolean cancelled;

  private TrainingProcess(TrainingOrder order, PrintStream events) {
    this.order = order;
    this.events = events;
  }

  /**
   * Trains.
   *
   * @param arguments the folder with the order
   * @throws IOException if the order cannot be read
   * @throws InterruptedException never
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PrintStream events = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err); // Events alone are for standard output.
    Path folder = Path.of(arguments[0]);
    TrainingOrder order =
        JSON.readValue(Files.readString(folder.resolve(ORDER)), TrainingOrder.class);
    TrainingProcess process = new TrainingProcess(order, events);
    process.watchInput();
    // A process that a killed server left behind may be on its way out.
    try (FileChannel lock =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock.lock();
      process.run();
    } catch (InputException e) {
      process.tell(TrainingEvent.fault(e.getMessage()));
    } catch (CancellationException e) {
      return;
    }
  }

  private void watchInput() {
    Thread watch =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // As good as its end.
              }
              cancelled = true;
            },
            "anople-order");
    watch.setDaemon(true);
    watch.start();
  }

  private void tell(TrainingEvent event) {
    events.println(JSON.writeValueAsString(event));
  }

  private void run() throws InterruptedException {
    tell(TrainingEvent.progress("Loading the backbone", 0, 0));
    try (LoadedBackbone loaded =
        Backbones.load(order.backbone(), Precision.FP32, ComputeDevice.CPU)) {
      if (order.provisional()) {
        Path file = order.folder().resolve("provisional.anople");
        make(loaded, config().with("optimizer.epochs", "0"), file, true);
      }
      make(loaded, config(), order.folder().resolve("detector.anople"), false);
    }
  }

  private TrainingConfig config() {
    return TrainingConfig.usual().with(order.settings());
  }

  private void make(LoadedBackbone backbone, TrainingConfig config, Path file, boolean provisional)
      throws InterruptedException {
    List<TrainingClass> products = List.of(new TrainingClass(order.shows(), order.shots()));
    boolean estimated = order.calibration().isEmpty();
    Enrolment enrolment =
        new Enrolment(
            config,
            estimated ? OptionalDouble.of(order.falseAlarms()) : OptionalDouble.empty(),
            new Progress(provisional));
    order
        .region()
        .map(json -> enrolment.withRegion(Region.fromJson(json, "the region")))
        .orElse(enrolment)
        .write(
            backbone,
            order.product(),
            products,
            new Enrolment.Target(
                file,
                file.resolveSibling(file.getFileName() + ".csv"),
                TrainingFiles.Resume.OWN,
                true));
    if (!estimated) {
      tell(TrainingEvent.progress("Setting thresholds", 0, 0));
      Calibrating.store(file, measured(backbone, file), file);
    }
    tell(TrainingEvent.progress("Exporting", 0, 0));
    DetectorBundle bundle = DetectorBundle.read(file);
    Path graph = file.resolveSibling(file.getFileName().toString().replace(".anople", ".onnx"));
    export(backbone, bundle, file, graph);
    tell(
        TrainingEvent.made(
            new TrainingEvent.Made(
                file, graph, provisional, bundle.calibration().map(Calibration::toJson))));
  }

  private CalibrationSet.Measured measured(LoadedBackbone backbone, Path file)
      throws InterruptedException {
    try (DetectorFile detector = TorchDetectorOpener.on(file, backbone)) {
      return Calibrating.measured(
          detector,
          Calibrating.further(detector, order.calibration()),
          new Targets(order.falseAlarms(), Optional.of(order.uncertain())),
          detector.sceneOfShots(),
          new ImageReader(detector.provenance().reading()),
          new CalibrationSet.Listener() {
            @Override
            public void unreadable(InputException fault) {
              tell(TrainingEvent.remark(fault.getMessage()));
            }

            @Override
            public void unlike(Path image, List<SceneFault> faults) {
              tell(
                  TrainingEvent.remark(
                      image.getFileName()
                          + " is unlike the other good pictures: "
                          + SceneFault.words(faults)));
            }
          });
    }
  }

  private static void export(LoadedBackbone backbone, DetectorBundle bundle, Path file, Path graph)
      throws InterruptedException {
    ExportSettings settings =
        new ExportSettings(
            OnnxPrecision.FP32,
            false,
            bundle
                .calibration()
                .map(OnnxMetadata.Thresholds::of)
                .orElse(OnnxMetadata.Thresholds.NONE),
            ExportSettings.INT8_ERROR);
    new Exporting(settings, List.of(), List.of(), EvaluationListener.SILENT)
        .run(bundle, file.toString(), backbone, List.of(), graph);
  }

  /** Tells how a training goes on. */
  private final class Progress implements TrainingListener {

    private final String what;
    private int steps;

    Progress(boolean provisional) {
      this.what = provisional ? "Provisional detector: " : "";
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }

    @Override
    public void stage(Stage stage) {
      String words =
          switch (stage) {
            case READING_SHOTS -> "reading the good pictures";
            case TRAINING -> "training";
            case FILLING_MEMORY -> "remembering the good pictures";
            case GOLDEN_IMAGE -> "testing itself";
          };
      tell(TrainingEvent.progress(capital(what + words), 0, 0));
    }

    @Override
    public void noted(TrainingRemark remark) {
      tell(TrainingEvent.remark(remark.words()));
    }

    @Override
    public void started(int epochs, int stepsPerEpoch, int epochsDone) {
      steps = epochs * stepsPerEpoch;
    }

    @Override
    public void stepDone(StepEvent step) {
      tell(TrainingEvent.progress(capital(what + "training"), (int) step.step(), steps));
    }

    private static String capital(String words) {
      return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
  }
}
