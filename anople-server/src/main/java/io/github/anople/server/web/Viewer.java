package io.github.anople.server.web;

import io.github.anople.server.account.Person;
import io.github.anople.server.store.Role;
import java.util.Optional;

/**
 * Who looks at a page. Templates ask for it, to show only what the person may use.
 *
 * @param name who it is; empty where nobody signed in
 * @param role what the person may do; empty where nobody signed in
 */
public record Viewer(String name, Optional<Role> role) {

  /**
   * Who looks at the page that is being made.
   *
   * @return the person, or nobody
   */
  public static Viewer now() {
    return Person.now()
        .map(person -> new Viewer(person.name(), Optional.of(person.role())))
        .orElse(new Viewer("", Optional.empty()));
  }

  /**
   * Whether somebody signed in.
   *
   * @return false before that
   */
  public boolean isSignedIn() {
    return role.isPresent();
  }

  /**
   * Whether products may be set up.
   *
   * @return true for engineers and administrators
   */
  public boolean isEngineer() {
    return covers(Role.ENGINEER);
  }

  /**
   * Whether it may be said who may do what.
   *
   * @return true for administrators
   */
  public boolean isAdministrator() {
    return covers(Role.ADMINISTRATOR);
  }

  private boolean covers(Role needed) {
    return role.filter(mine -> mine.covers(needed)).isPresent();
  }
}
