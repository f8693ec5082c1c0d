package io.github.anople.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * An installation of Spark, made of this class path: what a cluster has lies in {@code jars}, and
 * what a job brings along is told apart from it.
 *
 * @param path its folder
 * @param brought jars that come with a job
 */
public record SparkHome(Path path, List<String> brought) {

  /** What no cluster has besides our own jars: it comes with the job. */
  private static final List<String> BROUGHT =
      List.of(
          "com/microsoft/onnxruntime/",
          "com/twelvemonkeys/",
          "gg/jte/",
          "org/apache/commons/commons-csv/",
          "org/bytedeco/",
          "org/jsoup/",
          "org/junit/");

  /**
   * Makes an installation.
   *
   * @param folder for its folder {@code spark}, and jars of what is on this class path as folders
   * @return the installation
   */
  public static SparkHome install(Path folder) throws IOException {
    Path home = folder.resolve("spark");
    Path jars = Files.createDirectories(home.resolve("jars"));
    List<String> brought = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path file = Path.of(entry).toAbsolutePath();
      if (Files.isDirectory(file)) {
        brought.add(jar(file, folder.resolve("classes-" + brought.size() + ".jar")).toString());
      } else if (isBrought(file)) {
        brought.add(file.toString());
      } else if (Files.exists(file)) {
        link(file, jars.resolve(file.getFileName()));
      }
    }
    return new SparkHome(home, brought);
  }

  private static boolean isBrought(Path jar) {
    return jar.getFileName().toString().startsWith("anople-")
        || BROUGHT.stream().anyMatch(jar.toString().replace('\\', '/')::contains);
  }

  private static void link(Path file, Path link) throws IOException {
    try {
      Files.createLink(link, file);
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(file, link); // On another disk.
    }
  }

  private static Path jar(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }

  /**
   * What a job brings along.
   *
   * @return jars with commas between them, as {@code spark.jars} wants them
   */
  public String jobJars() {
    return String.join(",", brought);
  }

  /**
   * A program of Spark's, with what the installation has on its class path and nothing else.
   *
   * @param main the program's class
   * @param arguments of it
   * @return a process to start
   */
  public ProcessBuilder java(String main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().strip().split("\\s+", -1)));
    command.addAll(List.of("-Xmx512m", "-cp", path.resolve("jars") + "/*", main));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_HOME", path.toString());
    builder
        .environment()
        .put(
            "SPARK_SCALA_VERSION",
            scala.util.Properties.versionNumberString().replaceAll("^(\\d+\\.\\d+).*", "$1"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }
}
