package io.github.anople.server.connect;

import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuthBuilder;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3Connect;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3ConnectBuilder;
import io.github.anople.server.store.Connection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Publishes messages at a broker (MQTT 3.1.1), each when the one before was taken. */
final class MqttChannel implements Channel {

  static final String ENCRYPTED = "ssl";

  private static final int PORT = 1883;
  private static final int ENCRYPTED_PORT = 8883;
  private static final int KEEP_ALIVE_SECONDS = 30;

  private final Connection connection;
  private final Duration most;
  private Mqtt3AsyncClient client;

  /** At a broker, each message in so much time. */
  MqttChannel(Connection connection, Duration most) {
    this.connection = connection;
    this.most = most;
  }

  @Override
  public String send(byte[] body, Stop stop) throws DeliveryException, InterruptedException {
    boolean sent = false;
    try {
      connect(stop);
      stop.answer(
          client
              .publishWith()
              .topic(connection.settings().topic().orElseThrow())
              .qos(MqttQos.AT_LEAST_ONCE)
              .payload(body)
              .send(),
          half());
      sent = true;
      return "the broker took it";
    } catch (ExecutionException | TimeoutException e) {
      throw Faults.told(e);
    } finally {
      if (!sent) {
        close();
      }
    }
  }

  private void connect(Stop stop)
      throws DeliveryException, InterruptedException, ExecutionException, TimeoutException {
    if (client != null && client.getState() == MqttClientState.CONNECTED) {
      return;
    }
    client = client();
    CompletableFuture<?> connecting = connecting();
    Mqtt3AsyncClient made = client;
    try {
      stop.answer(connecting, half());
    } catch (TimeoutException | DeliveryException e) {
      // Should it still come about, nobody waits for it.
      var unused = connecting.thenCompose(any -> made.disconnect());
      throw e;
    }
  }

  private CompletableFuture<?> connecting() {
    Connection.Settings settings = connection.settings();
    Mqtt3ConnectBuilder connect =
        Mqtt3Connect.builder().cleanSession(true).keepAlive(KEEP_ALIVE_SECONDS);
    return client.connect(
        settings
            .user()
            .map(user -> connect.simpleAuth(login(user, settings.secret())))
            .orElse(connect)
            .build());
  }

  private static Mqtt3SimpleAuth login(String user, Optional<String> password) {
    Mqtt3SimpleAuthBuilder.Complete login = Mqtt3SimpleAuth.builder().username(user);
    return password
        .map(text -> login.password(text.getBytes(StandardCharsets.UTF_8)))
        .orElse(login)
        .build();
  }

  private Mqtt3AsyncClient client() {
    URI broker = URI.create(connection.settings().target());
    boolean encrypted = broker.getScheme().equals(ENCRYPTED);
    int usual = encrypted ? ENCRYPTED_PORT : PORT;
    Mqtt3ClientBuilder builder =
        Mqtt3Client.builder()
            .identifier(connection.settings().clientId().orElse("anople-" + connection.id()))
            .transportConfig(
                MqttClientTransportConfig.builder()
                    .serverHost(broker.getHost())
                    .serverPort(broker.getPort() < 0 ? usual : broker.getPort())
                    .socketConnectTimeout(half().toMillis(), TimeUnit.MILLISECONDS)
                    .mqttConnectTimeout(half().toMillis(), TimeUnit.MILLISECONDS)
                    .build());
    return (encrypted ? builder.sslWithDefaultConfig() : builder).buildAsync();
  }

  /** To connect, and to publish. */
  private Duration half() {
    return most.dividedBy(2);
  }

  @Override
  public void close() {
    if (client != null && client.getState() == MqttClientState.CONNECTED) {
      var unused = client.disconnect();
    }
    client = null;
  }
}
