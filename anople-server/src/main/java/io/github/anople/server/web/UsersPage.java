package io.github.anople.server.web;

import java.util.List;

/**
 * Who may sign in.
 *
 * @param users by name
 * @param roles that there are
 */
public record UsersPage(List<User> users, List<String> roles) {

  /**
   * Somebody.
   *
   * @param id the account's number
   * @param name what is typed to sign in
   * @param role what the person may do
   * @param made when, in words
   */
  public record User(long id, String name, String role, String made) {}

  /** Copies the lists. */
  public UsersPage {
    users = List.copyOf(users);
    roles = List.copyOf(roles);
  }
}
