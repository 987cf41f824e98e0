package org.peerworks.transport.webrtc;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import java.util.concurrent.CompletableFuture;

/**
 * What the native library calls for one connection, on a thread of its own that has no context
 * class loader. Everything hops to the link's loop at once.
 */
final class PeerCallbacks implements PeerConnectionObserver {

  private final Link link;

  PeerCallbacks(Link link) {
    this.link = link;
  }

  @Override
  public void onIceCandidate(RTCIceCandidate candidate) {
    // Sent with the description, once all are there: Python's peers know no other way.
  }

  @Override
  public void onIceGatheringChange(RTCIceGatheringState state) {
    link.execute(() -> link.gatheringChanged(state));
  }

  @Override
  public void onConnectionChange(RTCPeerConnectionState state) {
    link.execute(() -> link.connectionChanged(state));
  }

  @Override
  public void onDataChannel(RTCDataChannel channel) {
    link.execute(() -> link.arrived(channel));
  }

  /** Completes with a description that the native library made. */
  static final class Created extends CompletableFuture<RTCSessionDescription>
      implements CreateSessionDescriptionObserver {
    @Override
    public void onSuccess(RTCSessionDescription description) {
      complete(description);
    }

    @Override
    public void onFailure(String error) {
      completeExceptionally(Failures.of("WebRTC could not describe this side: " + error));
    }
  }

  /** Completes when the native library has taken a description. */
  static final class Applied extends CompletableFuture<Void>
      implements SetSessionDescriptionObserver {
    @Override
    public void onSuccess() {
      complete(null);
    }

    @Override
    public void onFailure(String error) {
      completeExceptionally(Failures.of("WebRTC refused the session description: " + error));
    }
  }
}
