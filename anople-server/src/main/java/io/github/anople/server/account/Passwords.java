package io.github.anople.server.account;

import io.github.anople.core.InputException;
import java.nio.charset.StandardCharsets;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** How passwords are kept and compared. */
@Component
final class Passwords {

  private static final int SHORTEST = 10;

  /** What bcrypt looks at. */
  private static final int MOST_BYTES = 72;

  private final PasswordEncoder encoder =
      PasswordEncoderFactories.createDelegatingPasswordEncoder();

  /** Nobody's, compared with where there is no account: the answer takes as long. */
  private final String nobodys = encoder.encode("");

  /** What is kept of a new password, which was typed twice. */
  String kept(String password, String again) {
    if (password.length() < SHORTEST) {
      throw new InputException(
          "password",
          "is shorter than " + SHORTEST + " characters",
          "choose a longer one, such as a few words");
    }
    if (isTooLong(password)) {
      throw new InputException(
          "password", "is longer than " + MOST_BYTES + " bytes", "choose a shorter one");
    }
    if (!password.equals(again)) {
      throw new InputException(
          "password", "is not the same both times", "type it once more, twice");
    }
    return encoder.encode(password);
  }

  private static boolean isTooLong(String password) {
    return password.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES;
  }

  boolean matches(String password, String kept) {
    return encoder.matches(isTooLong(password) ? "" : password, kept);
  }

  /** Takes as long as {@link #matches} does. */
  void matchNobody(String password) {
    matches(password, nobodys);
  }
}
