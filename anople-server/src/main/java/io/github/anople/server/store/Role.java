package io.github.anople.server.store;

import io.github.anople.core.InputException;
import java.util.Locale;

/** What somebody may do; each role may do all that the ones before it may. */
public enum Role {
  /** Looks, inspects, reviews. */
  OPERATOR("an operator"),
  /** Also sets products up: pictures, training, versions, thresholds, connections. */
  ENGINEER("an engineer"),
  /** Also says who may do what, and makes backups. */
  ADMINISTRATOR("an administrator");

  private final String words;

  Role(String words) {
    this.words = words;
  }

  /**
   * The role of a name.
   *
   * @param id as {@link #id} has it
   * @return the role
   * @throws InputException if there is none of that name
   */
  public static Role of(String id) {
    for (Role role : values()) {
      if (role.id().equals(id)) {
        return role;
      }
    }
    throw new InputException(
        "role",
        InputException.quoted(id) + " is none",
        "choose operator, engineer or administrator");
  }

  /**
   * The name in tables and addresses.
   *
   * @return lower case
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The role in a sentence.
   *
   * @return with its article
   */
  public String words() {
    return words;
  }

  /**
   * Whether this role may do what another may.
   *
   * @param other the role that something needs
   * @return true for the same and for lesser ones
   */
  public boolean covers(Role other) {
    return compareTo(other) >= 0;
  }
}
