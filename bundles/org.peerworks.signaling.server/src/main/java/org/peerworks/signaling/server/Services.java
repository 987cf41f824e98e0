package org.peerworks.signaling.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.peerworks.signaling.server.accounts.Logins;
import org.peerworks.signaling.server.accounts.Users;

/** What a server knows and does behind its two ports, put together. */
final class Services {

  private final Users users;
  private final Logins logins;
  private final Rooms rooms;
  private final Hub hub;
  private final Relay relay;
  private final HttpApi api;
  private final AdminKey adminKey;
  private final Administration administration;

  Services(ServerSettings settings, Clock clock) throws IOException {
    Path data = settings.data();
    Limits limits = settings.limits();
    IdTokens idTokens = IdTokens.open(data.resolve("keys/signaling-server.key"));
    users = new Users(data.resolve("store/users"), limits.users(), limits.keysPerUser(), clock);
    logins = new Logins(data.resolve("keys/signaling-logins.pem"), users, clock);
    rooms = new Rooms(new RoomFiles(data.resolve("store/rooms")), limits, clock);
    Admissions admissions = new Admissions(rooms, idTokens, users, logins, clock);
    relay = new Relay(rooms, clock, System::nanoTime);
    Registration registration = new Registration(admissions, limits, clock);
    hub = new Hub(limits, clock, registration, relay, new Metrics());
    Callers callers = new Callers(rooms, idTokens, users, logins, clock);
    Members members = new Members(rooms, users, limits, clock);
    BrowserSessions sessions = new BrowserSessions(new EvenClock(clock));
    administration = new Administration(users, rooms, members, sessions);
    adminKey = new AdminKey(data.resolve("keys/signaling-admin.json"));

    Router router = new Router();
    if (settings.openTo().anonymous()) {
      new AnonymousCalls(rooms, idTokens, callers, limits).addTo(router);
    }
    new RoomCalls(rooms, users, callers, members, clock).addTo(router);
    new TokenCalls(rooms, callers, members, limits, clock).addTo(router);
    new KeyCalls(users, callers, members).addTo(router);
    new LoginCalls(
            users,
            logins,
            members,
            new CliLogins(new EvenClock(clock)),
            sessions,
            limits,
            settings.openTo().inviteAccounts())
        .addTo(router);
    new AdminCalls(administration, adminKey).addTo(router);
    new RelayCalls(relay, rooms, callers).addTo(router);
    MissingCalls.addTo(router);
    api = new HttpApi(router, rooms, hub, limits, clock, settings.version());
  }

  Users users() {
    return users;
  }

  Logins logins() {
    return logins;
  }

  Rooms rooms() {
    return rooms;
  }

  Hub hub() {
    return hub;
  }

  Relay relay() {
    return relay;
  }

  HttpApi api() {
    return api;
  }

  AdminKey adminKey() {
    return adminKey;
  }

  Administration administration() {
    return administration;
  }
}
