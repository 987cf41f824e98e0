package org.peerworks.signaling.server;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.peerworks.signaling.server.accounts.User;
import org.peerworks.signaling.server.accounts.Users;
import org.peerworks.signaling.server.basic.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an administrator does about accounts. Thread-safe. */
final class Administration {

  private static final Logger LOG = LoggerFactory.getLogger(Administration.class);

  private final Users users;
  private final Rooms rooms;
  private final Members members;
  private final BrowserSessions sessions;

  Administration(Users users, Rooms rooms, Members members, BrowserSessions sessions) {
    this.users = users;
    this.rooms = rooms;
    this.members = members;
    this.sessions = sessions;
  }

  /**
   * An account.
   *
   * @param rooms that it may enter
   * @param keys account keys that it has
   */
  record Account(String id, String name, Instant createdAt, int rooms, int keys) {}

  /**
   * An account, and its new password.
   *
   * @param password to be told to the user, and nobody else
   */
  record Told(User user, String password) {

    @Override
    public String toString() {
      return "Told[user=" + user.name() + "]";
    }
  }

  List<Account> users() {
    return users.all().stream()
        .map(
            user ->
                new Account(
                    user.id(),
                    user.name(),
                    user.createdAt(),
                    rooms.ofMember(user.id()).size(),
                    user.keys().size()))
        .toList();
  }

  Told add(String name) throws Refusal, IOException {
    String password = Users.generatePassword();
    User user = users.add(name, password);
    LOG.info("The administrator made account '{}'", user.name());
    return new Told(user, password);
  }

  /** Ends the account, its rooms and its keys. */
  User remove(String name) throws Refusal, IOException {
    User user = find(name);
    sessions.endAll(user.id());
    members.remove(user);
    return user;
  }

  /** Ends all logins with the old one; keys stay. */
  Told newPassword(String name) throws Refusal, IOException {
    User user = find(name);
    String password = Users.generatePassword();
    users.setPassword(user, password);
    sessions.endAll(user.id());
    members.loggedOut(user);
    LOG.info("The administrator gave account '{}' a new password", user.name());
    return new Told(user, password);
  }

  private User find(String name) throws HttpRefusal {
    return users
        .named(name)
        .orElseThrow(() -> new HttpRefusal(404, "There is no account '" + name + "'."));
  }
}
