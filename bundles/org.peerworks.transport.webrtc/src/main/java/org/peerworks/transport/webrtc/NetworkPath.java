package org.peerworks.transport.webrtc;

import dev.onvoid.webrtc.RTCPeerConnectionState;

/**
 * Whether the other side can be reached: ends the connection when it is lost, or silent for longer
 * than is granted. On the link's loop.
 */
final class NetworkPath {

  private final Link link;
  private int changes;

  NetworkPath(Link link) {
    this.link = link;
  }

  void changed(RTCPeerConnectionState state) {
    int change = ++changes;
    if (state == RTCPeerConnectionState.FAILED) {
      link.end(lost());
    } else if (state == RTCPeerConnectionState.CONNECTED) {
      link.heard();
    } else if (state == RTCPeerConnectionState.DISCONNECTED) {
      link.after(link.settings().graceMillis(), () -> silent(change));
      link.silent();
    }
  }

  private void silent(int change) {
    if (change == changes) {
      link.end("Nothing was heard from '" + link.peer() + "' for too long.");
    }
  }

  private String lost() {
    return link.connected().toCompletableFuture().isDone()
        ? "The network path to '" + link.peer() + "' was lost."
        : "No network path to '"
            + link.peer()
            + "' was found. Both sides need UDP between them, or a TURN server in 'org.peerworks.transport.webrtc.cfg'.";
  }
}
