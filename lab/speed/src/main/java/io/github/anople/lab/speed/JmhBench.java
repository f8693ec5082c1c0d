package io.github.anople.lab.speed;

import java.util.Collection;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A class of JMH benchmarks, which are plain Java. Each runs in a JVM of its own; a sample is the
 * mean of one iteration.
 *
 * @param name what {@code --only} calls it
 * @param benchmarks the class
 * @param forks JVMs; 0 to stay in this one
 */
record JmhBench(String name, Class<?> benchmarks, int forks) implements Bench {

  private static final int FEWEST = 3;

  @Override
  public void run(Workbench workbench, Results results) {
    Repetitions repetitions = workbench.repetitions().atMost(10);
    double iteration = repetitions.seconds() / Math.max(FEWEST, repetitions.counted());
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + benchmarks.getName().replace(".", "\\.") + "\\.")
            .forks(forks)
            .jvmArgsAppend("-Djmh.ignoreLock=true")
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .warmupIterations(Math.max(1, repetitions.warmUps()))
            .warmupTime(time(iteration))
            .measurementIterations(Math.max(FEWEST, repetitions.counted()))
            .measurementTime(time(iteration));
    try {
      Collection<RunResult> found = new Runner(options.build()).run();
      found.forEach(result -> results.add(timing(result)));
    } catch (RunnerException e) {
      results.leaveOut(name, "JMH", String.valueOf(e.getMessage()));
    }
  }

  private static TimeValue time(double seconds) {
    return TimeValue.milliseconds(Math.max(1, Math.round(1000 * seconds)));
  }

  /** The name of the method is the system, the parameters tell the task. */
  private Timing timing(RunResult result) {
    double[] seconds =
        result.getBenchmarkResults().stream()
            .flatMap(fork -> fork.getIterationResults().stream())
            .map(IterationResult::getPrimaryResult)
            .mapToDouble(one -> one.getScore())
            .toArray();
    String method = result.getParams().getBenchmark();
    String parameters =
        result.getParams().getParamsKeys().stream()
            .map(key -> ", " + parameter(key, result.getParams().getParam(key)))
            .collect(Collectors.joining());
    boolean ours = method.endsWith(".anople");
    return new Timing(
        name + parameters, ours ? "AnoPLe" : "ImageIO", new Samples(seconds), Work.UNCOUNTED, "");
  }

  private static String parameter(String key, String value) {
    return switch (key) {
      case "pixels" -> Double.parseDouble(value) / 1e6 + " megapixels";
      case "pictures" -> value + " pictures";
      default -> value;
    };
  }
}
