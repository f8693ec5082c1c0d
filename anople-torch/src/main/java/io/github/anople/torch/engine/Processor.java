package io.github.anople.torch.engine;

import io.github.anople.core.PhysicalCores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the processor is and can do.
 *
 * @param physicalCores cores that this process may use, hyper-threads counted once
 * @param multipliesBf16 whether bf16 matrix products run in hardware
 * @param multipliesInOneDnn whether libtorch may hand fp32 matrix products to oneDNN, as it can on
 *     AVX-512, and not to OpenBLAS; not with AMX, where oneDNN would round their operands to bf16
 *     (scores were off by one in a thousand)
 */
record Processor(int physicalCores, boolean multipliesBf16, boolean multipliesInOneDnn) {

  private static final List<String> BF16 = List.of("avx512_bf16", "amx_bf16", "bf16");
  private static final List<String> AVX512 = List.of("avx512f", "avx512bw", "avx512dq", "avx512vl");
  private static final String AMX = "amx_bf16";
  private static final Pattern CPU_FLAGS = Pattern.compile("(?m)^(?:flags|Features)\\s*:(.*)$");

  static Processor current() {
    List<String> flags = flags();
    return new Processor(
        PhysicalCores.count(),
        BF16.stream().anyMatch(flags::contains),
        flags.containsAll(AVX512) && !flags.contains(AMX));
  }

  /**
   * What the processor says it can. AVX2 alone does not multiply bf16: it is emulated there, slower
   * than fp32. Where no file lists the flags (macOS, Windows) the answer is no to everything: fp32
   * is never wrong, and the precision can be set by hand.
   */
  private static List<String> flags() {
    Matcher flags = CPU_FLAGS.matcher(read(Path.of("/proc/cpuinfo")));
    return flags.find()
        ? List.of(flags.group(1).strip().toLowerCase(Locale.ROOT).split("\\s+"))
        : List.of();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
