package org.peerworks.signaling.server;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.peerworks.lib.files.ClockWatch;
import org.peerworks.signaling.server.basic.Refusal;
import org.peerworks.signaling.server.basic.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All rooms of this server. Thread-safe. */
final class Rooms {

  private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);

  private static final int ID_LENGTH = 8;

  /** 130 random bits. */
  private static final int TOKEN_LENGTH = 26;

  private final Map<String, Room> rooms = new ConcurrentHashMap<>();
  private final RoomFiles files;
  private final Limits limits;
  private final Clock clock;
  private final ClockWatch watch;

  Rooms(RoomFiles files, Limits limits, Clock clock) throws IOException {
    this(files, limits, clock, new ClockWatch(clock, System::nanoTime));
  }

  Rooms(RoomFiles files, Limits limits, Clock clock, ClockWatch watch) throws IOException {
    this.watch = watch;
    this.files = files;
    this.limits = limits;
    this.clock = clock;
    for (RoomRecord room : files.load()) {
      rooms.put(room.id(), new Room(room, files));
    }
  }

  /** A new room of somebody who has no account, and the token that opens it. */
  Created create(String owner) throws Refusal, IOException {
    return create(owner, RoomDetails.anonymous(clock.instant()));
  }

  /** A new room of an account, and the token that opens it to those who have none. */
  Created create(String owner, String name, Lease lease) throws Refusal, IOException {
    return create(owner, RoomDetails.owned(name, owner, lease, clock.instant()));
  }

  private synchronized Created create(String owner, RoomDetails details)
      throws Refusal, IOException {
    long own = rooms.values().stream().filter(room -> room.owner().equals(owner)).count();
    if (own >= limits.roomsPerOwner()) {
      throw new Refusal(
          "You have "
              + own
              + " rooms already, which is as many as this server grants. Delete one first.");
    }
    if (rooms.size() >= limits.rooms()) {
      throw new Refusal("Too many rooms on this server. Try again later.");
    }
    String id = Secrets.word(ID_LENGTH);
    while (rooms.containsKey(id)) {
      id = Secrets.word(ID_LENGTH);
    }
    String token = Secrets.word(TOKEN_LENGTH);
    RoomRecord room =
        new RoomRecord(id, Secrets.hash(token), owner, clock.instant(), new Claims(), details);
    files.save(room);
    rooms.put(id, new Room(room, files));
    return new Created(id, token);
  }

  /** The rooms that the account may enter, oldest first. */
  List<Room> ofMember(String userId) {
    return rooms.values().stream()
        .filter(room -> room.details().role(userId).isPresent())
        .sorted(Comparator.comparing(room -> room.details().createdAt()))
        .toList();
  }

  Optional<Room> find(String id) {
    return Optional.ofNullable(rooms.get(id));
  }

  List<Room> ownedBy(String subject) {
    return rooms.values().stream().filter(room -> Secrets.same(room.owner(), subject)).toList();
  }

  List<Room> all() {
    return new ArrayList<>(rooms.values());
  }

  void delete(Room room, String reason) throws IOException {
    rooms.remove(room.id());
    room.delete(reason);
  }

  /** Removes the rooms that have been without a worker for too long. */
  void expire(Duration lifetime) {
    if (!watch.steady()) {
      return;
    }
    for (Room room : all()) {
      if (room.expired(clock.instant(), lifetime)) {
        LOG.info("Room '{}' has expired and is removed", room.id());
        try {
          delete(room, "Room expired");
        } catch (IOException e) {
          LOG.warn("Cannot remove the file of room '{}'", room.id(), e);
        }
      }
    }
  }

  /** The token is a secret. */
  record Created(String id, String token) {

    @Override
    public String toString() {
      return "Created[id=" + id + "]";
    }
  }
}
