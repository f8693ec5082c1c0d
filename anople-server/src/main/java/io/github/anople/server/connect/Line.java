package io.github.anople.server.connect;

import io.github.anople.core.InputException;
import io.github.anople.server.project.MissingException;
import io.github.anople.server.store.Connection;
import io.github.anople.server.store.ConnectionStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * A connection at work, on a thread of its own: what fails is tried again with growing pauses, and
 * keeps no other connection from anything.
 */
final class Line {

  private static final Logger LOG = LoggerFactory.getLogger(Line.class);

  private final Connection connection;
  private final Work work;
  private final ConnectionStore store;
  private final ConnectSettings settings;
  private final Clock clock;
  private final Stop stop = new Stop();
  private final Semaphore woken = new Semaphore(0);
  private final Thread thread;
  private boolean failing;

  /** Begins when the line before has ended, so that nothing is overtaken. */
  Line(
      Connection connection,
      Work work,
      ConnectionStore store,
      ConnectSettings settings,
      Clock clock,
      Optional<Line> before) {
    this.connection = connection;
    this.work = work;
    this.store = store;
    this.settings = settings;
    this.clock = clock;
    this.failing = connection.progress().failingSince().isPresent();
    this.thread = Threads.daemon(() -> run(before), "anople-connection-" + connection.id());
  }

  void start() {
    thread.start();
  }

  /** There may be something to do. */
  void wake() {
    woken.release();
  }

  /** Ends soon. */
  void stop() {
    stop.ask();
    wake();
  }

  /** Waits until it has ended, as long as its own waiting may take. */
  void join() throws InterruptedException {
    thread.join(2 * settings.answer().toMillis());
  }

  private void run(Optional<Line> before) {
    try (work) {
      if (before.isPresent()) {
        before.get().join();
      }
      Duration pause = settings.firstPause();
      while (!stop.isAsked()) {
        if (step()) {
          pause = settings.firstPause();
        } else {
          stop.await(pause);
          pause = longer(pause);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("connection {} was interrupted", connection.id());
    }
  }

  private Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(settings.longestPause()) > 0 ? settings.longestPause() : twice;
  }

  /** Whether it worked; where there is nothing to do, it waits. */
  private boolean step() throws InterruptedException {
    try {
      boolean more = work.step(stop);
      if (failing) {
        store.works(connection.id());
        failing = false;
        LOG.info("connection {} works again", connection.id());
      }
      if (!more && woken.tryAcquire(work.idle().toMillis(), TimeUnit.MILLISECONDS)) {
        woken.drainPermits();
      }
      return true;
    } catch (DeliveryException | RuntimeException e) {
      if (!stop.isAsked()) {
        failed(e);
      }
      return false;
    }
  }

  private void failed(Exception fault) {
    String words = words(fault);
    if (!failing) {
      LOG.warn("connection {}: {}", connection.id(), words);
    }
    try {
      store.failed(connection.id(), words, clock.instant());
      failing = true;
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("connection {}: the database does not answer", connection.id());
    }
  }

  private String words(Exception fault) {
    if (fault instanceof DeliveryException
        || fault instanceof InputException
        || fault instanceof MissingException) {
      return fault.getMessage();
    }
    if (fault instanceof DataAccessException || fault instanceof TransactionException) {
      return "the database does not answer";
    }
    LOG.error("connection {} failed", connection.id(), fault);
    return "an internal fault, which the server's log tells more of";
  }
}
