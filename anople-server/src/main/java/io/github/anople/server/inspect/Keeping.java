package io.github.anople.server.inspect;

import io.github.anople.server.store.InspectionRow;
import io.github.anople.server.store.InspectionStore;
import java.time.Clock;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps inspections, with what others keep along with them. One at a time, so that nobody ever sees
 * one before those of smaller numbers.
 */
@Component
final class Keeping {

  private final InspectionStore store;
  private final InspectionListener listener;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock(true);

  Keeping(
      InspectionStore store,
      InspectionListener listener,
      TransactionTemplate transaction,
      Clock clock) {
    this.store = store;
    this.listener = listener;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Keeps an inspection; throws what {@link InspectionStore#add} throws. */
  InspectionRow keep(InspectionStore.New made) {
    InspectionRow row;
    lock.lock();
    try {
      row = transaction.execute(status -> add(made));
    } finally {
      lock.unlock();
    }
    listener.kept(row);
    return row;
  }

  private InspectionRow add(InspectionStore.New made) {
    long id = store.add(made, clock.instant());
    InspectionRow row = store.find(made.product(), id).orElseThrow();
    listener.keeping(row);
    return row;
  }
}
