package org.peerworks.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.peerworks.signaling.api.JoinRequest;
import org.peerworks.signaling.api.Proof;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.SessionString;
import org.peerworks.signaling.api.Signaling;
import org.peerworks.signaling.api.SignalingException;

/** A signalling server in memory: rooms with tokens, identities, and the joins it has seen. */
final class TestServer implements Signaling {

  final Map<String, String> rooms = new HashMap<>();
  final Map<String, String> keys = new HashMap<>();
  final Set<String> taken = new HashSet<>();
  final Set<String> identities = new HashSet<>();
  final List<JoinRequest> requests = new ArrayList<>();
  final List<CompletableFuture<Room>> joins = new ArrayList<>();
  final List<TestRoom> joined = new ArrayList<>();
  private boolean reachable = true;
  private Throwable thrown;

  synchronized void unreachable() {
    reachable = false;
  }

  /** The next join throws this, instead of a stage that fails. */
  synchronized void throwOnce(Throwable failure) {
    thrown = failure;
  }

  synchronized int tries() {
    return requests.size();
  }

  synchronized TestRoom room() {
    return joined.get(joined.size() - 1);
  }

  synchronized boolean hasRoom(int number) {
    return joined.size() >= number;
  }

  @Override
  public synchronized CompletionStage<Room> join(JoinRequest request) {
    requests.add(request);
    throwIfTold();
    CompletableFuture<Room> join = new CompletableFuture<>();
    joins.add(join);
    if (reachable) {
      try {
        TestRoom room = enter(request);
        joined.add(room);
        join.complete(room);
      } catch (SignalingException e) {
        join.completeExceptionally(e);
      }
    }
    return join;
  }

  private void throwIfTold() {
    Throwable now = thrown;
    thrown = null;
    if (now instanceof Error error) {
      throw error;
    }
    if (now instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private TestRoom enter(JoinRequest request) {
    if (request.proof() instanceof Proof.ApiKey key) {
      return enter(request, key);
    }
    String credential = request.credential().orElse("proof-" + requests.size());
    if (request.credential().isEmpty()) {
      identities.add(credential);
    } else if (!identities.contains(credential)) {
      throw new SignalingException(SignalingException.Code.IDENTITY_UNKNOWN, "who?", null);
    }
    String roomId = request.roomId().orElse("room-" + requests.size());
    if (request.roomId().isEmpty()) {
      rooms.put(roomId, "token-" + requests.size());
    }
    if (!rooms.containsKey(roomId)) {
      throw new SignalingException(SignalingException.Code.ROOM_GONE, "no room", null);
    }
    String token = request.token().orElse(rooms.get(roomId));
    if (!token.equals(rooms.get(roomId))) {
      throw new SignalingException("wrong token");
    }
    String peer = request.self().id().isEmpty() ? "peer-" + credential : request.self().id();
    return new TestRoom(request, new SessionString(roomId, token, peer), credential);
  }

  private TestRoom enter(JoinRequest request, Proof.ApiKey key) {
    if (!keys.containsKey(key.key())) {
      throw new SignalingException(SignalingException.Code.ACCESS_DENIED, "revoked", null);
    }
    if (taken.contains(request.self().id())) {
      throw new SignalingException(SignalingException.Code.ID_TAKEN, "taken", null);
    }
    String peer = request.self().id().isEmpty() ? "peer-" + requests.size() : request.self().id();
    return new TestRoom(request, new SessionString(keys.get(key.key()), "", peer), "");
  }
}
