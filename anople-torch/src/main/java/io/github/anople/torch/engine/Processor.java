package io.github.anople.torch.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the processor is and can do.
 *
 * @param physicalCores cores that this process may use, hyper-threads counted once
 * @param multipliesBf16 whether bf16 matrix products run in hardware
 */
record Processor(int physicalCores, boolean multipliesBf16) {

  private static final Pattern CPU_FLAGS = Pattern.compile("(?m)^(?:flags|Features)\\s*:(.*)$");

  static Processor current() {
    return new Processor(countPhysicalCores(), detectBf16());
  }

  /**
   * Linux tells which hardware threads share a core; elsewhere every processor the JVM sees counts.
   * A container's limit on processors is respected by the JVM's own figure.
   */
  private static int countPhysicalCores() {
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

  /**
   * AVX2 alone is not enough: bf16 is emulated there, slower than fp32. Where no file lists the
   * processor's flags (macOS, Windows) the answer is no: fp32 is never wrong, and the precision can
   * be set by hand.
   */
  private static boolean detectBf16() {
    Matcher flags = CPU_FLAGS.matcher(read(Path.of("/proc/cpuinfo")));
    if (flags.find()) {
      List<String> names = List.of(flags.group(1).strip().toLowerCase(Locale.ROOT).split("\\s+"));
      return names.contains("avx512_bf16") || names.contains("amx_bf16") || names.contains("bf16");
    }
    return false;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
