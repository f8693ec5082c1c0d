package io.github.anople.server.store;

import io.github.anople.server.store.Connection.Kind;
import io.github.anople.server.store.Connection.Wanted;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Table {@code outbox}: what is still to be delivered, a row for each connection. */
@Repository
public class OutboxStore {

  private final JdbcClient database;
  private final ConnectionStore connections;

  OutboxStore(JdbcClient database, ConnectionStore connections) {
    this.database = database;
    this.connections = connections;
  }

  /**
   * Something to deliver.
   *
   * @param id its number; a connection's rows are delivered in the order of their numbers
   * @param connection by which connection
   * @param inspection number of the inspection that is told
   */
  public record OutboxRow(long id, long connection, long inspection) {}

  /**
   * Lets an inspection be told by all connections of its product that want it.
   *
   * @param inspection the inspection
   * @param wanted what a connection must want
   */
  public void add(InspectionRow inspection, Collection<Wanted> wanted) {
    database
        .sql(
            "insert into outbox (connection, inspection) select id, cast(:inspection as bigint)"
                + " from connection where product = :product and kind <> :folder"
                + " and verdicts in (:wanted) order by id")
        .param("inspection", inspection.id())
        .param("product", inspection.product())
        .param("folder", Kind.FOLDER.id())
        .param("wanted", wanted.stream().map(Wanted::id).toList())
        .update();
  }

  /**
   * What is to be delivered next.
   *
   * @param connection by which connection
   * @return empty if nothing waits
   */
  public Optional<OutboxRow> first(long connection) {
    return database
        .sql(
            "select id, connection, inspection from outbox where connection = ? order by id"
                + " fetch first 1 rows only")
        .param(connection)
        .query(
            (row, number) ->
                new OutboxRow(
                    row.getLong("id"), row.getLong("connection"), row.getLong("inspection")))
        .optional();
  }

  /**
   * It was delivered.
   *
   * @param row what
   * @param now when
   */
  @Transactional
  public void delivered(OutboxRow row, Instant now) {
    database.sql("delete from outbox where id = ?").param(row.id()).update();
    connections.delivered(row.connection(), now);
  }

  /**
   * Gives up the oldest of too many, and notes how many that were.
   *
   * @param connection of which connection
   * @param most how many may wait
   * @return how many were given up
   */
  @Transactional
  public int drop(long connection, int most) {
    int dropped =
        database
            .sql(
                "delete from outbox where connection = ? and id <= (select id from outbox where"
                    + " connection = ? order by id desc offset ? rows fetch first 1 rows only)")
            .params(connection, connection, most)
            .update();
    if (dropped > 0) {
      database
          .sql("update connection set dropped = dropped + ? where id = ?")
          .params(dropped, connection)
          .update();
    }
    return dropped;
  }

  /** Removes what connections that were deleted have left. */
  public void removeLeftOver() {
    database.sql("delete from outbox where connection not in (select id from connection)").update();
  }
}
