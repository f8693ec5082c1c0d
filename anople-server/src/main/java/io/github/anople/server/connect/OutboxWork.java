package io.github.anople.server.connect;

import io.github.anople.server.store.Connection;
import io.github.anople.server.store.OutboxStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Delivers a connection's messages, one after the other. */
final class OutboxWork implements Work {

  /** Should nobody have told that there is something new. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final Connection connection;
  private final OutboxStore outbox;
  private final Messages messages;
  private final Channel channel;
  private final Clock clock;

  OutboxWork(
      Connection connection, OutboxStore outbox, Messages messages, Channel channel, Clock clock) {
    this.connection = connection;
    this.outbox = outbox;
    this.messages = messages;
    this.channel = channel;
    this.clock = clock;
  }

  @Override
  public boolean step(Stop stop) throws DeliveryException, InterruptedException {
    Optional<OutboxStore.OutboxRow> next = outbox.first(connection.id());
    if (next.isEmpty()) {
      return false;
    }
    channel.send(messages.of(connection, next.get().inspection()), stop);
    outbox.delivered(next.get(), clock.instant());
    return true;
  }

  @Override
  public Duration idle() {
    return IDLE;
  }

  @Override
  public void close() {
    channel.close();
  }
}
