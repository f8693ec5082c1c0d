package io.github.anople.server.store;

import java.util.Locale;

/** What a person found of an inspected picture. */
public enum ReviewState {
  /** Nobody looked, and nobody is asked to. */
  NONE,
  /** Somebody is to look. */
  WAITING,
  /** A good part. */
  GOOD,
  /** A bad part. */
  BAD;

  /**
   * The name in tables and addresses.
   *
   * @return lower case
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The state of a name.
   *
   * @param id what {@link #id} gave
   * @return the state
   * @throws IllegalArgumentException if there is none of that name
   */
  public static ReviewState of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
