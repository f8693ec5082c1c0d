package io.github.anople.server.connect;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What went wrong on a network, in a line. */
final class Faults {

  private static final int LONGEST = 200;

  private Faults() {}

  static DeliveryException told(Throwable fault) {
    Throwable root = fault;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new DeliveryException(words(root), fault);
  }

  private static String words(Throwable root) {
    if (root instanceof UnknownHostException || root instanceof UnresolvedAddressException) {
      return "there is no host of that name: check the address";
    }
    if (root instanceof TimeoutException || root instanceof java.net.http.HttpTimeoutException) {
      return "no answer in time: check that the receiver runs and can be reached";
    }
    if (root instanceof ConnectException) {
      return "cannot be reached (" + detail(root) + "): check that the receiver runs";
    }
    if (root instanceof SSLException) {
      return "the connection cannot be encrypted (" + detail(root) + "): check the certificate";
    }
    return "no message gets through (" + detail(root) + ")";
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
