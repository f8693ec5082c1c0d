package io.github.anople.server.connect;

import io.github.anople.core.InputException;
import io.github.anople.server.store.Connection.Kind;
import io.github.anople.server.store.Connection.Settings;
import io.github.anople.server.store.Connection.Wanted;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What connections may be, so that none is kept that could never work. */
@Component
final class ConnectionRules {

  private static final int LONGEST_ADDRESS = 2000;
  private static final int LONGEST_TOPIC = 500;
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_SECRET = 500;
  private static final int LARGEST_PORT = 65_535;

  private final FolderRule folders;

  ConnectionRules(FolderRule folders) {
    this.folders = folders;
  }

  /**
   * Settings as they are kept.
   *
   * @param kind of the connection
   * @param wish what somebody wants
   * @param before what there is; empty for a new connection
   * @throws InputException if that cannot be
   */
  Settings check(Kind kind, ConnectionWish wish, Optional<Settings> before) {
    Settings checked =
        switch (kind) {
          case WEBHOOK -> webhook(wish);
          case MQTT -> mqtt(wish);
          case FOLDER -> folder(wish);
        };
    Optional<String> secret = kind.sends() ? secret(wish, checked, before) : Optional.empty();
    return new Settings(
        checked.target(),
        checked.topic(),
        checked.clientId(),
        checked.user(),
        secret,
        checked.verdicts(),
        checked.move());
  }

  private static Settings webhook(ConnectionWish wish) {
    String address = address(wish, Set.of("http", "https"), "https://example.com/verdicts");
    return new Settings(
        address,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        verdicts(wish),
        false);
  }

  private static Settings mqtt(ConnectionWish wish) {
    String address =
        address(wish, Set.of("tcp", MqttChannel.ENCRYPTED), "tcp://broker.example.com:1883");
    String topic =
        text("topic", wish.topic(), LONGEST_TOPIC)
            .filter(name -> !name.matches(".*[+#].*"))
            .orElseThrow(
                () ->
                    new InputException(
                        "topic",
                        "is missing, or has a + or #",
                        "give one to publish at, such as factory/line-1/verdicts"));
    return new Settings(
        address,
        Optional.of(topic),
        text("client id", wish.clientId(), LONGEST_NAME),
        text("user", wish.user(), LONGEST_NAME),
        Optional.empty(),
        verdicts(wish),
        false);
  }

  private Settings folder(ConnectionWish wish) {
    boolean move = wish.move().orElse(false);
    String target =
        text("folder", wish.target(), LONGEST_ADDRESS)
            .orElseThrow(
                () -> new InputException("folder", "is missing", "give the path from the root on"));
    return new Settings(
        folders.check(target, move).toString(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Wanted.ALL,
        move);
  }

  private static String address(ConnectionWish wish, Set<String> schemes, String example) {
    Optional<String> text = text("address", wish.target(), LONGEST_ADDRESS);
    try {
      URI address = new URI(text.orElse(""));
      String scheme = Optional.ofNullable(address.getScheme()).orElse("").toLowerCase(Locale.ROOT);
      if (schemes.contains(scheme)
          && address.getHost() != null
          && address.getPort() <= LARGEST_PORT) {
        if (address.getRawUserInfo() != null) {
          throw new InputException(
              "address",
              "has a name or a password in it, which everybody would see",
              "leave it out; there are fields for them where they are of use");
        }
        return scheme + text.get().substring(scheme.length());
      }
    } catch (URISyntaxException e) {
      throw new InputException(
          "address", "is none (" + e.getReason() + ")", "give one such as " + example, e);
    }
    throw new InputException(
        "address",
        "does not begin with "
            + schemes.stream().sorted().map(one -> one + "://").collect(Collectors.joining(" or "))
            + " and the name of a host",
        "give one such as " + example);
  }

  private static Wanted verdicts(ConnectionWish wish) {
    String id = wish.verdicts().filter(text -> !text.isBlank()).orElse(Wanted.ALL.id());
    return Arrays.stream(Wanted.values())
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "verdicts", "there is no such choice", "choose all, not-ok or rejected"));
  }

  /** A secret is for the address that it was given for, and goes to no other. */
  private static Optional<String> secret(
      ConnectionWish wish, Settings checked, Optional<Settings> before) {
    if (wish.secret().isPresent()) {
      return text("secret", wish.secret(), LONGEST_SECRET);
    }
    Optional<String> kept = before.flatMap(Settings::secret);
    if (kept.isPresent() && !before.get().target().equals(checked.target())) {
      throw new InputException(
          "secret",
          "was given for another address, and is not sent to this one",
          "give it again, or none");
    }
    return kept;
  }

  private static Optional<String> text(String what, Optional<String> given, int most) {
    Optional<String> text = given.map(String::strip).filter(one -> !one.isEmpty());
    if (text.isPresent()
        && (text.get().length() > most || text.get().chars().anyMatch(Character::isISOControl))) {
      throw new InputException(
          what, "is longer than " + most + " characters or not in one line", "shorten it");
    }
    return text;
  }
}
