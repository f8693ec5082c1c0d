package io.github.anople.server.store;

import io.github.anople.server.store.GoodPicture.Purpose;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code good_picture}. */
@Repository
public class GoodPictureStore {

  private static final String COLUMNS =
      "select g.id, g.product, g.picture, p.sha256, g.name, g.purpose, g.remarks, g.added_at"
          + " from good_picture g join picture p on p.id = g.picture ";

  private final JdbcClient database;

  GoodPictureStore(JdbcClient database) {
    this.database = database;
  }

  /**
   * Adds a good picture.
   *
   * @param product the product's number
   * @param picture the picture
   * @param name what its file was called
   * @param purpose what it is for
   * @param remarks what looks odd about it
   * @param now when
   * @throws org.springframework.dao.DuplicateKeyException if the product has it already
   */
  public void add(
      long product, Picture picture, String name, Purpose purpose, String remarks, Instant now) {
    database
        .sql(
            "insert into good_picture (product, picture, name, purpose, remarks, added_at)"
                + " values (?, ?, ?, ?, ?, ?)")
        .params(product, picture.id(), name, purpose.id(), remarks, Rows.time(now))
        .update();
  }

  /**
   * The good pictures of a product.
   *
   * @param product its number
   * @return in the order in which they came
   */
  public List<GoodPicture> of(long product) {
    return database
        .sql(COLUMNS + "where g.product = ? order by g.id")
        .param(product)
        .query(GoodPictureStore::goodPicture)
        .list();
  }

  /**
   * A good picture of a product.
   *
   * @param product its number
   * @param sha256 the picture's content
   * @return empty if it is none of that product's
   */
  public Optional<GoodPicture> find(long product, String sha256) {
    return database
        .sql(COLUMNS + "where g.product = ? and p.sha256 = ?")
        .params(product, sha256)
        .query(GoodPictureStore::goodPicture)
        .optional();
  }

  /**
   * Gives a good picture another purpose.
   *
   * @param id its number
   * @param purpose what it is for from now on
   */
  public void use(long id, Purpose purpose) {
    database
        .sql("update good_picture set purpose = ? where id = ?")
        .params(purpose.id(), id)
        .update();
  }

  /**
   * Takes a good picture away; its file stays, since detectors and inspections may name it.
   *
   * @param id its number
   */
  public void remove(long id) {
    database.sql("delete from good_picture where id = ?").param(id).update();
  }

  private static GoodPicture goodPicture(ResultSet row, int number) throws SQLException {
    return new GoodPicture(
        row.getLong("id"),
        row.getLong("product"),
        row.getLong("picture"),
        row.getString("sha256"),
        row.getString("name"),
        Purpose.of(row.getString("purpose")),
        row.getString("remarks"),
        Rows.instant(row, "added_at"));
  }
}
