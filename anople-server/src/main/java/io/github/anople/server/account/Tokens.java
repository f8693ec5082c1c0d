package io.github.anople.server.account;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.server.project.MissingException;
import io.github.anople.server.store.Role;
import io.github.anople.server.store.Token;
import io.github.anople.server.store.TokenStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * What programs sign in with. An administrator makes and revokes any, an engineer those of
 * operators.
 */
@Service
public class Tokens {

  private static final String PREFIX = "anople_";
  private static final int SECRET_BYTES = 32;
  private static final int LONGEST = 100;
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);
  private static final Duration LONGEST_LIFE = Duration.ofDays(3650);

  private final TokenStore store;
  private final AuditLog audit;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Tokens(TokenStore store, AuditLog audit, Clock clock) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A new token.
   *
   * @param token as it is kept
   * @param secret what the program sends; nobody can tell it again
   */
  public record Made(Token token, String secret) {

    /** Without the secret. */
    @Override
    public String toString() {
      return "Made[" + token + "]";
    }
  }

  /**
   * Makes a token.
   *
   * @param maker who makes it
   * @param name what it is for
   * @param role what the program may do
   * @param life how long it holds; empty for ever
   * @return the token, and its secret
   * @throws InputException if name or life cannot be used, or the maker may not make it
   */
  public Made make(Person maker, String name, Role role, Optional<Duration> life) {
    requireMay(maker, role);
    String words = name.strip();
    if (words.isEmpty()
        || words.length() > LONGEST
        || words.chars().anyMatch(Character::isISOControl)) {
      throw new InputException(
          "token",
          "has no name, or one that is longer than " + LONGEST + " characters",
          "say what it is for, such as: station 3");
    }
    if (life.filter(time -> time.isZero() || time.isNegative() || time.compareTo(LONGEST_LIFE) > 0)
        .isPresent()) {
      throw new InputException(
          "token", "ends in the past, or in more than ten years", "give 1 to 3650 days");
    }
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Instant now = clock.instant();
    Token token =
        store.add(
            new TokenStore.New(words, role, hash(secret), maker.name(), life.map(now::plus)), now);
    audit.note("token made", words(token), role.id());
    return new Made(token, secret);
  }

  /**
   * Whether somebody may make and revoke tokens of a role.
   *
   * @param person who
   * @param role what the program may do
   * @return true for administrators, and for engineers where it is an operator's
   */
  public static boolean mayGive(Person person, Role role) {
    return person.role() == Role.ADMINISTRATOR
        || (person.role() == Role.ENGINEER && role == Role.OPERATOR);
  }

  private static void requireMay(Person maker, Role role) {
    if (!mayGive(maker, role)) {
      throw new InputException(
          "token", "would be " + role.words() + "'s, or is", "ask an administrator for that");
    }
  }

  /**
   * All tokens.
   *
   * @return in the order in which they were made
   */
  public List<Token> all() {
    return store.all();
  }

  /**
   * Takes a token away.
   *
   * @param revoker who does that
   * @param id the token's number
   * @throws MissingException if there is none
   */
  public void revoke(Person revoker, long id) {
    Token token =
        store
            .find(id)
            .orElseThrow(
                () ->
                    new MissingException("token " + id, "is not there", "look at the list again"));
    requireMay(revoker, token.role());
    store.remove(id);
    audit.note("token revoked", words(token), token.role().id());
  }

  private static String words(Token token) {
    return "token " + token.id() + " (" + token.name() + ")";
  }

  /** Who has a secret; empty where it is no token's, or the token has ended. */
  Optional<Person> person(String secret) {
    Instant now = clock.instant();
    return store
        .of(hash(secret))
        .filter(token -> token.expiresAt().filter(end -> !end.isAfter(now)).isEmpty())
        .map(
            token -> {
              noteUse(token, now);
              return new Person("token " + token.name(), token.role(), Optional.empty());
            });
  }

  private void noteUse(Token token, Instant now) {
    if (token.usedAt().filter(last -> last.plus(NOTED_EVERY).isAfter(now)).isEmpty()) {
      store.used(token.id(), now);
    }
  }

  private static String hash(String secret) {
    MessageDigest digest = Sha256.digest();
    digest.update(secret.getBytes(StandardCharsets.UTF_8));
    return Sha256.hex(digest);
  }
}
