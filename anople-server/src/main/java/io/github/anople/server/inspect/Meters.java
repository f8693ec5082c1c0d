package io.github.anople.server.inspect;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** What is told of inspections to who watches the server. */
@Component
class Meters {

  private final MeterRegistry registry;

  Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Pictures that are being inspected, or wait for it. */
  void waiting(Supplier<Number> pictures) {
    Gauge.builder("anople.pictures.waiting", pictures)
        .description("Pictures that are being inspected, or wait for it")
        .strongReference(true)
        .register(registry);
  }

  /** An inspection is in the history. */
  void inspected(String product, String verdict, int millis) {
    Counter.builder("anople.inspections")
        .description("Inspections since the start")
        .tag("product", product)
        .tag("verdict", verdict)
        .register(registry)
        .increment();
    Timer.builder("anople.inspection")
        .description("From the first byte of a picture to its row in the history")
        .register(registry)
        .record(millis, TimeUnit.MILLISECONDS);
  }
}
