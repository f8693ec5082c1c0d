package io.github.anople.torch.backbone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A server on the loopback address that answers each request as the next step of a script says. */
final class ScriptedServer implements AutoCloseable {

  /** One answer. */
  interface Step {
    void answer(ScriptedServer server, HttpExchange exchange) throws IOException;
  }

  /** What each request asked for: its Range and If-Range, or "". */
  record Asked(String path, String range, String ifRange) {}

  final List<Asked> requests = new CopyOnWriteArrayList<>();
  private final Deque<Step> script = new ArrayDeque<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  /** The last step answers all further requests. */
  ScriptedServer(Step... steps) {
    script.addAll(List.of(steps));
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + path);
  }

  private void handle(HttpExchange exchange) throws IOException {
    Step step;
    synchronized (script) {
      step = script.size() > 1 ? script.remove() : script.element();
    }
    requests.add(
        new Asked(
            exchange.getRequestURI().getPath(),
            header(exchange, "Range"),
            header(exchange, "If-Range")));
    try (exchange) {
      step.answer(this, exchange);
    }
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  /** Serves a file as a good server does, with ranges. */
  static Step serve(byte[] content, String tag) {
    return (server, exchange) -> {
      String range = header(exchange, "Range");
      String ifRange = header(exchange, "If-Range");
      boolean partial = !range.isEmpty() && (ifRange.isEmpty() || ifRange.equals(tag));
      int from = partial ? Integer.parseInt(range.replaceAll("[^0-9]", "")) : 0;
      head(exchange, tag);
      if (from > 0 && from >= content.length) {
        exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      if (partial) {
        exchange
            .getResponseHeaders()
            .set(
                "Content-Range",
                "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
      }
      exchange.sendResponseHeaders(partial ? 206 : 200, content.length - from);
      exchange.getResponseBody().write(content, from, content.length - from);
    };
  }

  /**
   * Announces the whole, sends some bytes, and drops the connection once the client has them: it
   * may throw away what it has not yet read.
   */
  static Step drop(byte[] content, String tag, int bytes, AtomicLong arrived) {
    return (server, exchange) -> {
      // What an earlier request brought does not count.
      arrived.set(0);
      begin(exchange, content, tag, bytes);
      for (int i = 0; i < 10_000 && arrived.get() < bytes && server.isOpen(1); i++) {}
    };
  }

  /** Announces the whole, sends some bytes, then nothing until the server closes. */
  static Step stall(byte[] content, String tag, int bytes) {
    return (server, exchange) -> {
      begin(exchange, content, tag, bytes);
      server.waitForClose();
    };
  }

  private static void begin(HttpExchange exchange, byte[] content, String tag, int bytes)
      throws IOException {
    head(exchange, tag);
    exchange.sendResponseHeaders(200, content.length);
    exchange.getResponseBody().write(content, 0, bytes);
    exchange.getResponseBody().flush();
  }

  /** The whole file whatever is asked for. */
  static Step ignoreRange(byte[] content, String tag) {
    return (server, exchange) -> {
      head(exchange, tag);
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content);
    };
  }

  /** The rest of a file, whatever If-Range says. */
  static Step ignoreIfRange(byte[] content, String tag, int from) {
    return (server, exchange) -> {
      head(exchange, tag);
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
      exchange.sendResponseHeaders(206, content.length - from);
      exchange.getResponseBody().write(Arrays.copyOfRange(content, from, content.length));
    };
  }

  static Step status(int status) {
    return (server, exchange) -> exchange.sendResponseHeaders(status, -1);
  }

  static Step redirect(String location) {
    return (server, exchange) -> {
      exchange.getResponseHeaders().set("Location", location);
      exchange.sendResponseHeaders(302, -1);
    };
  }

  /** Takes the request and never answers. */
  static Step silence() {
    return (server, exchange) -> server.waitForClose();
  }

  /** Announces a length and sends nothing. */
  static Step announce(long length) {
    return (server, exchange) -> {
      exchange.sendResponseHeaders(200, length);
      exchange.getResponseBody().flush();
      server.waitForClose();
    };
  }

  /** No length, and bytes for ever (or until the other side goes). */
  static Step flood() {
    return (server, exchange) -> {
      exchange.sendResponseHeaders(200, 0);
      byte[] block = new byte[1 << 12];
      for (int i = 0; i < 1 << 14; i++) {
        exchange.getResponseBody().write(block);
      }
    };
  }

  private static void head(HttpExchange exchange, String tag) {
    if (!tag.isEmpty()) {
      exchange.getResponseHeaders().set("ETag", tag);
    }
  }

  private void waitForClose() {
    while (isOpen(1_000)) {}
  }

  /** Waits so long, and tells whether the test still goes on. */
  private boolean isOpen(long milliseconds) {
    try {
      return !closing.await(milliseconds, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
