package org.peerworks.shell.api;

import java.util.Objects;

/**
 * Somebody at a door, who has proved who they are.
 *
 * @param name for the audit log
 * @param from where they are, for the audit log: {@code ssh 10.0.0.7:41234}
 */
public record ShellUser(String name, Role role, String from) {

  public ShellUser {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(from, "from");
  }
}
