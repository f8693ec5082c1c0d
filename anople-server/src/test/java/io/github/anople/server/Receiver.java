package io.github.anople.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes what a webhook posts, and answers as a test wants. */
final class Receiver implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Post> posts = new CopyOnWriteArrayList<>();
  private final Answer answer;

  /** What came, and what was answered. */
  record Post(Headers headers, byte[] body, int status) {

    JsonNode json() {
      return JSON.readTree(body);
    }

    long inspection() {
      return json().path("inspection").asLong();
    }
  }

  /** The status for a message, of which so many came before. */
  interface Answer {
    int status(int before) throws InterruptedException;
  }

  private Receiver(HttpServer server, Answer answer) {
    this.server = server;
    this.answer = answer;
  }

  static Receiver start(Answer answer) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Receiver receiver = new Receiver(server, answer);
    server.createContext("/", receiver::take);
    server.setExecutor(receiver.threads);
    server.start();
    return receiver;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      int status = answer.status(posts.size());
      posts.add(new Post(exchange.getRequestHeaders(), body, status));
      exchange.getResponseHeaders().add("Location", "/elsewhere");
      exchange.sendResponseHeaders(status, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  String address() {
    return "http://localhost:" + server.getAddress().getPort() + "/verdicts";
  }

  /** All that came, in the order in which it did. */
  List<Post> posts() {
    return posts;
  }

  /** The inspections that were taken, in the order in which they came. */
  List<Long> taken() {
    return posts.stream().filter(post -> post.status() == 200).map(Post::inspection).toList();
  }

  /** Takes nothing any more. */
  void stop() {
    server.stop(0);
  }

  @Override
  public void close() {
    stop();
    threads.shutdownNow();
  }
}
