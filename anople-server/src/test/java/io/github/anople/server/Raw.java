package io.github.anople.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;

/** Requests with headers that the JDK's client does not send. */
final class Raw {

  private Raw() {}

  /** The status of the answer to a request without a body. */
  static int status(URI server, String request, String... headers) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      String text =
          request
              + " HTTP/1.1\r\n"
              + String.join("\r\n", headers)
              + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(text.getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      return Integer.parseInt(answer.split(" ", 3)[1]);
    }
  }
}
