package io.github.anople.lab.speed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.anople.core.InputException;
import io.github.anople.core.PhysicalCores;
import io.github.anople.lab.speed.jmh.DecodeBenchmark;
import io.github.anople.lab.speed.jmh.MetricsBenchmark;
import io.github.anople.lab.speed.jmh.ResizeBenchmark;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.TorchRuntime;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./anople bench}: measures speed, prints a table, writes JSON and Markdown. */
@Command(
    name = "anople bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Measures how fast this machine and this program are, compared with what a user would pick "
            + "instead. Nothing else should run meanwhile.")
public final class BenchMain implements Callable<Integer> {

  private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(.*)$");
  // What ./anople names: the checkout.
  private static final String HOME = System.getenv().getOrDefault("ANOPLE_CHECKOUT", "");

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description =
          "Some of encode, detect, step, load, text, decoder, memory, resize, decode, metrics, start, "
              + "train, predict. The machine's limits are always measured. Default: all.")
  private List<String> only = List.of();

  @Option(names = "--thorough", description = "More repetitions: half an hour, medians to publish.")
  private boolean thorough;

  @Option(
      names = "--full",
      description = "Measure train, predict and start at full size, in addition to mini.")
  private boolean full;

  @Option(
      names = "--backbone",
      paramLabel = "DIR",
      description =
          "An OpenCLIP folder to measure encoders with. Default: ViT-B-16-plus-240 with weights"
              + " made by rule, written to the work folder once (834 MB).")
  private Path backbone;

  @Option(
      names = "--device",
      paramLabel = "cuda[:N]|cpu|auto",
      description =
          "Where libtorch computes; rivals stay on the processor. auto: the first CUDA card if the "
              + "program was built with -Pgpu and there is one. Default: ${DEFAULT-VALUE}.")
  private String device = "auto";

  @Option(
      names = "--python",
      paramLabel = "COMMAND",
      description = "An interpreter that may have PyTorch. Default: ${DEFAULT-VALUE}.")
  private String python = debianPython();

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "Weights, pictures, graphs; kept for the next run. Default: ${DEFAULT-VALUE}.")
  private Path work = Path.of(HOME, "lab/speed", "target", "work");

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "For performance.json and performance.md. Default: ${DEFAULT-VALUE}.")
  private Path output = Path.of(HOME, "lab/speed", "target", "results");

  @Option(
      names = "--update",
      paramLabel = "FILE",
      description = "Put the numbers into this page too, between its marks: docs/performance.md.")
  private Path page;

  @Spec private CommandSpec command;

  private BenchMain() {}

  /**
   * Runs the command line and exits.
   *
   * @param args the arguments
   */
  public static void main(String[] args) {
    PrintWriter err = new PrintWriter(System.err, true, UTF_8);
    CommandLine line =
        new CommandLine(new BenchMain())
            .setOut(new PrintWriter(System.out, true, UTF_8))
            .setErr(err)
            .setExecutionExceptionHandler(
                (fault, at, parsed) -> {
                  if (fault instanceof InputException) {
                    err.println("anople bench: " + fault.getMessage());
                    return 1;
                  }
                  fault.printStackTrace(err);
                  return 3;
                });
    System.exit(line.execute(args));
  }

  /** Debian's own interpreter is the one that its python3-torch is for. */
  private static String debianPython() {
    Path debian = Path.of("/usr/bin/python3");
    return Files.isExecutable(debian) ? debian.toString() : "python3";
  }

  /** All benches, in the order in which they run. */
  static List<Bench> all() {
    return List.of(
        new EncodeBench(),
        new DetectBench(),
        new StepBench(),
        new LoadBench(),
        new TextBench(),
        new DecoderBench(),
        new MemoryBench(),
        new JmhBench("resize", ResizeBenchmark.class, 1),
        new JmhBench("decode", DecodeBenchmark.class, 1),
        new JmhBench("metrics", MetricsBenchmark.class, 1),
        new CommandBench(CommandBench.Kind.START),
        new CommandBench(CommandBench.Kind.TRAIN),
        new CommandBench(CommandBench.Kind.PREDICT));
  }

  @Override
  public Integer call() {
    List<Bench> asked = asked();
    Results results = new Results(line -> command.commandLine().getErr().println(line));
    Limits limits;
    try (Workbench workbench = new Workbench(settings())) {
      limits = run(asked, workbench, results);
    }
    command.commandLine().getOut().print(Table.of(results, limits).plain());
    command.commandLine().getOut().flush();
    ResultFiles files = new ResultFiles(conditions(), limits, results);
    files.write(made(output));
    if (page != null) {
      files.update(page);
    }
    command.commandLine().getErr().println("written to " + output);
    return 0;
  }

  private List<Bench> asked() {
    TreeSet<String> unknown = new TreeSet<>(only);
    all().forEach(bench -> unknown.remove(bench.name()));
    if (!unknown.isEmpty()) {
      throw new ParameterException(command.commandLine(), "no bench is called " + unknown);
    }
    return all().stream().filter(b -> only.isEmpty() || only.contains(b.name())).toList();
  }

  /** Limits are taken before and after: a machine that slows down meanwhile shows. */
  static Limits run(List<Bench> benches, Workbench workbench, Results results) {
    Limits before = MachineLimits.measure(workbench, results, "");
    for (Bench bench : benches) {
      bench.run(workbench, results);
    }
    Limits after = MachineLimits.measure(workbench, results, ", at the end");
    Map<Limit, Double> most = new EnumMap<>(before.perSecond());
    after.perSecond().forEach((limit, rate) -> most.merge(limit, rate, Math::max));
    return new Limits(most);
  }

  private Workbench.Settings settings() {
    Path anople = Path.of(HOME, "anople");
    return new Workbench.Settings(
        work,
        Optional.ofNullable(backbone),
        Optional.of(anople).filter(Files::isExecutable),
        python,
        thorough ? Repetitions.THOROUGH : Repetitions.QUICK,
        Workbench.Scale.FULL,
        full,
        ComputeDevice.parse(device));
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InputException(folder, "cannot be made (" + e + ")", "give another --output", e);
    }
  }

  private Map<String, String> conditions() {
    Repetitions repetitions = settings().repetitions();
    Map<String, String> conditions = new LinkedHashMap<>();
    conditions.put("processor", processor() + ", " + PhysicalCores.count() + " cores in use");
    conditions.put("system", System.getProperty("os.name") + ", Java " + Runtime.version());
    conditions.put("libtorch", TorchRuntime.platform(ComputeDevice.parse(device)).libtorch());
    conditions.put(
        "repetitions",
        "after %d warm-ups (a training: 2 or more steps, commands: see the page), up to %d within %.0f s"
            .formatted(repetitions.warmUps(), repetitions.counted(), repetitions.seconds()));
    return conditions;
  }

  private static String processor() {
    try {
      Matcher model = MODEL.matcher(Files.readString(Path.of("/proc/cpuinfo")));
      return model.find() ? model.group(1) : System.getProperty("os.arch");
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
