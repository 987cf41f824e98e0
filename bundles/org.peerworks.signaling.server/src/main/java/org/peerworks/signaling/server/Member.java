package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.peerworks.signaling.server.basic.Json;
import org.peerworks.signaling.server.basic.Refusal;

/** A registered peer: what its socket is bound to, and how it describes itself. */
final class Member {

  static final String WORKER = "worker";
  static final String CLIENT = "client";
  static final String PEER = "peer";

  private final String id;
  private final Entitled who;
  private final String role;
  private final Instant connectedAt;
  private final PeerSocket socket;
  private volatile Metadata metadata = Metadata.empty();

  Member(String id, Entitled who, String role, Instant connectedAt, PeerSocket socket) {
    this.id = id;
    this.who = who;
    this.role = role;
    this.connectedAt = connectedAt;
    this.socket = socket;
  }

  String id() {
    return id;
  }

  /** Who owns its id. */
  String subject() {
    return who.subject();
  }

  Entitled who() {
    return who;
  }

  Instant connectedAt() {
    return connectedAt;
  }

  String role() {
    return role;
  }

  /** The first sleap-rtc programs state no role, workers included. */
  boolean mayBeWorker() {
    return !role.equals(CLIENT);
  }

  PeerSocket socket() {
    return socket;
  }

  Metadata metadata() {
    return metadata;
  }

  /** Everybody in the room reads this, so it must not hold what proves who the peer is. */
  void describe(Metadata newMetadata) throws Refusal {
    if (who.secrets().stream().anyMatch(newMetadata::mentions)) {
      throw new Refusal("'metadata' holds a secret, and everybody in the room can read it.");
    }
    metadata = newMetadata;
  }

  /** As its token calls it, or else as it calls itself; empty for neither. */
  String shownName() {
    return who.workerName().isEmpty()
        ? metadata.properties().path("worker_name").asText("")
        : who.workerName();
  }

  /** As the others see it; what its token calls the worker is the server's own note. */
  ObjectNode description() {
    ObjectNode json = metadata.toJson();
    return who.workerName().isEmpty() ? json : json.put("_worker_name", who.workerName());
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object();
    json.put("peer_id", id).put("role", role);
    json.set("metadata", description());
    return json.put("connected_at", connectedAt.toString());
  }
}
