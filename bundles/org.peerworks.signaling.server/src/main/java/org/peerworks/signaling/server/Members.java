package org.peerworks.signaling.server;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import org.peerworks.signaling.server.accounts.User;
import org.peerworks.signaling.server.accounts.Users;
import org.peerworks.signaling.server.basic.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets accounts into rooms, and takes the right away again, at once. Thread-safe. */
final class Members {

  private static final Logger LOG = LoggerFactory.getLogger(Members.class);

  private final Rooms rooms;
  private final Users users;
  private final Invites invites;
  private final Limits limits;
  private final Clock clock;

  Members(Rooms rooms, Users users, Limits limits, Clock clock) {
    this.rooms = rooms;
    this.users = users;
    this.invites = new Invites(limits, new EvenClock(clock));
    this.limits = limits;
    this.clock = clock;
  }

  /** A code that lets accounts into the room for an hour; a secret. */
  String invite(Room room) {
    return invites.make(room.id());
  }

  /** Makes an account a member of the room that the code is for. */
  Room join(String code, InetAddress caller, User user) throws Refusal, IOException {
    Room room = invited(code, caller);
    enter(room, user);
    invites.used(code);
    return room;
  }

  /** Makes a new account, and that a member of the room that the code is for. */
  User welcome(String code, InetAddress caller, String name, String password)
      throws Refusal, IOException {
    Room room = invited(code, caller);
    User user = users.add(name, password);
    LOG.info("Account '{}' was made with an invite to room '{}'", user.name(), room.id());
    enter(room, user);
    invites.used(code);
    return user;
  }

  private Room invited(String code, InetAddress caller) throws HttpRefusal {
    return invites
        .open(code, caller)
        .flatMap(rooms::find)
        .orElseThrow(
            () -> new HttpRefusal(404, "This invite code is wrong, or older than an hour."));
  }

  private void enter(Room room, User user) throws Refusal, IOException {
    room.change(
        now -> {
          if (now.role(user.id()).isEmpty() && now.members().size() >= limits.membersPerRoom()) {
            throw new HttpRefusal(429, "This room has as many members as this server grants.");
          }
          return now.withMember(user.id(), clock.instant());
        });
    LOG.info("Account '{}' became a member of room '{}'", user.name(), room.id());
  }

  /**
   * Takes away an account's right to a room, and the tokens that it has made there.
   *
   * @return whether it was a member
   */
  boolean remove(Room room, String userId) throws Refusal, IOException {
    if (room.details().role(userId).isEmpty()) {
      return false;
    }
    if (room.owner().equals(userId)) {
      throw new HttpRefusal(400, "The owner cannot leave the room. Delete the room instead.");
    }
    room.change(
        now -> now.withoutMember(userId).withoutTokens(token -> token.maker().equals(userId)));
    room.putOut(
        peer -> !room.details().stillOpenTo(peer.who()), "The account is no member any more");
    LOG.info("Account '{}' is no member of room '{}' any more", userId, room.id());
    return true;
  }

  void delete(Room room) throws IOException {
    invites.forget(room.id());
    rooms.delete(room, "The room was deleted by its owner");
    LOG.info("Room '{}' was deleted by its owner", room.id());
  }

  /** Puts out whoever came in with this key or token. */
  void revoked(String means) {
    for (Room room : rooms.all()) {
      room.putOut(peer -> peer.who().means().equals(means), "The key was revoked");
    }
  }

  /** Puts out whoever came in with a login of this account; its keys stay. */
  void loggedOut(User user) {
    for (Room room : rooms.all()) {
      room.putOut(
          peer -> peer.who().subject().equals(user.id()) && peer.who().means().isEmpty(),
          "The login has ended");
    }
  }

  /** Ends an account, its rooms and its memberships. */
  void remove(User user) throws Refusal, IOException {
    users.remove(user);
    for (Room room : rooms.ofMember(user.id())) {
      if (room.owner().equals(user.id())) {
        delete(room);
      } else {
        remove(room, user.id());
      }
    }
    LOG.info("Account '{}' was removed", user.name());
  }
}
