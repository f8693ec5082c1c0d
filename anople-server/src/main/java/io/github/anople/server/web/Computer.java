package io.github.anople.server.web;

import com.sun.management.OperatingSystemMXBean;
import io.github.anople.server.store.StoreFacts;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** What the server runs on. */
@Component
class Computer {

  private static final double GIGABYTE = 1e9;

  private final StoreFacts store;

  Computer(StoreFacts store) {
    this.store = store;
  }

  List<SystemPage.Fact> facts() {
    Runtime java = Runtime.getRuntime();
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return List.of(
        new SystemPage.Fact("Cores", Integer.toString(java.availableProcessors())),
        new SystemPage.Fact(
            "Memory",
            gigabytes(system.getFreeMemorySize())
                + " free of "
                + gigabytes(system.getTotalMemorySize())),
        new SystemPage.Fact(
            "Java's part of it",
            gigabytes(java.totalMemory() - java.freeMemory())
                + " used of at most "
                + gigabytes(java.maxMemory())),
        new SystemPage.Fact(
            "Data folder",
            store.folder() + ", " + gigabytes(store.freeBytes()) + " free on its disk"),
        new SystemPage.Fact("Database", store.database()));
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes / GIGABYTE);
  }
}
