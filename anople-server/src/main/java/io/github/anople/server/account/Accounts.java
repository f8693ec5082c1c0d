package io.github.anople.server.account;

import io.github.anople.core.InputException;
import io.github.anople.server.project.MissingException;
import io.github.anople.server.project.TakenException;
import io.github.anople.server.store.Account;
import io.github.anople.server.store.AccountStore;
import io.github.anople.server.store.Role;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/** Who may sign in. There is always an administrator, once there was one. */
@Service
public class Accounts {

  private static final String NAME = "[a-z0-9][a-z0-9._@-]{0,49}";

  private final AccountStore store;
  private final Passwords passwords;
  private final AuditLog audit;
  private final Clock clock;

  /** Held while it is looked whether an administrator is left. */
  private final Object administrators = new Object();

  Accounts(AccountStore store, Passwords passwords, AuditLog audit, Clock clock) {
    this.store = store;
    this.passwords = passwords;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A password that was typed twice.
   *
   * @param typed the first time
   * @param again the second time
   */
  public record NewPassword(String typed, String again) {

    /** Without the password. */
    @Override
    public String toString() {
      return "NewPassword";
    }
  }

  /** What is typed, as names are kept. */
  static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  /**
   * All accounts.
   *
   * @return by name
   */
  public List<Account> all() {
    return store.all();
  }

  /**
   * Adds an account.
   *
   * @param name what will be typed to sign in
   * @param role what the person may do
   * @param password of ten characters at least
   * @throws InputException if the name or the password cannot be used
   * @throws TakenException if the name is taken
   */
  public void add(String name, Role role, NewPassword password) {
    String plain = plain(name);
    if (!plain.matches(NAME)) {
      throw new InputException(
          "name",
          "is not of letters, digits, dots, dashes and underscores, or is longer than 50",
          "choose a name such as anna.berg");
    }
    String kept = passwords.kept(password.typed(), password.again());
    try {
      store.add(plain, role, kept, clock.instant());
    } catch (DuplicateKeyException e) {
      throw new TakenException("account " + plain, "is there already", "choose another name", e);
    }
    audit.note("account added", "account " + plain, role.id());
  }

  /**
   * Gives somebody another role; the person's sessions end.
   *
   * @param id the account's number
   * @param role what the person may do from now on
   * @throws InputException if no administrator would be left
   */
  public void role(long id, Role role) {
    synchronized (administrators) {
      Account account = get(id);
      if (role != Role.ADMINISTRATOR) {
        requireAnother(account);
      }
      store.role(id, role);
      audit.note(
          "role changed", "account " + account.name(), account.role().id() + " to " + role.id());
    }
  }

  /**
   * Gives somebody another password; the person's sessions end.
   *
   * @param id the account's number
   * @param password of ten characters at least
   */
  public void password(long id, NewPassword password) {
    Account account = get(id);
    store.password(id, passwords.kept(password.typed(), password.again()));
    audit.note("password changed", "account " + account.name(), "");
  }

  /**
   * Takes an account away; the person's sessions end.
   *
   * @param id the account's number
   * @throws InputException if no administrator would be left
   */
  public void remove(long id) {
    synchronized (administrators) {
      Account account = get(id);
      requireAnother(account);
      store.remove(id);
      audit.note("account removed", "account " + account.name(), account.role().id());
    }
  }

  private void requireAnother(Account account) {
    if (account.role() == Role.ADMINISTRATOR && store.count(Role.ADMINISTRATOR) == 1) {
      throw new InputException(
          "account " + account.name(),
          "is the only administrator",
          "make somebody else an administrator first");
    }
  }

  /**
   * An account.
   *
   * @param id its number
   * @return the account
   * @throws MissingException if there is none
   */
  public Account get(long id) {
    return store
        .find(id)
        .orElseThrow(
            () -> new MissingException("account " + id, "is not there", "look at the list again"));
  }

  Optional<Account> find(long id) {
    return store.find(id);
  }

  boolean hasAdministrator() {
    return store.count(Role.ADMINISTRATOR) > 0;
  }
}
