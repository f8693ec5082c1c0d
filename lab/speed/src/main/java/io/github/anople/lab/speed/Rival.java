package io.github.anople.lab.speed;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.anople.core.InputException;
import io.github.anople.core.PhysicalCores;
import io.github.anople.lab.speed.djl.DjlEncoder;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Who else encodes pictures, each in a process of its own: two libtorches do not share one. */
enum Rival {
  /** DJL's NDArray interface on its official PyTorch engine, as a Java user would write it. */
  DJL("DJL fp32") {
    @Override
    List<String> command(Workbench workbench) throws Unavailable {
      return List.of(
          ProcessHandle.current().info().command().orElse("java"),
          "-Dai.djl.offline=true",
          "-DOPT_OUT_TRACKING=true",
          "-DDJL_CACHE_DIR=" + workbench.folder("djl-cache"),
          "-Dai.djl.pytorch.num_threads=" + PhysicalCores.count(),
          "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
          "-cp",
          String.join(File.pathSeparator, djlClassPath()),
          DjlEncoder.class.getName());
    }
  },
  /** PyTorch in eager mode, where an interpreter with it is installed. */
  PYTORCH("PyTorch eager fp32") {
    @Override
    List<String> command(Workbench workbench) {
      Path script = workbench.folder("rival").resolve(SCRIPT);
      try (InputStream source = Rival.class.getResourceAsStream(SCRIPT)) {
        Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new InputException(script, "cannot be written (" + e + ")", "check the folder", e);
      }
      return List.of(
          workbench.settings().python(),
          script.toString(),
          Integer.toString(PhysicalCores.count()));
    }
  };

  private static final String SCRIPT = "encoder.py";

  private final String system;

  Rival(String system) {
    this.system = system;
  }

  /** Its name in tables. */
  String system() {
    return system;
  }

  /** The command without the arguments that all rivals share. */
  abstract List<String> command(Workbench workbench) throws Unavailable;

  /** Starts it. */
  RivalProcess start(Workbench workbench, List<String> inputs) throws Unavailable {
    List<String> command = new ArrayList<>(command(workbench));
    command.addAll(inputs);
    return RivalProcess.start(command, workbench.folder("rival").resolve(name() + ".log"));
  }

  /**
   * DJL's own jars, which the build keeps apart, and the reader of the weights with what it needs.
   */
  private static List<String> djlClassPath() throws Unavailable {
    List<String> path = new ArrayList<>();
    Path own =
        Path.of(System.getenv().getOrDefault("ANOPLE_CHECKOUT", "../.."), "lab/speed/target/djl");
    try (Stream<Path> jars = Files.list(own)) {
      jars.map(Path::toString).sorted().forEach(path::add);
    } catch (IOException e) {
      throw new Unavailable("its libraries are not in " + own);
    }
    for (Class<?> needed :
        List.of(
            DjlEncoder.class,
            InputException.class,
            ObjectMapper.class,
            JsonFactory.class,
            JsonFormat.class,
            LoggerFactory.class)) {
      path.add(jarOf(needed));
    }
    return path;
  }

  private static String jarOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
