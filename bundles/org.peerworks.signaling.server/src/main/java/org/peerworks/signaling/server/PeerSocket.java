package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The server's end of one connection. Thread-safe; nothing here blocks. */
interface PeerSocket {

  /** Queues a message; disconnects a reader that is too slow for the queue. */
  void send(ObjectNode message);

  /** Asks for a sign of life that every WebSocket implementation gives by itself. */
  void ping();

  /** Sends what is queued, then a close frame. */
  void close(int code, String reason);
}
