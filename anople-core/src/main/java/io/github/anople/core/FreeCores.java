package io.github.anople.core;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** How much of the processor other programs leave. */
public final class FreeCores {

  /** A shorter while says little: the system counts in hundredths of a second. */
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private static final FreeCores OF_MACHINE = new FreeCores();

  private long looked = System.nanoTime() - LOOK_EVERY_NANOS;
  private double others;

  private FreeCores() {}

  /**
   * Whether other programs leave about one core alone of several: then one thread is as quick as
   * two that wait for each other.
   *
   * @return false where the system does not tell
   */
  public static boolean onlyOneIsLeft() {
    int cores = PhysicalCores.count();
    return cores > 1 && cores * (1 - OF_MACHINE.others()) < 1.5;
  }

  /** Other programs' share of the processor since the look before, 0 to 1. */
  private synchronized double others() {
    long now = System.nanoTime();
    if (now - looked >= LOOK_EVERY_NANOS) {
      looked = now;
      if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
        others = Math.max(0, system.getCpuLoad() - Math.max(0, system.getProcessCpuLoad()));
      }
    }
    return others;
  }
}
