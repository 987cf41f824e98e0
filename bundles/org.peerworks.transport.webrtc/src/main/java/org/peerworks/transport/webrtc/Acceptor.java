package org.peerworks.transport.webrtc;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.Signal;
import org.peerworks.transport.api.Peer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the offers of a room. An offer is not trusted: its size, its form, how often one peer
 * sends one and how many connections are being set up at once are limited.
 */
final class Acceptor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

  private final Room room;
  private final Settings settings;
  private final Threads threads;
  private final Function<String, Link> links;
  private final Consumer<Peer> accepted;
  private final OfferLimit limit;

  /** Oldest first; one for each sender. */
  private final Map<String, WebRtcPeer> pending = new LinkedHashMap<>();

  /** Given up, but still holding native memory. */
  private final Set<WebRtcPeer> ending = new HashSet<>();

  private final Map<String, WebRtcPeer> peers = new HashMap<>();
  private AutoCloseable listening;
  private boolean closed;

  /**
   * @param links makes the connection to a peer
   */
  Acceptor(
      Room room,
      Settings settings,
      Threads threads,
      Function<String, Link> links,
      Consumer<Peer> accepted) {
    this.room = room;
    this.settings = settings;
    this.threads = threads;
    this.links = links;
    this.accepted = accepted;
    this.limit =
        new OfferLimit(
            settings.maxOffers(), () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
  }

  synchronized void start() {
    listening = room.listen(this::signal);
  }

  private void signal(Signal signal) {
    if (signal instanceof Signal.Offer offer) {
      offered(offer);
      return;
    }
    WebRtcPeer peer = pendingFrom(signal.peer());
    if (peer != null && signal instanceof Signal.Candidate candidate) {
      peer.link().negotiation().candidate(candidate);
    } else if (peer != null && signal instanceof Signal.Quit) {
      peer.link().close("'" + signal.peer() + "' has left the room.");
    }
  }

  private synchronized WebRtcPeer pendingFrom(String id) {
    return pending.get(id);
  }

  private void offered(Signal.Offer offer) {
    String id = offer.peer();
    if (!limit.allows(id)) {
      LOG.warn("'{}' sends offers too often; this one is not answered", id);
      return;
    }
    Sdp sdp;
    try {
      sdp = Sdp.received(offer.sdp());
    } catch (RuntimeException e) {
      LOG.warn("The offer of '{}' is not answered: {}", id, e.getMessage());
      return;
    }
    WebRtcPeer connected = connectedAs(id);
    if (connected != null && connected.link().negotiation().continues(sdp)) {
      restart(connected, sdp);
      return;
    }
    WebRtcPeer peer = admit(id);
    if (peer != null) {
      answer(peer, sdp);
    }
  }

  private synchronized WebRtcPeer connectedAs(String id) {
    return peers.get(id);
  }

  /** The same connection, over another network path. */
  private void restart(WebRtcPeer peer, Sdp offer) {
    LOG.info("'{}' looks for another network path", peer.id());
    peer.link()
        .negotiation()
        .answer(offer)
        .thenCompose(sdp -> room.send(new Signal.Answer(peer.id(), sdp)))
        .exceptionally(
            failure -> {
              LOG.info("No other network path for '{}': {}", peer.id(), failure.toString());
              return null;
            });
  }

  /**
   * Makes room for a new connection; {@code null} if there is none. One that has waited longer than
   * others gives way, for whoever never finishes must not keep others out.
   */
  private synchronized WebRtcPeer admit(String id) {
    if (closed) {
      return null;
    }
    giveUp(pending.get(id), "'" + id + "' has sent another offer.");
    int places = peers.containsKey(id) ? settings.maxPeers() + 1 : settings.maxPeers();
    if (peers.size() >= places) {
      LOG.warn("The offer of '{}' is not answered: {} peers are connected", id, peers.size());
      return null;
    }
    if (pending.size() >= settings.maxPending() || peers.size() + pending.size() >= places) {
      WebRtcPeer oldest = pending.values().iterator().next();
      giveUp(oldest, "Others wait too, and '" + oldest.id() + "' was not connected yet.");
    }
    if (ending.size() > settings.maxPending()) {
      LOG.warn("The offer of '{}' is not answered: too many others have just been given up", id);
      return null;
    }
    WebRtcPeer peer = new WebRtcPeer(room, links.apply(id));
    pending.put(id, peer);
    return peer;
  }

  /** With the lock held. */
  private void giveUp(WebRtcPeer peer, String reason) {
    if (peer != null && pending.remove(peer.id(), peer)) {
      ending.add(peer);
      LOG.info("'{}' did not get connected: {}", peer.id(), reason);
      peer.link().close(reason);
    }
  }

  private void answer(WebRtcPeer peer, Sdp offer) {
    Link link = peer.link();
    link.closed().thenAccept(reason -> forget(peer, reason));
    link.connected()
        .thenAccept(binding -> connected(peer.connected(binding)))
        .exceptionally(failure -> null); // told by 'closed'
    threads.after(
        settings.connectMillis(),
        () -> {
          if (pendingFrom(peer.id()) == peer) {
            link.close("No network path to '" + peer.id() + "' was found in time.");
          }
        });
    Presence presence = new Presence(room, link);
    link.onHearing(new Link.Hearing(presence::begin, presence::heard));
    link.start(room.iceServers(), peer::arrived);
    CompletableFuture<Void> sent =
        link.negotiation()
            .answer(offer)
            .thenCompose(sdp -> room.send(new Signal.Answer(peer.id(), sdp)));
    sent.exceptionally(
        failure -> {
          link.close(Failures.of("The offer could not be answered", failure).getMessage());
          return null;
        });
  }

  private void connected(WebRtcPeer peer) {
    WebRtcPeer before;
    synchronized (this) {
      if (!pending.remove(peer.id(), peer)) {
        return;
      }
      before = peers.put(peer.id(), peer);
    }
    if (before != null) {
      before.link().close("'" + peer.id() + "' has connected anew.");
    }
    try {
      accepted.accept(peer);
    } catch (RuntimeException e) {
      LOG.error("Nobody took the peer '{}'", peer.id(), e);
      peer.close();
    }
  }

  private synchronized void forget(WebRtcPeer peer, String reason) {
    if (pending.remove(peer.id(), peer)) {
      LOG.info("'{}' did not get connected: {}", peer.id(), reason);
    }
    ending.remove(peer);
    peers.remove(peer.id(), peer);
  }

  /** Accepts no more; those that were accepted stay. */
  @Override
  public void close() {
    AutoCloseable listener;
    synchronized (this) {
      closed = true;
      listener = listening;
      pending.values().forEach(p -> p.link().close("This side accepts no more peers."));
    }
    Listening.end(listener);
  }
}
