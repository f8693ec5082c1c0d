package io.github.anople.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What leaves through the outbox, on each database. */
abstract class OutboxTest extends ConnectedTest {

  private static final String SECRET = "dafür geheim";

  @Test
  void verdictsArriveInOrderAndSignedThoughTheReceiverFailsTwice() throws Exception {
    try (Receiver receiver = Receiver.start(before -> before < 2 ? 500 : 200)) {
      JsonNode webhook = connect("webhook", receiver.address(), "secret", SECRET);
      List<Long> inspected = inspectThree();
      await(receiver::taken, taken -> taken.size() == 3);

      assertEquals(inspected, receiver.taken());
      assertEquals(
          List.of(inspected.get(0), inspected.get(0), inspected.get(0)),
          receiver.posts().stream().limit(3).map(Receiver.Post::inspection).toList());
      for (Receiver.Post post : receiver.posts()) {
        assertEquals(signature(post), post.headers().getFirst("AnoPLe-Signature"));
      }
      JsonNode now = await(webhook, one -> one.path("state").stringValue().equals("works"));
      assertTrue(now.path("fault").stringValue().contains("500"), now.toString());
      assertTrue(now.has("lastDeliveryAt"), now.toString());
      assertEquals("set", now.path("secret").stringValue());
    }
  }

