package org.peerworks.signaling.server;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.peerworks.signaling.server.basic.Refusal;
import org.peerworks.signaling.server.basic.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One room: its durable record, and the peers that are in it now. Thread-safe. */
final class Room {

  private static final Logger LOG = LoggerFactory.getLogger(Room.class);

  /** How exact the record of a worker's presence is. */
  private static final Duration PRESENCE = Duration.ofHours(1);

  private final String id;
  private final String tokenHash;
  private final String owner;
  private final Claims claims;
  private final RoomFiles files;
  private final Map<String, Member> members = new LinkedHashMap<>();
  private volatile RoomDetails details;
  private Instant lastWorker;
  private String admin;
  private boolean deleted;

  Room(RoomRecord room, RoomFiles files) {
    this.id = room.id();
    this.tokenHash = room.tokenHash();
    this.owner = room.owner();
    this.claims = room.claims();
    this.details = room.details();
    this.lastWorker = room.lastWorker();
    this.files = files;
  }

  String id() {
    return id;
  }

  /** The signed-in name, or the account, that made it. */
  String owner() {
    return owner;
  }

  RoomDetails details() {
    return details;
  }

  /** A change that may be refused. */
  interface Change {
    RoomDetails apply(RoomDetails now) throws Refusal;
  }

  /** Changes what accounts have to do with this room; it is on disk when this returns. */
  synchronized void change(Change change) throws Refusal, IOException {
    if (deleted) {
      throw new Refusal("Room not found");
    }
    RoomDetails before = details;
    details = change.apply(before);
    try {
      files.save(toRecord());
    } catch (IOException e) {
      details = before;
      throw e;
    }
  }

  boolean opensWith(String token) {
    return Secrets.same(tokenHash, Secrets.hash(token));
  }

  /**
   * Lets a peer in, and makes its id its own. Whoever had the id on another socket is put out.
   *
   * @param welcome runs before anybody else can reach the new member
   */
  synchronized void join(Member member, Limits limits, Instant now, Consumer<Room> welcome)
      throws Refusal, IOException {
    if (deleted) {
      throw new Refusal("Room not found");
    }
    if (!details.stillOpenTo(member.who())) {
      throw new Refusal("No access to this room");
    }
    Member present = members.get(member.id());
    if (!Secrets.same(holder(member.id()).orElse(member.subject()), member.subject())) {
      throw new Refusal(
          "Peer id '" + member.id() + "' belongs to somebody else. Choose another one.");
    }
    if (present == null && members.size() >= limits.peersPerRoom()) {
      throw new Refusal("Too many peers in this room. Try again later.");
    }
    if (member.mayBeWorker()) {
      Claims.Claim claim = new Claims.Claim(member.subject(), member.role().equals(Member.WORKER));
      boolean changed =
          claims.put(member.id(), claim, limits, peer -> !members.containsKey(peer))
              | sawWorker(now);
      if (changed) {
        files.save(toRecord());
      }
    }
    members.put(member.id(), member);
    welcome.accept(this);
    if (present != null) {
      present.socket().close(CloseCode.REPLACED, "Another connection of this peer took its place");
    }
  }

  /** Does something while nobody comes or goes. */
  synchronized void greet(Consumer<Room> welcome) {
    welcome.accept(this);
  }

  /** Does nothing if another socket has taken the member's place. */
  synchronized void leave(Member member, Instant now) {
    if (!members.remove(member.id(), member)) {
      return;
    }
    if (member.id().equals(admin)) {
      admin = null;
    }
    if (member.mayBeWorker()) {
      lastWorker = now;
      saveQuietly();
    }
  }

  /** The first that asks becomes the workers' admin. */
  synchronized Optional<String> admin(Member candidate, boolean asks) {
    if (admin == null && asks) {
      admin = candidate.id();
    }
    return Optional.ofNullable(admin);
  }

  synchronized Optional<Member> member(String peerId) {
    return Optional.ofNullable(members.get(peerId));
  }

  synchronized List<Member> members() {
    return List.copyOf(members.values());
  }

  synchronized List<Member> others(String peerId) {
    return members.values().stream().filter(member -> !member.id().equals(peerId)).toList();
  }

  /** Puts out whoever came in with something that does not open this room any more. */
  synchronized void putOut(Predicate<Member> which, String reason) {
    for (Member member : members()) { // a copy, as who is put out leaves at once
      if (which.test(member)) {
        member.socket().send(Replies.error(Replies.NOT_IN_ROOM, reason, ""));
        member.socket().close(CloseCode.REFUSED, reason);
      }
    }
  }

  synchronized int size() {
    return members.size();
  }

  /** Whether the subject owns this peer id here. */
  synchronized boolean knows(String peerId, String subject) {
    return holder(peerId).filter(holder -> Secrets.same(holder, subject)).isPresent();
  }

  /** Gives up a peer id and puts its peer out, if the subject owns it. */
  synchronized boolean deletePeer(String peerId, String subject) {
    if (!knows(peerId, subject)) {
      return false;
    }
    Member present = members.get(peerId);
    claims.remove(peerId);
    if (present != null) {
      present.socket().close(CloseCode.REFUSED, "This peer was deleted by its owner");
    }
    saveQuietly();
    return true;
  }

  /** Notes that a worker is here; true if nobody can still want this room. */
  synchronized boolean expired(Instant now, Duration lifetime) {
    if (members.values().stream().anyMatch(Member::mayBeWorker) && sawWorker(now)) {
      saveQuietly();
    }
    return details.lease().expired(now, lastWorker, lifetime);
  }

  /** Puts everybody out and removes the record. */
  synchronized void delete(String reason) throws IOException {
    deleted = true;
    files.delete(id);
    for (Member member : new ArrayList<>(members.values())) {
      member.socket().send(Replies.error(Replies.ROOM_NOT_FOUND, reason, ""));
      member.socket().close(CloseCode.REFUSED, reason);
    }
    members.clear();
  }

  synchronized RoomRecord toRecord() {
    return new RoomRecord(id, tokenHash, owner, lastWorker, claims, details);
  }

  private Optional<String> holder(String peerId) {
    return claims
        .owner(peerId)
        .or(() -> Optional.ofNullable(members.get(peerId)).map(Member::subject));
  }

  private boolean sawWorker(Instant now) {
    if (lastWorker.plus(PRESENCE).isAfter(now)) {
      return false;
    }
    lastWorker = now;
    return true;
  }

  /** Where nobody waits for the result; the room goes on in memory. */
  private void saveQuietly() {
    if (deleted) {
      return;
    }
    try {
      files.save(toRecord());
    } catch (IOException e) {
      LOG.warn("Cannot save room '{}'; changes are lost if the server restarts now", id, e);
    }
  }
}
