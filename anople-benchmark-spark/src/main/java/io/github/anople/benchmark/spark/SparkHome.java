package io.github.anople.benchmark.spark;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * Where Spark is installed, as {@code SPARK_HOME} and {@code SPARK_CONF_DIR} say.
 *
 * @param folder of Spark; empty where it came to the class path by other means
 * @param configuration folder of {@code spark-defaults.conf}; empty for {@code conf} in the folder
 */
record SparkHome(Optional<Path> folder, Optional<Path> configuration) {

  private static final String SPARK = "org/apache/spark/api/java/JavaSparkContext.class";

  static SparkHome ofEnvironment() {
    return new SparkHome(named("SPARK_HOME"), named("SPARK_CONF_DIR"));
  }

  private static Optional<Path> named(String variable) {
    return Optional.ofNullable(System.getenv(variable))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }

  /**
   * Checks that there is a Spark.
   *
   * @param program finds the program's classes
   * @throws InputException if it finds none of Spark's
   */
  void check(ClassLoader program) {
    if (program.getResource(SPARK) == null) {
      throw new InputException(
          "SPARK_HOME",
          folder
              .map(there -> "there is no Spark in " + there.resolve("jars"))
              .orElse("is not set, and Spark does not come with the program"),
          "set it to the folder of a Spark 4 (Scala 2.13), and start the program with its own"
              + " launcher");
    }
  }

  /**
   * The settings of {@code spark-defaults.conf}.
   *
   * @return by name, empty where there is no such file
   * @throws InputException if it cannot be read
   */
  Map<String, String> defaults() {
    Optional<Path> file =
        configuration
            .or(() -> folder.map(home -> home.resolve("conf")))
            .map(conf -> conf.resolve("spark-defaults.conf"))
            .filter(Files::exists);
    Map<String, String> settings = new TreeMap<>();
    if (file.isPresent()) {
      Properties all = read(file.get());
      for (String name : all.stringPropertyNames()) {
        settings.put(name, all.getProperty(name).strip());
      }
    }
    return settings;
  }

  private static Properties read(Path file) {
    Properties all = new Properties();
    try (Reader text = Files.newBufferedReader(file)) {
      all.load(text);
      return all;
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(
          file,
          "cannot be read (" + InputException.quoted(String.valueOf(e.getMessage())) + ")",
          "correct it: a name and a value on each line, in UTF-8",
          e);
    }
  }

  /**
   * The jars that executors lack: those of a class path that are not Spark's. Class folders are
   * passed over, as Spark sends jars alone.
   *
   * @param classPath as Java was given it; jars that a manifest names belong to it
   * @return the jars; none where nobody knows which are Spark's
   * @throws InputException if a jar cannot be read
   */
  Stream<Path> brought(String classPath) {
    if (folder.isEmpty()) {
      return Stream.empty();
    }
    Path sparks = folder.get().resolve("jars").toAbsolutePath().normalize();
    return Stream.of(classPath.split(java.io.File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath().normalize())
        .filter(jar -> Files.isRegularFile(jar) && !jar.startsWith(sparks))
        .flatMap(jar -> Stream.concat(Stream.of(jar), namedBy(jar)))
        .distinct();
  }

  private static Stream<Path> namedBy(Path jar) {
    try (JarFile opened = new JarFile(jar.toFile())) {
      Manifest manifest = opened.getManifest();
      String named =
          manifest == null
              ? null
              : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      return named == null
          ? Stream.empty()
          : Stream.of(named.strip().split("\\s+"))
              .map(name -> Path.of(jar.toUri().resolve(name)))
              .filter(Files::isRegularFile);
    } catch (IOException e) {
      throw new InputException(jar, "cannot be read (" + e + ")", "unpack the program anew", e);
    }
  }
}
