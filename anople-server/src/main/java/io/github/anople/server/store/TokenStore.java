package io.github.anople.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code token}. */
@Repository
public class TokenStore {

  private static final String COLUMNS =
      "select id, name, role, made_by, created_at, expires_at, used_at from token ";

  private final JdbcClient database;

  TokenStore(JdbcClient database) {
    this.database = database;
  }

  /**
   * What is to be kept of a token.
   *
   * @param name what it is for
   * @param role what the program may do
   * @param secretHash SHA-256 of the secret
   * @param madeBy who made it
   * @param expiresAt when it ends; empty for never
   */
  public record New(
      String name, Role role, String secretHash, String madeBy, Optional<Instant> expiresAt) {}

  /**
   * Keeps a token.
   *
   * @param made what is to be kept
   * @param now when
   * @return the token
   */
  public Token add(New made, Instant now) {
    long id =
        Rows.insert(
            database
                .sql(
                    "insert into token (name, role, secret_hash, made_by, created_at, expires_at)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(
                    made.name(),
                    made.role().id(),
                    made.secretHash(),
                    made.madeBy(),
                    Rows.time(now),
                    made.expiresAt().map(Rows::time).orElse(null)));
    return find(id).orElseThrow();
  }

  /**
   * All tokens.
   *
   * @return in the order in which they were made
   */
  public List<Token> all() {
    return database.sql(COLUMNS + "order by id").query(TokenStore::token).list();
  }

  /**
   * A token.
   *
   * @param id its number
   * @return empty if there is none
   */
  public Optional<Token> find(long id) {
    return database.sql(COLUMNS + "where id = ?").param(id).query(TokenStore::token).optional();
  }

  /**
   * The token of a secret.
   *
   * @param secretHash SHA-256 of the secret
   * @return empty if there is none
   */
  public Optional<Token> of(String secretHash) {
    return database
        .sql(COLUMNS + "where secret_hash = ?")
        .param(secretHash)
        .query(TokenStore::token)
        .optional();
  }

  /**
   * Notes that a token is used.
   *
   * @param id its number
   * @param now when
   */
  public void used(long id, Instant now) {
    database.sql("update token set used_at = ? where id = ?").params(Rows.time(now), id).update();
  }

  /**
   * Takes a token away: nobody signs in with it any more.
   *
   * @param id its number
   */
  public void remove(long id) {
    database.sql("delete from token where id = ?").param(id).update();
  }

  private static Token token(ResultSet row, int number) throws SQLException {
    return new Token(
        row.getLong("id"),
        row.getString("name"),
        Role.of(row.getString("role")),
        row.getString("made_by"),
        Rows.instant(row, "created_at"),
        Rows.optionalInstant(row, "expires_at"),
        Rows.optionalInstant(row, "used_at"));
  }
}
