package org.peerworks.signaling.server;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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

  Rooms(RoomFiles files, Limits limits, Clock clock) throws IOException {
    this.files = files;
    this.limits = limits;
    this.clock = clock;
    for (RoomRecord room : files.load()) {
      rooms.put(room.id(), new Room(room, files));
    }
  }

  /** A new room and the token that opens it, which is told only now. */
  synchronized Created create(String owner) throws Refusal, IOException {
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
    RoomRecord room = new RoomRecord(id, Secrets.hash(token), owner, clock.instant(), new Claims());
    files.save(room);
    rooms.put(id, new Room(room, files));
    return new Created(id, token);
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
    for (Room room : all()) {
      if (room.expired(clock.instant(), lifetime)) {
        LOG.info(
            "Room '{}' has had no worker for {} days and is removed", room.id(), lifetime.toDays());
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
