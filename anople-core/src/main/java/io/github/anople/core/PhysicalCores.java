package io.github.anople.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** How many threads can compute at full speed. */
public final class PhysicalCores {

  private PhysicalCores() {}

  /**
   * Counts the cores that this process may use, hyper-threads counted once.
   *
   * <p>Linux tells which hardware threads share a core; elsewhere every processor the JVM sees
   * counts. A container's limit on processors is respected by the JVM's own figure.
   *
   * @return at least 1
   */
  public static int count() {
    int available = Runtime.getRuntime().availableProcessors();
    Set<String> cores = new HashSet<>();
    for (int cpu = 0; ; cpu++) {
      Path siblings =
          Path.of("/sys/devices/system/cpu/cpu" + cpu + "/topology/thread_siblings_list");
      if (!Files.exists(siblings)) {
        break;
      }
      cores.add(read(siblings).strip());
    }
    return cores.isEmpty() ? available : Math.max(1, Math.min(available, cores.size()));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
