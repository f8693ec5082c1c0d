package io.github.anople.server.account;

import io.github.anople.core.InputException;
import io.github.anople.server.Notice;
import io.github.anople.server.store.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Until there is an administrator, nothing is answered but the question for a password. */
@Component
public class FirstStart implements Notice {

  /** What the first administrator signs in as. */
  public static final String NAME = "admin";

  /** Without those that are taken for another. */
  private static final String SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  private static final int CODE_SIGNS = 8;

  private final Accounts accounts;
  private final Pauses pauses;
  private final Optional<String> code;
  private volatile boolean done;

  FirstStart(Accounts accounts, Pauses pauses, AccountSettings settings) {
    this.accounts = accounts;
    this.pauses = pauses;
    this.code = settings.reachable() ? Optional.of(newCode()) : Optional.empty();
    if (isPending() && !settings.adminPassword().isEmpty()) {
      String password = settings.adminPassword();
      accounts.add(NAME, Role.ADMINISTRATOR, new Accounts.NewPassword(password, password));
    }
  }

  private static String newCode() {
    StringBuilder code = new StringBuilder();
    new SecureRandom()
        .ints(CODE_SIGNS, 0, SIGNS.length())
        .forEach(i -> code.append(SIGNS.charAt(i)));
    return code.toString();
  }

  /**
   * Whether there is no administrator yet.
   *
   * @return false from the first one on
   */
  public boolean isPending() {
    if (!done) {
      done = accounts.hasAdministrator();
    }
    return !done;
  }

  /**
   * Whether the code is asked for that the terminal shows, since others can reach the server too.
   *
   * @return false where the server answers this computer only
   */
  public boolean asksForCode() {
    return code.isPresent();
  }

  /**
   * Makes the first administrator.
   *
   * @param typedCode the code that was typed; empty where none is asked for
   * @param password of ten characters at least
   * @param address where it comes from
   * @throws InputException if there is one already, or something that was typed is not right
   * @throws PauseException if too many codes were tried before
   */
  public synchronized void begin(String typedCode, Accounts.NewPassword password, String address) {
    if (!isPending()) {
      throw new InputException(
          "first start", "is over: there is an administrator", "sign in as " + NAME);
    }
    code.ifPresent(right -> requireCode(typedCode, right, "code from " + address));
    accounts.add(NAME, Role.ADMINISTRATOR, password);
  }

  private void requireCode(String typed, String right, String from) {
    pauses
        .begin(List.of(from))
        .ifPresent(
            pause -> {
              throw new PauseException(pause);
            });
    if (!MessageDigest.isEqual(bytes(typed.strip().toUpperCase(Locale.ROOT)), bytes(right))) {
      throw new InputException(
          "code", "is not the one that the terminal shows", "look where the server was started");
    }
    pauses.succeeded(from, from);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Optional<String> words() {
    if (!isPending()) {
      return Optional.empty();
    }
    return Optional.of(
        "open it to choose the administrator's password"
            + code.map(shown -> "; the code that the page asks for: " + shown).orElse(""));
  }
}
