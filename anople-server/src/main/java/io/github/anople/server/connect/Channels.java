package io.github.anople.server.connect;

import io.github.anople.server.store.Connection;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Opens ways out. */
@Component
final class Channels {

  private final HttpClient client;
  private final Clock clock;

  Channels(ConnectSettings settings, Clock clock) {
    this.client = WebhookChannel.client(settings.answer());
    this.clock = clock;
  }

  /** The way that a connection takes, each message in so much time. */
  Channel open(Connection connection, Duration most) {
    return switch (connection.kind()) {
      case WEBHOOK ->
          new WebhookChannel(
              client,
              URI.create(connection.settings().target()),
              connection.settings().secret(),
              most,
              clock);
      case MQTT -> new MqttChannel(connection, most);
      case FOLDER -> throw new IllegalArgumentException("nothing leaves by a folder");
    };
  }
}
