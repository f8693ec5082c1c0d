package io.github.anople.server;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** A Mosquitto of a test's own, which may be stopped and started again, and who listens to it. */
final class Broker implements AutoCloseable {

  static final String TOPIC = "line/verdicts";

  private static final JsonMapper JSON = new JsonMapper();

  private final Path program;
  private final Path folder;
  private final int port;
  private final List<Long> inspections = new CopyOnWriteArrayList<>();
  private Process process;
  private Mqtt3BlockingClient listener;

  Broker(Path program, Path folder) throws IOException {
    this.program = program;
    this.folder = folder;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  /** Where Mosquitto is; empty on a computer without it. */
  static Optional<Path> program() {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(File.pathSeparator, -1)),
            Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(place -> Path.of(place).resolve("mosquitto"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  String address() {
    return "tcp://localhost:" + port;
  }

  /** Starts it with what it knew before, and listens. */
  void start() throws Exception {
    Path settings = folder.resolve("mosquitto.conf");
    Files.writeString(
        settings,
        String.join(
            "\n",
            "listener " + port + " 127.0.0.1",
            "allow_anonymous true",
            "persistence true",
            "persistence_location " + folder + "/",
            "user " + System.getProperty("user.name"),
            ""),
        StandardCharsets.UTF_8);
    process =
        new ProcessBuilder(program.toString(), "-c", settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mosquitto.log").toFile())
            .start();
    ConnectedTest.await(this::answers, Boolean.TRUE::equals);
    listener =
        Mqtt3Client.builder()
            .identifier("listener")
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildBlocking();
    listener.toAsync().publishes(MqttGlobalPublishFilter.ALL, this::heard);
    listener.connectWith().cleanSession(false).send();
    listener.subscribeWith().topicFilter(TOPIC).qos(MqttQos.AT_LEAST_ONCE).send();
  }

  private boolean answers() throws IOException {
    if (!process.isAlive()) {
      throw new IOException(Files.readString(folder.resolve("mosquitto.log")));
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private void heard(Mqtt3Publish message) {
    inspections.add(JSON.readTree(message.getPayloadAsBytes()).path("inspection").asLong());
  }

  /** The inspections that were published, in the order in which they were. */
  List<Long> inspections() {
    return inspections;
  }

  /** Ends it; what it knows of listeners stays. */
  void stop() throws InterruptedException {
    listener.disconnect();
    process.destroy();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
