package io.github.anople.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code picture}. */
@Repository
public class PictureStore {

  private static final String COLUMNS =
      "select id, sha256, media_type, bytes, width, height, added_at from picture ";

  private final JdbcClient database;

  PictureStore(JdbcClient database) {
    this.database = database;
  }

  /**
   * The row of a picture, made where there is none.
   *
   * @param content its file, which is there already
   * @param mediaType for example {@code image/png}
   * @param width columns
   * @param height rows
   * @param now when
   * @return the row
   */
  public Picture of(
      ContentFiles.Content content, String mediaType, int width, int height, Instant now) {
    Optional<Picture> known = named(content.sha256());
    if (known.isPresent()) {
      return known.get();
    }
    try {
      long id =
          Rows.insert(
              database
                  .sql(
                      "insert into picture (sha256, media_type, bytes, width, height, added_at)"
                          + " values (?, ?, ?, ?, ?, ?)")
                  .params(
                      content.sha256(), mediaType, content.bytes(), width, height, Rows.time(now)));
      return new Picture(
          id,
          content.sha256(),
          mediaType,
          content.bytes(),
          width,
          height,
          Rows.time(now).toInstant());
    } catch (DuplicateKeyException e) {
      // Somebody else sent it in between.
      return named(content.sha256()).orElseThrow(() -> e);
    }
  }

  /**
   * The picture of a content.
   *
   * @param sha256 the content's name
   * @return empty if it is not there
   */
  public Optional<Picture> named(String sha256) {
    return database
        .sql(COLUMNS + "where sha256 = ?")
        .param(sha256)
        .query(PictureStore::picture)
        .optional();
  }

  private static Picture picture(ResultSet row, int number) throws SQLException {
    return new Picture(
        row.getLong("id"),
        row.getString("sha256"),
        row.getString("media_type"),
        row.getLong("bytes"),
        row.getInt("width"),
        row.getInt("height"),
        Rows.instant(row, "added_at"));
  }
}
