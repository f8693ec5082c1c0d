package io.github.anople.server.web;

import io.github.anople.inspect.page.Words;
import io.github.anople.server.connect.Connections;
import io.github.anople.server.store.Connection;
import io.github.anople.server.store.Connection.Kind;
import io.github.anople.server.store.Connection.Progress;
import io.github.anople.server.store.Connection.Settings;
import io.github.anople.server.store.Connection.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Connections in the words of their pages. */
final class ConnectionItems {

  private ConnectionItems() {}

  static ConnectionsPage.Item item(
      Connection connection, String product, Optional<Connections.Outcome> tested) {
    Progress progress = connection.progress();
    return new ConnectionsPage.Item(
        connection.id(),
        product,
        name(connection.kind()),
        connection.settings().target(),
        about(connection),
        state(connection),
        look(connection.state()),
        connection.paused(),
        progress.lastDeliveryAt().map(Words::time).orElse("nothing yet"),
        progress
            .fault()
            .map(fault -> fault + progress.faultAt().map(at -> ", " + Words.time(at)).orElse(""))
            .orElse(""),
        progress.dropped() == 0
            ? ""
            : Words.count(progress.dropped(), "message") + " given up, since too many waited",
        tested.map(Connections.Outcome::message).orElse(""),
        tested.filter(Connections.Outcome::works).isPresent());
  }

  static String name(Kind kind) {
    return switch (kind) {
      case WEBHOOK -> "Webhook";
      case MQTT -> "MQTT";
      case FOLDER -> "Watched folder";
    };
  }

  private static String about(Connection connection) {
    Settings settings = connection.settings();
    List<String> words = new ArrayList<>();
    if (connection.kind().sends()) {
      settings.topic().ifPresent(topic -> words.add("topic " + topic));
      settings.user().ifPresent(user -> words.add("user " + user));
      String secret = connection.kind() == Kind.WEBHOOK ? "secret" : "password";
      words.add(settings.secret().isPresent() ? secret + " set" : "no " + secret);
      words.add(words(settings.verdicts()));
    } else {
      words.add(settings.move() ? "pictures are moved" : "pictures stay");
    }
    return String.join(" · ", words);
  }

  private static String words(Wanted verdicts) {
    return switch (verdicts) {
      case ALL -> "all verdicts";
      case NOT_OK -> "all verdicts but OK";
      case REJECTED -> "NOT OK only";
    };
  }

  private static String state(Connection connection) {
    long waiting = connection.progress().waiting();
    String others = waiting == 0 ? "" : ", " + waiting + " waiting";
    return switch (connection.state()) {
      case PAUSED -> "paused" + others;
      case FAILING ->
          "failing since "
              + connection.progress().failingSince().map(Words::time).orElseThrow()
              + others;
      case WAITING -> waiting + " waiting";
      case WORKS -> connection.progress().lastDeliveryAt().isPresent() ? "works" : "not used yet";
    };
  }

  private static String look(Connection.State state) {
    return switch (state) {
      case FAILING -> "bad";
      case PAUSED, WAITING -> "unsure";
      case WORKS -> "good";
    };
  }

  /** The form of a new connection. */
  static ConnectionPage form(Kind kind, List<String> products) {
    return new ConnectionPage(
        "New connection: " + name(kind),
        kind.id(),
        "/connections",
        "",
        products,
        "",
        "",
        "",
        "",
        false,
        Wanted.ALL.id(),
        true,
        0);
  }

  /** The form of one that there is. */
  static ConnectionPage form(Connection connection, String product) {
    Settings settings = connection.settings();
    String place = "/connections/" + connection.id();
    return new ConnectionPage(
        name(connection.kind()) + " of " + product,
        connection.kind().id(),
        place,
        place + "/delete",
        List.of(),
        settings.target(),
        settings.topic().orElse(""),
        settings.clientId().orElse(""),
        settings.user().orElse(""),
        settings.secret().isPresent(),
        settings.verdicts().id(),
        settings.move(),
        connection.progress().waiting());
  }
}
