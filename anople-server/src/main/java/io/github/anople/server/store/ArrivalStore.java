package io.github.anople.server.store;

import io.github.anople.core.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Table {@code arrival}: pictures of watched folders that are done and still there. */
@Repository
public class ArrivalStore {

  private final JdbcClient database;

  ArrivalStore(JdbcClient database) {
    this.database = database;
  }

  /**
   * A picture that is done.
   *
   * @param path its path below the folder, {@code /} between names
   * @param bytes its size
   * @param modified when its content changed, as the disk says
   * @param changed when anything of it changed, as the disk says
   * @param inode which file of its disk it is
   * @param sha256 its content; empty where it could not be read
   */
  public record Arrival(
      String path, long bytes, long modified, long changed, long inode, String sha256) {}

  /**
   * What is done.
   *
   * @param connection of which folder
   * @return in any order
   */
  public List<Arrival> of(long connection) {
    return database
        .sql(
            "select path, bytes, modified, changed, inode, sha256 from arrival"
                + " where connection = ?")
        .param(connection)
        .query(Arrival.class)
        .list();
  }

  /**
   * A picture is done; it takes the place of an earlier one of its name.
   *
   * @param connection of which folder
   * @param arrival the picture
   */
  @Transactional
  public void done(long connection, Arrival arrival) {
    String name = Sha256.of(arrival.path().getBytes(StandardCharsets.UTF_8));
    database
        .sql("delete from arrival where connection = ? and path_sha256 = ?")
        .params(connection, name)
        .update();
    database
        .sql(
            "insert into arrival (connection, path_sha256, path, bytes, modified, changed, inode,"
                + " sha256) values (?, ?, ?, ?, ?, ?, ?, ?)")
        .params(
            connection,
            name,
            arrival.path(),
            arrival.bytes(),
            arrival.modified(),
            arrival.changed(),
            arrival.inode(),
            arrival.sha256())
        .update();
  }
}
