package io.github.anople.server.store;

import io.github.anople.server.store.Connection.Kind;
import io.github.anople.server.store.Connection.Progress;
import io.github.anople.server.store.Connection.Settings;
import io.github.anople.server.store.Connection.Wanted;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Table {@code connection}. */
@Repository
public class ConnectionStore {

  private static final int LONGEST_FAULT = 1000;
  private static final String COLUMNS =
      "select c.id, c.product, c.kind, c.target, c.topic, c.client_id, c.user_name, c.secret,"
          + " c.verdicts, c.move_finished, c.paused, c.created_at, c.last_delivery_at,"
          + " c.failing_since, c.fault, c.fault_at, c.dropped,"
          + " (select count(*) from outbox o where o.connection = c.id) as waiting"
          + " from connection c ";

  private final JdbcClient database;

  ConnectionStore(JdbcClient database) {
    this.database = database;
  }

  /**
   * Adds a connection.
   *
   * @param product the product's number
   * @param kind what it is
   * @param settings where it leads
   * @param now when
   * @return the connection
   */
  public Connection add(long product, Kind kind, Settings settings, Instant now) {
    List<Object> values = values(settings);
    values.addAll(List.of(product, kind.id(), Rows.time(now)));
    long id =
        Rows.insert(
            database
                .sql(
                    "insert into connection (target, topic, client_id, user_name, secret, verdicts,"
                        + " move_finished, product, kind, created_at, paused, dropped)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, false, 0)")
                .params(values));
    return find(id).orElseThrow();
  }

  private static List<Object> values(Settings settings) {
    return new ArrayList<>(
        Arrays.asList(
            settings.target(),
            settings.topic().orElse(null),
            settings.clientId().orElse(null),
            settings.user().orElse(null),
            settings.secret().orElse(null),
            settings.verdicts().id(),
            settings.move()));
  }

  /**
   * All connections.
   *
   * @return the oldest first
   */
  public List<Connection> all() {
    return database.sql(COLUMNS + "order by c.id").query(ConnectionStore::connection).list();
  }

  /**
   * A connection.
   *
   * @param id its number
   * @return empty if there is none
   */
  public Optional<Connection> find(long id) {
    return database
        .sql(COLUMNS + "where c.id = ?")
        .param(id)
        .query(ConnectionStore::connection)
        .optional();
  }

  /**
   * Lets a connection lead elsewhere.
   *
   * @param id its number
   * @param settings where
   */
  public void change(long id, Settings settings) {
    List<Object> values = values(settings);
    values.add(id);
    database
        .sql(
            "update connection set target = ?, topic = ?, client_id = ?, user_name = ?, secret = ?,"
                + " verdicts = ?, move_finished = ? where id = ?")
        .params(values)
        .update();
  }

  /**
   * Lets a connection rest, or go on.
   *
   * @param id its number
   * @param paused whether it rests
   */
  public void pause(long id, boolean paused) {
    database
        .sql("update connection set paused = ?, failing_since = null where id = ?")
        .params(paused, id)
        .update();
  }

  /**
   * Removes a connection with all that waits for it.
   *
   * @param id its number
   */
  @Transactional
  public void remove(long id) {
    database.sql("delete from outbox where connection = ?").param(id).update();
    database.sql("delete from connection where id = ?").param(id).update();
  }

  /**
   * Something got through.
   *
   * @param id its number
   * @param now when
   */
  public void delivered(long id, Instant now) {
    database
        .sql("update connection set last_delivery_at = ?, failing_since = null where id = ?")
        .params(Rows.time(now), id)
        .update();
  }

  /**
   * It works again, though there was nothing to deliver.
   *
   * @param id its number
   */
  public void works(long id) {
    database.sql("update connection set failing_since = null where id = ?").param(id).update();
  }

  /**
   * Nothing gets through.
   *
   * @param id its number
   * @param fault why, in a line
   * @param now when
   */
  public void failed(long id, String fault, Instant now) {
    database
        .sql(
            "update connection set failing_since = coalesce(failing_since, ?), fault = ?,"
                + " fault_at = ? where id = ?")
        .params(Rows.time(now), cut(fault), Rows.time(now), id)
        .update();
  }

  /**
   * Something was odd, which stops nothing else.
   *
   * @param id its number
   * @param fault what, in a line
   * @param now when
   */
  public void remark(long id, String fault, Instant now) {
    database
        .sql("update connection set fault = ?, fault_at = ? where id = ?")
        .params(cut(fault), Rows.time(now), id)
        .update();
  }

  private static String cut(String fault) {
    return fault.length() <= LONGEST_FAULT ? fault : fault.substring(0, LONGEST_FAULT - 1) + "…";
  }

  private static Connection connection(ResultSet row, int number) throws SQLException {
    return new Connection(
        row.getLong("id"),
        row.getLong("product"),
        Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        new Settings(
            row.getString("target"),
            Optional.ofNullable(row.getString("topic")),
            Optional.ofNullable(row.getString("client_id")),
            Optional.ofNullable(row.getString("user_name")),
            Optional.ofNullable(row.getString("secret")),
            Wanted.valueOf(row.getString("verdicts").toUpperCase(Locale.ROOT).replace('-', '_')),
            row.getBoolean("move_finished")),
        row.getBoolean("paused"),
        Rows.instant(row, "created_at"),
        new Progress(
            row.getLong("waiting"),
            Rows.optionalInstant(row, "last_delivery_at"),
            Rows.optionalInstant(row, "failing_since"),
            Optional.ofNullable(row.getString("fault")),
            Rows.optionalInstant(row, "fault_at"),
            row.getLong("dropped")));
  }
}
