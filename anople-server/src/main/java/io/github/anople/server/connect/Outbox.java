package io.github.anople.server.connect;

import io.github.anople.core.decide.Verdict;
import io.github.anople.server.inspect.InspectionListener;
import io.github.anople.server.store.Connection.Wanted;
import io.github.anople.server.store.InspectionRow;
import io.github.anople.server.store.OutboxStore;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Puts inspections where connections take them from; nobody who inspects waits for more. */
@Component
final class Outbox implements InspectionListener {

  private final OutboxStore store;
  private final Map<Line, Long> awaiting = new ConcurrentHashMap<>();

  Outbox(OutboxStore store) {
    this.store = store;
  }

  @Override
  public void keeping(InspectionRow inspection) {
    store.add(inspection, wanted(inspection.verdict()));
  }

  /** Which connections a verdict is for. */
  private static Set<Wanted> wanted(String verdict) {
    return switch (verdict) {
      case Verdict.OK -> Set.of(Wanted.ALL);
      case Verdict.NOT_OK, Verdict.UNLIKE -> Set.of(Wanted.ALL, Wanted.NOT_OK, Wanted.REJECTED);
      default -> Set.of(Wanted.ALL, Wanted.NOT_OK);
    };
  }

  @Override
  public void kept(InspectionRow inspection) {
    awaiting.forEach(
        (line, product) -> {
          if (product == inspection.product()) {
            line.wake();
          }
        });
  }

  /** Wakes a line at every inspection of a product. */
  void await(long product, Line line) {
    awaiting.put(line, product);
  }

  /** Wakes it no more. */
  void leave(Line line) {
    awaiting.remove(line);
  }
}
