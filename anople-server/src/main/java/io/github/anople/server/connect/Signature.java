package io.github.anople.server.connect;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How a receiver knows that a message is ours: docs/server.md has the same for receivers. */
final class Signature {

  static final String HEADER = "AnoPLe-Signature";
  static final String TIMESTAMP = "AnoPLe-Timestamp";

  private static final String ALGORITHM = "HmacSHA256";

  private Signature() {}

  /** Of the time in seconds since 1970, a dot, and the body. */
  static String of(String secret, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
