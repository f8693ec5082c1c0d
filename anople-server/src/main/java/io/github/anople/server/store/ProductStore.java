package io.github.anople.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code product}. */
@Repository
public class ProductStore {

  private static final String COLUMNS =
      "select id, name, shows, created_at, active_detector, region from product ";

  private final JdbcClient database;

  ProductStore(JdbcClient database) {
    this.database = database;
  }

  /**
   * Adds a product.
   *
   * @param name its name in addresses
   * @param shows what its pictures show
   * @param now when
   * @return the product
   * @throws org.springframework.dao.DuplicateKeyException if there is one of that name
   */
  public Product add(String name, String shows, Instant now) {
    long id =
        Rows.insert(
            database
                .sql("insert into product (name, shows, created_at) values (?, ?, ?)")
                .params(name, shows, Rows.time(now)));
    return new Product(
        id, name, shows, Rows.time(now).toInstant(), Optional.empty(), Optional.empty());
  }

  /**
   * All products.
   *
   * @return by name
   */
  public List<Product> all() {
    return database.sql(COLUMNS + "order by name").query(ProductStore::product).list();
  }

  /**
   * A product.
   *
   * @param id its number
   * @return empty if there is none
   */
  public Optional<Product> find(long id) {
    return database.sql(COLUMNS + "where id = ?").param(id).query(ProductStore::product).optional();
  }

  /**
   * The product of a name.
   *
   * @param name its name in addresses
   * @return empty if there is none
   */
  public Optional<Product> named(String name) {
    return database
        .sql(COLUMNS + "where name = ?")
        .param(name)
        .query(ProductStore::product)
        .optional();
  }

  /**
   * Lets another detector inspect a product.
   *
   * @param product its number
   * @param detector the detector's number
   */
  public void activate(long product, long detector) {
    database
        .sql("update product set active_detector = ? where id = ?")
        .params(detector, product)
        .update();
  }

  /**
   * Sets which part of a product's pictures counts.
   *
   * @param product its number
   * @param region as JSON; empty for the whole picture
   */
  public void region(long product, Optional<String> region) {
    database
        .sql("update product set region = ? where id = ?")
        .params(Arrays.asList(region.orElse(null), product))
        .update();
  }

  private static Product product(ResultSet row, int number) throws SQLException {
    return new Product(
        row.getLong("id"),
        row.getString("name"),
        row.getString("shows"),
        Rows.instant(row, "created_at"),
        Rows.optionalLong(row, "active_detector"),
        Optional.ofNullable(row.getString("region")));
  }
}
