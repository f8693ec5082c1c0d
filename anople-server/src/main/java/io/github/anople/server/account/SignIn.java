package io.github.anople.server.account;

import io.github.anople.server.store.Account;
import io.github.anople.server.store.AccountStore;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Compares passwords. */
@Service
public class SignIn {

  private final AccountStore accounts;
  private final Passwords passwords;
  private final Pauses pauses;
  private final AuditLog audit;

  SignIn(AccountStore accounts, Passwords passwords, Pauses pauses, AuditLog audit) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.pauses = pauses;
    this.audit = audit;
  }

  /**
   * The account of a name and its password. It takes as long whether the name is known or not.
   *
   * @param name what was typed
   * @param password what was typed
   * @param address where it comes from
   * @return empty if the two do not belong together
   * @throws PauseException if too many tries failed before
   */
  public Optional<Account> account(String name, String password, String address) {
    String typed = Accounts.plain(name);
    String who = "account " + typed;
    String from = "address " + address;
    pauses
        .begin(List.of(who, from))
        .ifPresent(
            pause -> {
              throw new PauseException(pause);
            });
    Optional<Account> account = right(accounts.named(typed), password);
    if (account.isPresent()) {
      pauses.succeeded(who, from);
      audit.note(typed, "signed in", who, "");
    } else {
      audit.note(AuditLog.SOMEBODY, "failed to sign in", who, "");
    }
    return account;
  }

  private Optional<Account> right(Optional<Account> named, String password) {
    if (named.isEmpty()) {
      passwords.matchNobody(password);
    }
    return named.filter(account -> passwords.matches(password, account.password()));
  }
}
