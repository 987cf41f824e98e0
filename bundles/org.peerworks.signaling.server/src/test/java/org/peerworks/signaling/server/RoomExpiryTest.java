package org.peerworks.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomExpiryTest {

  private static final Duration LIFETIME = Duration.ofDays(30);
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

  @TempDir Path data;

  @Test
  void aRoomWithoutAWorkerExpiresAndOneWithAWorkerStays() throws Exception {
    Rooms rooms = rooms(START);
    String empty = rooms.create("somebody").id();
    String busy = rooms.create("somebody").id();
    rooms.find(busy).orElseThrow().join(worker(), Limits.DEFAULT, START, joined -> {});

    Rooms later = rooms(START.plus(LIFETIME).minusSeconds(1));
    later.expire(LIFETIME);
    assertThat(later.all()).hasSize(2);

    Instant end = START.plus(LIFETIME).plusSeconds(1);
    assertThat(rooms.find(busy).orElseThrow().expired(end, LIFETIME)).isFalse();
    assertThat(rooms.find(empty).orElseThrow().expired(end, LIFETIME)).isTrue();
    Rooms restarted = rooms(end);
    restarted.expire(LIFETIME);
    assertThat(restarted.all()).extracting(Room::id).containsExactly(busy);
  }

  @Test
  void aDamagedFileDoesNotKeepTheOthersAway() throws Exception {
    String id = rooms(START).create("somebody").id();
    Files.writeString(data.resolve("broken.json"), "{\"format\":1,");
    Files.writeString(data.resolve("renamed.json"), Files.readString(data.resolve(id + ".json")));
    assertThat(rooms(START).all()).extracting(Room::id).containsExactly(id);
    assertThat(data.resolve("broken.json")).exists();
  }

  private Rooms rooms(Instant now) throws Exception {
    return new Rooms(new RoomFiles(data), Limits.DEFAULT, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Member worker() {
    PeerSocket nowhere =
        new PeerSocket() {
          @Override
          public void send(ObjectNode message) {
            throw new AssertionError("Nothing is to be sent");
          }

          @Override
          public void ping() {
            throw new AssertionError("Nothing is to be sent");
          }

          @Override
          public void close(int code, String reason) {
            throw new AssertionError("Nobody is to be put out");
          }
        };
    return new Member(
        "w", new Entitled("somebody", "", "", List.of()), Member.WORKER, START, nowhere);
  }
}
