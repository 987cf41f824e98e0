package org.peerworks.transport.webrtc;

import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.peerworks.signaling.api.Signal;
import org.peerworks.transport.api.ChannelBinding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the two sides of a connection known to each other: one description each, with all
 * candidates in it, as peers that cannot take candidates one by one need them. Late candidates of
 * the other side are taken all the same.
 *
 * <p>Public work hops to the link's loop; private state is used there only.
 */
final class Negotiation {

  private static final Logger LOG = LoggerFactory.getLogger(Negotiation.class);
  private static final int MAX_EARLY = 64;

  private final Link link;
  private final long gatherMillis;
  private final List<String> early = new ArrayList<>();
  private final CompletableFuture<Void> gathered = new CompletableFuture<>();
  private Sdp remote;
  private boolean remoteApplied;
  private int candidates;
  private volatile int maxMessageSize = Sdp.DEFAULT_MAX_MESSAGE;

  Negotiation(Link link, long gatherMillis) {
    this.link = link;
    this.gatherMillis = gatherMillis;
  }

  /** What the other side takes, in bytes. */
  int maxMessageSize() {
    return maxMessageSize;
  }

  /** The offer of this side. */
  CompletableFuture<String> offer() {
    return link.call(
            connection -> {
              PeerCallbacks.Created created = new PeerCallbacks.Created();
              connection.createOffer(new RTCOfferOptions(), created);
              return created;
            })
        .thenCompose(this::describe);
  }

  /** The answer of this side to an offer. */
  CompletableFuture<String> answer(Sdp offer) {
    return apply(RTCSdpType.OFFER, offer)
        .thenCompose(
            done ->
                link.call(
                    connection -> {
                      PeerCallbacks.Created created = new PeerCallbacks.Created();
                      connection.createAnswer(new RTCAnswerOptions(), created);
                      return created;
                    }))
        .thenCompose(this::describe);
  }

  /** Takes the answer of the other side. */
  CompletableFuture<Void> answered(Sdp answer) {
    return apply(RTCSdpType.ANSWER, answer);
  }

  private CompletableFuture<String> describe(RTCSessionDescription local) {
    return link.call(
            connection -> {
              PeerCallbacks.Applied applied = new PeerCallbacks.Applied();
              connection.setLocalDescription(local, applied);
              link.after(gatherMillis, () -> gathered.complete(null));
              return applied;
            })
        .thenCompose(applied -> gathered)
        .thenCompose(
            all ->
                link.call(connection -> CompletableFuture.completedFuture(complete(connection))));
  }

  private String complete(RTCPeerConnection connection) {
    Sdp local = link.network().offered(new Sdp(connection.getLocalDescription().sdp));
    if (!local.hasCandidates()) {
      throw Failures.of(
          "This machine has no network address that another peer could reach. Check its network, or configure a TURN server in 'org.peerworks.transport.webrtc.cfg'.");
    }
    return local.text();
  }

  private CompletableFuture<Void> apply(RTCSdpType type, Sdp description) {
    return link.call(
            connection -> {
              remote = description;
              maxMessageSize = description.maxMessageSize();
              PeerCallbacks.Applied applied = new PeerCallbacks.Applied();
              connection.setRemoteDescription(
                  new RTCSessionDescription(type, description.text()), applied);
              return applied;
            })
        .thenCompose(
            applied ->
                link.call(
                    connection -> {
                      remoteApplied = true;
                      early.forEach(candidate -> add(connection, candidate));
                      early.clear();
                      return CompletableFuture.completedFuture(null);
                    }));
  }

  /** Takes one candidate more of the other side; one that cannot be used is left out. */
  void candidate(Signal.Candidate candidate) {
    String text = candidate.candidate().strip();
    if (!IceCandidates.usable(text)) {
      return;
    }
    link.call(
        connection -> {
          if (remoteApplied) {
            add(connection, text);
          } else if (early.size() < MAX_EARLY) {
            early.add(text);
          }
          return CompletableFuture.completedFuture(null);
        });
  }

  private void add(RTCPeerConnection connection, String candidate) {
    if (++candidates > IceCandidates.MOST) {
      return;
    }
    try {
      // There is one section only, whatever the sender says.
      connection.addIceCandidate(new RTCIceCandidate(remote.mid(), 0, candidate));
    } catch (RuntimeException | Error e) {
      LOG.debug("Candidate '{}' cannot be used", candidate, e);
    }
  }

  /** On the loop. */
  void gatheringChanged(RTCIceGatheringState state) {
    if (state == RTCIceGatheringState.COMPLETE) {
      gathered.complete(null);
    }
  }

  /** The certificates of both sides; on the loop, once connected. */
  ChannelBinding binding(RTCPeerConnection connection) {
    return new ChannelBinding(
        new Sdp(connection.getLocalDescription().sdp).fingerprint().orElseThrow(),
        remote.fingerprint().orElseThrow());
  }
}