  /** As docs/server.md says. */
  private static String signature(Receiver.Post post) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
    mac.update(post.headers().getFirst("AnoPLe-Timestamp").getBytes(UTF_8));
    mac.update(".".getBytes(UTF_8));
    return "sha256=" + HexFormat.of().formatHex(mac.doFinal(post.body()));
  }

  @Test
  void aMessageTellsWhatTheHistoryDoes() throws Exception {
    try (Receiver receiver = Receiver.start(before -> 200)) {
      connect("webhook", receiver.address());
      JsonNode kept =
          server.picture(
              201,
              "/products/" + PRODUCT + "/inspections?serialNumber=A%2017",
              TestServer.image(GOOD));
      await(receiver::posts, posts -> !posts.isEmpty());

      JsonNode told = receiver.posts().get(0).json();
      assertEquals("inspection", told.path("kind").stringValue());
      assertEquals(PRODUCT, told.path("product").stringValue());
      assertEquals("A 17", told.path("serialNumber").stringValue());
      for (String same :
          List.of("verdict", "score", "margin", "threshold", "defects", "inspectedAt")) {
        assertEquals(kept.path(same), told.path(same), same);
      }
      JsonNode version = server.get("/products/" + PRODUCT + "/detectors").get(0);
      assertEquals(version.path("version"), told.path("detectorVersion"));
      assertEquals(version.path("sha256"), told.path("detectorSha256"));
      JsonNode found = server.json(200, server.at(told.path("address").stringValue()));
      assertEquals(kept, found);
      assertFalse(receiver.posts().get(0).headers().containsKey("AnoPLe-Signature"));
    }
  }

  @Test
  void whatWaitsIsDeliveredInOrderAfterARestart() throws Exception {
    AtomicInteger status = new AtomicInteger(503);
    try (Receiver receiver = Receiver.start(before -> status.get())) {
      JsonNode webhook = connect("webhook", receiver.address());
      List<Long> inspected = inspectThree();
      JsonNode failing = await(webhook, one -> one.has("failingSince"));
      assertEquals("failing", failing.path("state").stringValue());
      assertEquals(3, failing.path("waiting").asInt());
      restart();
      status.set(200);
      await(receiver::taken, taken -> taken.size() == 3);

      assertEquals(inspected, receiver.taken());
      // The last one is taken a moment before that is noted.
      JsonNode recovered = await(webhook, one -> one.path("waiting").asInt() == 0);
      assertFalse(recovered.has("failingSince"));
    }
  }

  @Test
  void aReceiverThatDoesNotAnswerDelaysNobody() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    Receiver.Answer slow =
        before -> {
          released.await();
          return 200;
        };
    try (Receiver stuck = Receiver.start(slow);
        Receiver other = Receiver.start(before -> 200)) {
      connect("webhook", stuck.address());
      connect("webhook", other.address());
      List<Long> inspected = inspectThree();
      await(other::taken, taken -> taken.size() == 3);
      assertEquals(List.of(), stuck.taken());
      released.countDown();
      await(stuck::taken, taken -> Set.copyOf(taken).size() == 3);

      assertEquals(inspected, other.taken());
      assertEquals(inspected, stuck.taken().stream().distinct().toList());
    }
  }

  @Test
  void onlyWantedVerdictsAreSent() throws Exception {
    try (Receiver all = Receiver.start(before -> 200);
        Receiver some = Receiver.start(before -> 200)) {
      connect("webhook", all.address());
      connect("webhook", some.address(), "verdicts", "not-ok");
      inspect(GOOD);
      long odd = inspect("grey_300x200.png");
      inspect(GOOD);
      await(all::taken, taken -> taken.size() == 3);
      await(some::taken, taken -> !taken.isEmpty());

      assertEquals(List.of(odd), some.taken());
      assertEquals("OK", all.posts().get(2).json().path("verdict").stringValue());
    }
  }

  @Test
  void ofTooManyTheOldestAreGivenUp() throws Exception {
    try (Receiver receiver = Receiver.start(before -> 200)) {
      JsonNode webhook = connect("webhook", receiver.address());
      server.post(200, "/connections/" + webhook.path("id").asLong() + ":pause", "");
      List<Long> inspected = new ArrayList<>(inspectThree());
      inspected.addAll(inspectThree());
      inspected.addAll(inspectThree());
      JsonNode full = await(webhook, one -> one.path("dropped").asInt() == 4);
      assertEquals(5, full.path("waiting").asInt());
      assertEquals("paused", full.path("state").stringValue());
      server.post(200, "/connections/" + webhook.path("id").asLong() + ":resume", "");
      await(receiver::taken, taken -> taken.size() == 5);

      assertEquals(inspected.subList(4, 9), receiver.taken());
    }
  }

  @Test
  void aChangedConnectionLeadsWhatWaitsElsewhere() throws Exception {
    try (Receiver first = Receiver.start(before -> 302);
        Receiver second = Receiver.start(before -> 200)) {
      JsonNode webhook = connect("webhook", first.address(), "secret", SECRET);
      List<Long> inspected = inspectThree();
      JsonNode failing = await(webhook, one -> one.has("failingSince"));
      assertTrue(failing.path("fault").stringValue().contains("leads elsewhere"));
      String place = "/connections/" + webhook.path("id").asLong();
      JsonNode refused = server.put(422, place, wish("webhook", second.address()));
      assertTrue(refused.path("detail").stringValue().contains("another address"));
      server.put(200, place, wish("webhook", second.address(), "secret", ""));
      await(second::taken, taken -> taken.size() == 3);

      assertEquals(inspected, second.taken());
      assertFalse(second.posts().get(0).headers().containsKey("AnoPLe-Signature"));
    }
  }

  @Test
  void aTestSaysWhatIsWrongInALine() throws Exception {
    AtomicInteger status = new AtomicInteger(200);
    try (Receiver receiver = Receiver.start(before -> status.get())) {
      JsonNode webhook = connect("webhook", receiver.address());
      String place = "/connections/" + webhook.path("id").asLong() + ":test";
      assertTrue(server.post(200, place, "").path("works").booleanValue());
      assertEquals("test", receiver.posts().get(0).json().path("kind").stringValue());
      status.set(404);
      JsonNode refused = server.post(200, place, "");
      assertFalse(refused.path("works").booleanValue());
      assertTrue(refused.path("message").stringValue().contains("404"), refused.toString());
      receiver.stop();
      JsonNode gone = server.post(200, place, "");
      assertTrue(gone.path("message").stringValue().contains("cannot be reached"), gone.toString());
    }
  }

  @Test
  void whatCouldNotWorkIsRefused() throws Exception {
    for (String target :
        List.of("", "ftp://host/x", "file:///etc/passwd", "http:///x", "http://a:b@host/", "no")) {
      server.post(422, "/connections", wish("webhook", target));
    }
    server.post(422, "/connections", wish("mqtt", "http://host", "topic", "x"));
    server.post(422, "/connections", wish("mqtt", "tcp://host", "topic", "a/#"));
    server.post(422, "/connections", wish("mqtt", "tcp://host"));
    server.post(422, "/connections", wish("pigeon", "http://host"));
    server.post(422, "/connections", wish("webhook", "http://host", "verdicts", "some"));
    assertEquals(0, server.get("/connections").size());
  }

  private List<Long> inspectThree() throws Exception {
    return List.of(inspect(GOOD), inspect(GOOD), inspect(GOOD));
  }
}
