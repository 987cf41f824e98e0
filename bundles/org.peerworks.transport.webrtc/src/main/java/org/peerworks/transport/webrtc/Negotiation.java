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
  private CompletableFuture<Void> gathered = new CompletableFuture<>();
  private Sdp remote;
  private boolean remoteApplied;
  private int candidates;
  private volatile int maxMessageSize = Sdp.DEFAULT_MAX_MESSAGE;
  private volatile String fingerprint = "";
  private volatile boolean restartable;

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
    return offer(false);
  }

  /** The offer of another network path for the same connection. */
  CompletableFuture<String> restart() {
    return offer(true);
  }

  private CompletableFuture<String> offer(boolean restart) {
    return link.call(
            connection -> {
              PeerCallbacks.Created created = new PeerCallbacks.Created();
              RTCOfferOptions options = new RTCOfferOptions();
              options.iceRestart = restart;
              connection.createOffer(options, created);
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

  /** Takes the answer to {@link #restart()}; nobody else's, for the connection is proven. */
  CompletableFuture<Void> restarted(Sdp answer) {
    return continues(answer)
        ? apply(RTCSdpType.ANSWER, answer)
        : CompletableFuture.failedFuture(Failures.of("It is of another connection."));
  }

  /** Whether a description is one more of the side that this connection is with. */
  boolean continues(Sdp description) {
    return !fingerprint.isEmpty() && description.fingerprint().orElse("").equals(fingerprint);
  }

  /** Whether both sides can look for another network path. */
  boolean restartable() {
    return restartable;
  }

  private CompletableFuture<String> describe(RTCSessionDescription local) {
    CompletableFuture<Void> all = new CompletableFuture<>();
    return link.call(
            connection -> {
              gathered = all;
              PeerCallbacks.Applied applied = new PeerCallbacks.Applied();
              connection.setLocalDescription(local, applied);
              link.after(gatherMillis, () -> all.complete(null));
              return applied;
            })
        .thenCompose(applied -> all)
        .thenCompose(
            done ->
                link.call(connection -> CompletableFuture.completedFuture(complete(connection))));
  }

  private String complete(RTCPeerConnection connection) {
    Sdp local = link.network().offered(new Sdp(connection.getLocalDescription().sdp));
    if (!local.hasCandidates()) {
      throw Failures.of(
          "This machine has no network address that another peer could reach. Check its network, or configure a TURN server in 'org.peerworks.transport.webrtc.cfg'.");
    }
    return (link.network().restarts() ? local.restartable() : local).text();
  }

  private CompletableFuture<Void> apply(RTCSdpType type, Sdp description) {
    return link.call(
            connection -> {
              remote = description;
              maxMessageSize = description.maxMessageSize();
              fingerprint = description.fingerprint().orElse("");
              restartable = description.restarts() && link.network().restarts();
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
