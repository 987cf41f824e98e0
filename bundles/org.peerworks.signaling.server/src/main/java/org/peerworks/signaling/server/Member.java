package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** A registered peer: what its socket is bound to, and how it describes itself. */
final class Member {

  static final String WORKER = "worker";
  static final String CLIENT = "client";
  static final String PEER = "peer";

  private final String id;
  private final String subject;
  private final String role;
  private final Instant connectedAt;
  private final PeerSocket socket;
  private final List<String> secrets;
  private volatile Metadata metadata = Metadata.empty();

  Member(
      String id,
      String subject,
      String role,
      List<String> secrets,
      Instant connectedAt,
      PeerSocket socket) {
    this.id = id;
    this.subject = subject;
    this.role = role;
    this.secrets = secrets;
    this.connectedAt = connectedAt;
    this.socket = socket;
  }

  String id() {
    return id;
  }

  /** The signed-in name behind it. */
  String subject() {
    return subject;
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
    if (secrets.stream().anyMatch(newMetadata::mentions)) {
      throw new Refusal("'metadata' holds a secret, and everybody in the room can read it.");
    }
    metadata = newMetadata;
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object();
    json.put("peer_id", id).put("role", role);
    json.set("metadata", metadata.toJson());
    return json.put("connected_at", connectedAt.toString());
  }
}
