package io.github.anople.server.connect;

import io.github.anople.core.InputException;
import io.github.anople.server.Audit;
import io.github.anople.server.project.MissingException;
import io.github.anople.server.store.Connection;
import io.github.anople.server.store.Connection.Kind;
import io.github.anople.server.store.Connection.Settings;
import io.github.anople.server.store.ConnectionStore;
import io.github.anople.server.store.Product;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** The connections of products: webhooks, MQTT, watched folders. */
@Service
public class Connections {

  /** A thread each. */
  private static final int MOST = 100;

  private final ConnectionStore store;
  private final ConnectionRules rules;
  private final ConnectionLines lines;
  private final ConnectionTrials trials;
  private final Audit audit;
  private final Clock clock;

  Connections(
      ConnectionStore store,
      ConnectionRules rules,
      ConnectionLines lines,
      ConnectionTrials trials,
      Audit audit,
      Clock clock) {
    this.store = store;
    this.rules = rules;
    this.lines = lines;
    this.trials = trials;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What a test has brought.
   *
   * @param works whether it works
   * @param message what was done, or what is wrong, in a line
   */
  public record Outcome(boolean works, String message) {}

  /**
   * All connections.
   *
   * @return the oldest first
   */
  public List<Connection> all() {
    return store.all();
  }

  /**
   * A connection.
   *
   * @param id its number
   * @return the connection
   * @throws MissingException if there is none
   */
  public Connection get(long id) {
    return store
        .find(id)
        .orElseThrow(
            () ->
                new MissingException(
                    "connection " + id, "is not there", "see /api/v1/connections"));
  }

  /**
   * A kind of connections.
   *
   * @param id its name in addresses
   * @return the kind
   * @throws InputException if there is none of that name
   */
  public static Kind kind(String id) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "kind", "there is no such connection", "choose webhook, mqtt or folder"));
  }

  /**
   * Adds a connection, which works at once.
   *
   * @param product of which product
   * @param kind what it is
   * @param wish where it leads
   * @return the connection
   * @throws InputException if that cannot be
   */
  public Connection add(Product product, Kind kind, ConnectionWish wish) {
    List<Connection> others = all();
    if (others.size() >= MOST) {
      throw new InputException(
          "connections", "there are " + MOST + ", and no more can be", "delete one");
    }
    Settings settings = rules.check(kind, wish, Optional.empty());
    requireOwnFolder(kind, settings, others);
    Connection added = store.add(product.id(), kind, settings, clock.instant());
    lines.renew(added.id());
    note("added", added);
    return added;
  }

  /**
   * Lets a connection lead elsewhere; what waits goes there.
   *
   * @param id its number
   * @param wish where
   * @return the connection as it is then
   * @throws InputException if that cannot be
   */
  public Connection change(long id, ConnectionWish wish) {
    Connection before = get(id);
    Settings settings = rules.check(before.kind(), wish, Optional.of(before.settings()));
    requireOwnFolder(
        before.kind(), settings, all().stream().filter(one -> one.id() != id).toList());
    store.change(id, settings);
    lines.renew(id);
    Connection changed = get(id);
    note("changed", changed);
    return changed;
  }

  private void note(String what, Connection connection) {
    audit.note(
        "connection " + what,
        "connection " + connection.id(),
        connection.kind().id() + " " + connection.settings().target());
  }

  private static void requireOwnFolder(Kind kind, Settings settings, List<Connection> others) {
    if (kind != Kind.FOLDER) {
      return;
    }
    others.stream()
        .filter(one -> one.kind() == Kind.FOLDER)
        .filter(one -> FolderRule.overlap(one.settings().target(), settings.target()))
        .findFirst()
        .ifPresent(
            one -> {
              throw new InputException(
                  "folder " + settings.target(),
                  "is watched by connection " + one.id() + ", or lies in its folder or around it",
                  "choose another folder");
            });
  }

  /**
   * Lets a connection rest, or go on. What is to be delivered waits meanwhile.
   *
   * @param id its number
   * @param paused whether it rests
   * @return the connection as it is then
   */
  public Connection pause(long id, boolean paused) {
    get(id);
    store.pause(id, paused);
    lines.renew(id);
    Connection now = get(id);
    note(paused ? "paused" : "resumed", now);
    return now;
  }

  /**
   * Deletes a connection with all that waits for it.
   *
   * @param id its number
   */
  public void delete(long id) {
    Connection gone = get(id);
    store.remove(id);
    lines.renew(id);
    note("deleted", gone);
  }

  /**
   * Tries a connection: a message is sent, or the folder is looked at. If it works, what waits is
   * delivered without a further pause.
   *
   * @param id its number
   * @return what came of it, in less than ten seconds
   */
  public Outcome test(long id) {
    Connection connection = get(id);
    try {
      String message = trials.run(connection);
      if (connection.state() == Connection.State.FAILING) {
        lines.renew(id);
      }
      return new Outcome(true, message);
    } catch (DeliveryException e) {
      return new Outcome(false, e.getMessage());
    }
  }
}
