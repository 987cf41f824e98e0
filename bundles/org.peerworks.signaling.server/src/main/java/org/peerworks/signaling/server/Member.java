package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

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
  private volatile Metadata metadata;

  Member(
      String id,
      String subject,
      String role,
      Metadata metadata,
      Instant connectedAt,
      PeerSocket socket) {
    this.id = id;
    this.subject = subject;
    this.role = role;
    this.metadata = metadata;
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

  void describe(Metadata newMetadata) {
    metadata = newMetadata;
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object();
    json.put("peer_id", id).put("role", role);
    json.set("metadata", metadata.toJson());
    return json.put("connected_at", connectedAt.toString());
  }
}
