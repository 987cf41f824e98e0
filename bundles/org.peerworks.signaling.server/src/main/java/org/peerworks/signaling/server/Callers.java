package org.peerworks.signaling.server;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.peerworks.signaling.server.accounts.AccountKey;
import org.peerworks.signaling.server.accounts.Logins;
import org.peerworks.signaling.server.accounts.User;
import org.peerworks.signaling.server.accounts.Users;

/** Whom a call comes from, by what it bears. Thread-safe. */
final class Callers {

  private final Rooms rooms;
  private final IdTokens idTokens;
  private final Users users;
  private final Logins logins;
  private final Clock clock;

  Callers(Rooms rooms, IdTokens idTokens, Users users, Logins logins, Clock clock) {
    this.rooms = rooms;
    this.idTokens = idTokens;
    this.users = users;
    this.logins = logins;
    this.clock = clock;
  }

  /**
   * The name of an anonymous sign-in.
   *
   * @throws HttpRefusal if the call bears none
   */
  String signedIn(HttpCall call) throws HttpRefusal {
    return idTokens
        .subject(call.bearer())
        .orElseThrow(
            () ->
                new HttpRefusal(
                    401,
                    "Sign in with /anonymous-signin, and send 'Authorization: Bearer <id_token>'."));
  }

  /**
   * The account of a login or an account key.
   *
   * @throws HttpRefusal if the call bears neither
   */
  User user(HttpCall call) throws HttpRefusal, IOException {
    return account(call)
        .orElseThrow(
            () ->
                new HttpRefusal(
                    401,
                    "Log in ('peerworks login'), or send an account key that has not been"
                        + " revoked."));
  }

  private Optional<User> account(HttpCall call) throws IOException {
    String bearer = call.bearer();
    return bearer.startsWith(AccountKey.PREFIX) ? users.byKey(bearer) : logins.user(bearer);
  }

  /**
   * The room that the path names, if the caller owns it.
   *
   * @throws HttpRefusal if not
   */
  Room owned(HttpCall call) throws HttpRefusal, IOException {
    return owned(user(call), call.part("room"));
  }

  Room owned(User user, String roomId) throws HttpRefusal {
    Room room = member(user, roomId);
    if (room.details().role(user.id()).filter(RoomDetails.Role.owner::equals).isEmpty()) {
      throw new HttpRefusal(403, "Only the owner of this room may do that.");
    }
    return room;
  }

  /** Of a room that is not there a stranger hears the same as of one that is not his. */
  Room member(User user, String roomId) throws HttpRefusal {
    return rooms
        .find(roomId)
        .filter(room -> room.details().role(user.id()).isPresent())
        .orElseThrow(Callers::noAccess);
  }

  /**
   * The room that the path names, if the caller may enter it: with a login, an account key, or a
   * worker token.
   */
  Room enterable(HttpCall call) throws HttpRefusal, IOException {
    String bearer = call.bearer();
    Optional<WorkerToken.Named> token = WorkerToken.named(bearer);
    if (token.isEmpty()) {
      return member(user(call), call.part("room"));
    }
    return Optional.of(call.part("room"))
        .filter(token.get().room()::equals)
        .flatMap(rooms::find)
        .filter(
            room ->
                Optional.ofNullable(room.details().tokens().get(token.get().id()))
                    .filter(known -> known.is(bearer) && known.active(clock.instant()))
                    .isPresent())
        .orElseThrow(Callers::noAccess);
  }

  private static HttpRefusal noAccess() {
    return new HttpRefusal(403, "No access to this room");
  }
}
