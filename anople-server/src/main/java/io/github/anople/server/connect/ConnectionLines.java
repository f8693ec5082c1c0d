package io.github.anople.server.connect;

import io.github.anople.server.inspect.Inspections;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.ArrivalStore;
import io.github.anople.server.store.Connection;
import io.github.anople.server.store.ConnectionStore;
import io.github.anople.server.store.OutboxStore;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/** The connections at work while the server runs. */
@Service
final class ConnectionLines implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionLines.class);

  private final ConnectionStore store;
  private final OutboxStore outboxRows;
  private final ArrivalStore arrived;
  private final Outbox outbox;
  private final Channels channels;
  private final Messages messages;
  private final Projects projects;
  private final Inspections inspections;
  private final FolderRule folders;
  private final ConnectSettings settings;
  private final Clock clock;
  private final Map<Long, Line> lines = new HashMap<>();
  private Stop stop;
  private Thread tidying;

  ConnectionLines(
      ConnectionStore store,
      OutboxStore outboxRows,
      ArrivalStore arrived,
      Outbox outbox,
      Channels channels,
      Messages messages,
      Projects projects,
      Inspections inspections,
      FolderRule folders,
      ConnectSettings settings,
      Clock clock) {
    this.store = store;
    this.outboxRows = outboxRows;
    this.arrived = arrived;
    this.outbox = outbox;
    this.channels = channels;
    this.messages = messages;
    this.projects = projects;
    this.inspections = inspections;
    this.folders = folders;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public synchronized void start() {
    stop = new Stop();
    store.all().forEach(connection -> renew(connection.id()));
    tidying = Threads.daemon(() -> tidy(stop), "anople-outbox");
    tidying.start();
  }

  @Override
  public synchronized void stop() {
    stop.ask();
    lines.values().forEach(this::end);
    try {
      for (Line line : lines.values()) {
        line.join();
      }
      tidying.join(settings.answer().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lines.clear();
  }

  @Override
  public synchronized boolean isRunning() {
    return stop != null && !stop.isAsked();
  }

  /** Lets a connection work as it is now: changed, paused, gone, or at once what it would later. */
  synchronized void renew(long id) {
    Optional<Line> before = Optional.ofNullable(lines.get(id));
    before.ifPresent(this::end);
    Optional<Connection> connection = store.find(id);
    if (connection.isEmpty()) {
      lines.remove(id);
    } else if (isRunning() && !connection.get().paused()) {
      begin(connection.get(), before);
    }
  }

  private void end(Line line) {
    line.stop();
    outbox.leave(line);
  }

  private void begin(Connection connection, Optional<Line> before) {
    Line line = new Line(connection, work(connection), store, settings, clock, before);
    lines.put(connection.id(), line);
    if (connection.kind().sends()) {
      outbox.await(connection.product(), line);
    }
    line.start();
  }

  private Work work(Connection connection) {
    if (connection.kind().sends()) {
      Channel channel = channels.open(connection, settings.answer());
      return new OutboxWork(connection, outboxRows, messages, channel, clock);
    }
    return new FolderWork(
        connection,
        folders,
        settings,
        new FolderPictures(connection, projects, inspections, arrived, store, clock));
  }

  /** Keeps what waits within its limit, for paused connections, too. */
  private void tidy(Stop until) {
    while (!until.isAsked()) {
      try {
        store.all().stream().filter(one -> one.kind().sends()).forEach(this::drop);
        outboxRows.removeLeftOver();
      } catch (RuntimeException e) {
        LOG.warn("what waits for connections cannot be looked after: {}", e.getMessage());
      }
      try {
        until.await(settings.tidy());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void drop(Connection connection) {
    int dropped = outboxRows.drop(connection.id(), settings.most());
    if (dropped > 0) {
      LOG.warn("connection {}: {} old messages were given up", connection.id(), dropped);
    }
  }
}
