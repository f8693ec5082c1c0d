package io.github.anople.server.account;

import io.github.anople.server.store.Account;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Who signed in, for as long as nothing of the account changes. */
@Component
public class Sessions {

  private static final String ATTRIBUTE = Sessions.class.getName();

  private final Accounts accounts;

  Sessions(Accounts accounts) {
    this.accounts = accounts;
  }

  /** Whose session it is, and the account's stamp when it began. */
  private record Begun(long account, int stamp) implements java.io.Serializable {}

  /**
   * Begins a session, with a number of its own: one that somebody else may know is not taken over.
   *
   * @param request the request that signs in
   * @param account who signs in
   */
  public void begin(HttpServletRequest request, Account account) {
    end(request);
    request.getSession(true).setAttribute(ATTRIBUTE, new Begun(account.id(), account.stamp()));
  }

  /**
   * Ends a session.
   *
   * @param request of it
   */
  public void end(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
  }

  /** Whose session it is; empty where there is none, or the account is not as it was. */
  Optional<Person> person(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null || !(session.getAttribute(ATTRIBUTE) instanceof Begun begun)) {
      return Optional.empty();
    }
    Optional<Person> person =
        accounts
            .find(begun.account())
            .filter(account -> account.stamp() == begun.stamp())
            .map(account -> new Person(account.name(), account.role(), Optional.of(account.id())));
    if (person.isEmpty()) {
      session.invalidate();
    }
    return person;
  }
}
