package io.github.anople.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code account}. */
@Repository
public class AccountStore {

  private static final String COLUMNS =
      "select id, name, role, password, stamp, created_at from account ";

  private final JdbcClient database;

  AccountStore(JdbcClient database) {
    this.database = database;
  }

  /**
   * Adds an account.
   *
   * @param name what is typed to sign in
   * @param role what the person may do
   * @param password as the encoder wrote it
   * @param now when
   * @throws org.springframework.dao.DuplicateKeyException if the name is taken
   */
  public void add(String name, Role role, String password, Instant now) {
    database
        .sql("insert into account (name, role, password, stamp, created_at) values (?, ?, ?, 0, ?)")
        .params(name, role.id(), password, Rows.time(now))
        .update();
  }

  /**
   * All accounts.
   *
   * @return by name
   */
  public List<Account> all() {
    return database.sql(COLUMNS + "order by name").query(AccountStore::account).list();
  }

  /**
   * An account.
   *
   * @param id its number
   * @return empty if there is none
   */
  public Optional<Account> find(long id) {
    return database.sql(COLUMNS + "where id = ?").param(id).query(AccountStore::account).optional();
  }

  /**
   * The account of a name.
   *
   * @param name what is typed to sign in
   * @return empty if there is none
   */
  public Optional<Account> named(String name) {
    return database
        .sql(COLUMNS + "where name = ?")
        .param(name)
        .query(AccountStore::account)
        .optional();
  }

  /**
   * How many may do what a role may.
   *
   * @param role the role
   * @return accounts of that very role
   */
  public long count(Role role) {
    return database
        .sql("select count(*) from account where role = ?")
        .param(role.id())
        .query(Long.class)
        .single();
  }

  /**
   * Gives an account another role, and ends its sessions.
   *
   * @param id its number
   * @param role what the person may do from now on
   */
  public void role(long id, Role role) {
    database
        .sql("update account set role = ?, stamp = stamp + 1 where id = ?")
        .params(role.id(), id)
        .update();
  }

  /**
   * Gives an account another password, and ends its sessions.
   *
   * @param id its number
   * @param password as the encoder wrote it
   */
  public void password(long id, String password) {
    database
        .sql("update account set password = ?, stamp = stamp + 1 where id = ?")
        .params(password, id)
        .update();
  }

  /**
   * Takes an account away.
   *
   * @param id its number
   */
  public void remove(long id) {
    database.sql("delete from account where id = ?").param(id).update();
  }

  private static Account account(ResultSet row, int number) throws SQLException {
    return new Account(
        row.getLong("id"),
        row.getString("name"),
        Role.of(row.getString("role")),
        row.getString("password"),
        row.getInt("stamp"),
        Rows.instant(row, "created_at"));
  }
}
