package org.peerworks.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.lib.files.ClockWatch;
import org.peerworks.signaling.server.accounts.Logins;
import org.peerworks.signaling.server.accounts.User;
import org.peerworks.signaling.server.accounts.Users;

/** What ends by itself, on a clock that a test moves. */
class ExpiriesTest {

  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final Duration UNUSED = Duration.ofDays(30);

  /** Stands still until it is moved. */
  private static final class Hand extends Clock {
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @TempDir Path data;
  private final Hand clock = new Hand();

  @Test
  void anInviteLivesForAnHourAndForSoManyAccounts() throws Exception {
    Invites invites = new Invites(Tuned.limits(java.util.Map.of("loginsPerMinute", 1000)), clock);
    String code = invites.make("lab");
    clock.now = clock.now.plus(Duration.ofMinutes(59));
    assertThat(invites.open(code.toLowerCase(), HERE)).contains("lab");
    String popular = invites.make("lab");
    clock.now = clock.now.plus(Duration.ofMinutes(2));
    assertThat(invites.open(code, HERE)).isEmpty();
    for (int i = 0; i < Invites.USES; i++) {
      assertThat(invites.open(popular, HERE)).contains("lab");
      invites.used(popular);
    }
    assertThat(invites.open(popular, HERE)).isEmpty();
  }

  @Test
  void aRoomHasFewInvitesAtOnce() throws Exception {
    Invites invites = new Invites(Limits.DEFAULT, clock);
    String first = invites.make("lab");
    for (int i = 0; i < 4; i++) {
      clock.now = clock.now.plusSeconds(1);
      invites.make("lab");
    }
    assertThat(invites.open(first, HERE)).isEmpty();
  }

  @Test
  void aLoginThatNobodyFetchesIsForgotten() throws Exception {
    CliLogins logins = new CliLogins(clock);
    String state = "0123456789abcdef";
    assertThat(logins.take(state, HERE)).as("it asks").isEmpty();
    logins.leave(state, "user-a");
    assertThatThrownBy(() -> logins.leave(state, "user-b")).isInstanceOf(HttpRefusal.class);
    clock.now = clock.now.plus(CliLogins.LIFETIME).plusSeconds(1);
    assertThat(logins.take(state, HERE)).isEmpty();
    logins.leave(state, "user-b");
    assertThat(logins.take(state, HERE)).contains("user-b");
    assertThat(logins.take(state, HERE)).isEmpty();
  }

  @Test
  void aBrowserIsForgottenAfterHalfAnHour() {
    BrowserSessions sessions = new BrowserSessions(clock);
    String secret = sessions.begin("user-a");
    assertThat(sessions.user(secret)).contains("user-a");
    assertThat(sessions.user("x")).isEmpty();
    clock.now = clock.now.plus(BrowserSessions.LIFETIME).plusSeconds(1);
    assertThat(sessions.user(secret)).isEmpty();
  }

  @Test
  void aLoginEndsAfterAWeek() throws Exception {
    Users users = new Users(data.resolve("users"), 10, 10, clock);
    Logins logins = new Logins(data.resolve("logins.pem"), users, clock);
    User anna = users.add("anna", "long enough");
    String jwt = logins.issue(anna);
    clock.now = clock.now.plus(Duration.ofDays(7)).minusSeconds(1);
    assertThat(logins.user(jwt)).contains(anna);
    clock.now = clock.now.plusSeconds(1);
    assertThat(logins.user(jwt)).isEmpty();
  }

  @Test
  void aRoomOfAnAccountEndsWhenItWasToldTo() throws Exception {
    long[] nanos = {0};
    Rooms rooms =
        new Rooms(
            new RoomFiles(data.resolve("rooms")),
            Limits.DEFAULT,
            clock,
            new ClockWatch(clock, () -> nanos[0]));
    Instant end = clock.now.plus(Duration.ofDays(1));
    Room brief = rooms.find(rooms.create("user-a", "", Lease.until(end)).id()).orElseThrow();
    String kept = rooms.create("user-a", "", Lease.FOREVER).id();
    clock.now = end;
    assertThat(brief.expired(clock.now, UNUSED)).isFalse();
    clock.now = end.plusSeconds(1);
    assertThat(brief.expired(clock.now, UNUSED)).isTrue();
    clock.now = clock.now.plus(Duration.ofDays(3650));
    rooms.expire(UNUSED);
    assertThat(rooms.all()).as("on the day that the clock jumps").hasSize(2);
    clock.now = clock.now.plus(Duration.ofDays(1));
    nanos[0] += Duration.ofDays(1).toNanos();
    rooms.expire(UNUSED);
    assertThat(rooms.all()).extracting(Room::id).containsExactly(kept);
    assertThat(new Rooms(new RoomFiles(data.resolve("rooms")), Limits.DEFAULT, clock).all())
        .extracting(room -> room.details().lease())
        .containsExactly(Lease.FOREVER);
  }

  @Test
  void registrationsTellAnExpiredRoomAndAnExpiredToken() throws Exception {
    Users users = new Users(data.resolve("users"), 10, 10, clock);
    Rooms rooms = new Rooms(new RoomFiles(data.resolve("rooms")), Limits.DEFAULT, clock);
    Instant end = clock.now.plus(Duration.ofDays(1));
    Room room = rooms.find(rooms.create("user-a", "", Lease.until(end)).id()).orElseThrow();
    WorkerToken.Made brief =
        WorkerToken.make(room.id(), "w", "user-a", clock.now, Optional.of(end.minusSeconds(60)));
    WorkerToken.Made kept = WorkerToken.make(room.id(), "w", "user-a", clock.now, Optional.empty());
    room.change(now -> now.with(brief.token()).with(kept.token()));
    Admissions admissions =
        new Admissions(
            rooms,
            IdTokens.open(data.resolve("id.key")),
            users,
            new Logins(data.resolve("logins.pem"), users, clock),
            clock);
    assertThat(admissions.admit(with(brief)).orElseThrow().room()).isSameAs(room);
    clock.now = end;
    assertThatThrownBy(() -> admissions.admit(with(brief))).hasMessage("Token expired");
    assertThat(admissions.admit(with(kept))).isPresent();
    clock.now = end.plusSeconds(1);
    assertThatThrownBy(() -> admissions.admit(with(kept))).hasMessage("Room expired");
  }

  private static ObjectNode with(WorkerToken.Made token) {
    return new ObjectMapper().createObjectNode().put("api_key", token.secret());
  }
}
