package io.github.anople.server.connect;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What went wrong on a network, in a line. */
final class Faults {

  private static final int LONGEST = 200;

  private Faults() {}

  static DeliveryException told(Throwable fault) {
    Throwable root = fault;
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      Optional<String> known = known(cause);
      if (known.isPresent()) {
        return new DeliveryException(known.get(), fault);
      }
      root = cause;
    }
    return new DeliveryException("no message gets through (" + detail(root) + ")", fault);
  }

  private static Optional<String> known(Throwable cause) {
    if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
      return Optional.of("there is no host of that name: check the address");
    }
    if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
      return Optional.of("no answer in time: check that the receiver runs and can be reached");
    }
    if (cause instanceof ConnectException) {
      // An unknown name is the cause of such a fault, too.
      return cause.getCause() instanceof UnresolvedAddressException
          ? Optional.empty()
          : Optional.of("cannot be reached: check the address, and that the receiver runs");
    }
    if (cause instanceof SSLException) {
      return Optional.of(
          "the line cannot be encrypted (" + detail(cause) + "): check the certificate");
    }
    return Optional.empty();
  }

  private static String detail(Throwable root) {
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : line(message);
  }

  /** The beginning of a text of others, without line breaks and other controls. */
  static String line(String text) {
    String plain = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
  }
}
