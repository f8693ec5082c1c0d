package io.github.anople.server.connect;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Posts messages to an address. */
final class WebhookChannel implements Channel {

  private static final int MOST_BYTES = 1 << 16;
  private static final int OK = 200;
  private static final int REDIRECTION = 300;
  private static final int FAULT = 400;

  private final HttpClient client;
  private final URI address;
  private final Optional<String> secret;
  private final Duration most;
  private final Clock clock;

  /** To an address, each message in so much time. */
  WebhookChannel(
      HttpClient client, URI address, Optional<String> secret, Duration most, Clock clock) {
    this.client = client;
    this.address = address;
    this.secret = secret;
    this.most = most;
    this.clock = clock;
  }

  /** What all addresses share. Where an address redirects to was allowed by nobody. */
  static HttpClient client(Duration most) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(most)
        .build();
  }

  @Override
  public String send(byte[] body, Stop stop) throws DeliveryException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(request(body), head -> new BoundedBody(MOST_BYTES));
    try {
      return taken(stop.answer(exchange, most));
    } catch (ExecutionException | TimeoutException e) {
      throw Faults.told(e);
    } finally {
      exchange.cancel(true);
    }
  }

  private HttpRequest request(byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(most)
            .header("Content-Type", "application/json")
            .header("User-Agent", "AnoPLe")
            .POST(BodyPublishers.ofByteArray(body));
    secret.ifPresent(
        key -> {
          String timestamp = Long.toString(clock.instant().getEpochSecond());
          request.header(Signature.TIMESTAMP, timestamp);
          request.header(Signature.HEADER, Signature.of(key, timestamp, body));
        });
    return request.build();
  }

  private static String taken(HttpResponse<byte[]> answer) throws DeliveryException {
    int status = answer.statusCode();
    if (status >= OK && status < REDIRECTION) {
      return "the receiver answered " + status;
    }
    if (status >= REDIRECTION && status < FAULT) {
      throw new DeliveryException(
          "the receiver answered " + status + ", which leads elsewhere: give the address itself",
          null);
    }
    String said = Faults.line(new String(answer.body(), StandardCharsets.UTF_8));
    throw new DeliveryException(
        "the receiver answered " + status + (said.isEmpty() ? "" : " (" + said + ")"), null);
  }

  @Override
  public void close() {
    // The client is everybody's.
  }
}
