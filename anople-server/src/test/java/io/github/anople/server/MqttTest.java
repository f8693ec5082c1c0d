package io.github.anople.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Verdicts at a real broker; skipped on a computer without Mosquitto. */
class MqttTest extends ConnectedTest {

  @Override
  String database() {
    return null;
  }

  @Test
  void nothingIsLostWhileTheBrokerIsAway() throws Exception {
    Optional<Path> program = Broker.program();
    assumeTrue(program.isPresent(), "there is no mosquitto on this computer");
    try (Broker broker =
        new Broker(program.get(), Files.createTempDirectory(folder, "broker").toRealPath())) {
      broker.start();
      JsonNode connection = connect("mqtt", broker.address(), "topic", Broker.TOPIC);
      long first = inspect(GOOD);
      await(broker::inspections, heard -> heard.size() == 1);
      broker.stop();
      long second = inspect(GOOD);
      long third = inspect(GOOD);
      JsonNode failing = await(connection, one -> one.has("failingSince"));
      assertEquals(2, failing.path("waiting").asInt());
      assertFalse(test(connection).path("works").booleanValue());
      broker.start();
      await(connection, one -> one.path("state").stringValue().equals("works"));
      await(broker::inspections, heard -> heard.contains(third));

      assertEquals(
          List.of(first, second, third), broker.inspections().stream().distinct().toList());
      assertTrue(test(connection).path("works").booleanValue());
    }
  }

  private JsonNode test(JsonNode connection) throws Exception {
    return server.post(200, "/connections/" + connection.path("id").asLong() + ":test", "");
  }
}
