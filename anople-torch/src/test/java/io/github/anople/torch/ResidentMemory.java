package io.github.anople.torch;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the operating system says this process holds in memory, Java heap and native together. */
public final class ResidentMemory {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  private final long before;

  private ResidentMemory(long before) {
    this.before = before;
  }

  /** The present size; skips the test where the system does not tell. */
  public static ResidentMemory now() {
    assumeTrue(Files.exists(STATUS), "skipped: no /proc/self/status on this system");
    return new ResidentMemory(bytes());
  }

  /** By how many bytes the process has grown. */
  public long growth() {
    return bytes() - before;
  }

  /** Fails if the process has grown by more. */
  public void requireGrowthBelow(long bytes) {
    long growth = growth();
    System.out.println("resident memory grew by " + (growth >> 10) + " kB");
    assertTrue(growth < bytes, () -> "resident memory grew by " + (growth >> 20) + " MB");
  }

  /** The resident set after the Java heap is swept, so that garbage does not count as a leak. */
  private static long bytes() {
    System.gc();
    try {
      Matcher resident = RESIDENT.matcher(Files.readString(STATUS));
      if (!resident.find()) {
        throw new IllegalStateException("no VmRSS in " + STATUS);
      }
      return Long.parseLong(resident.group(1)) << 10;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
