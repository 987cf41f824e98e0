package org.peerworks.shell.api;

import java.util.Locale;

/** What a user may do; each may do what those before it may. */
public enum Role {
  /** Looks. */
  VIEWER,
  /** Steers jobs, and drains the worker. */
  OPERATOR,
  /** Everything, also Gogo's own language, which reaches every object of the worker. */
  ADMINISTRATOR;

  /** Whether this role may do what another one may. */
  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }

  /**
   * The role of a name.
   *
   * @throws IllegalArgumentException if there is none; names all
   */
  public static Role of(String name) {
    for (Role role : values()) {
      if (role.toString().equals(name)) {
        return role;
      }
    }
    throw new IllegalArgumentException(
        "There is no role '" + name + "'; there are viewer, operator and administrator.");
  }

  /** The name in files: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
