package org.peerworks.transport.direct;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.Signal;
import org.peerworks.transport.api.Peer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the offers of a room. An offer is not trusted: its size, its form, how often one peer
 * sends one and how many invitations are open at once are limited.
 */
final class Acceptor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

  /** How long an invitation is good, beside the time that a handshake may take. */
  private static final long INVITED_MILLIS = 15_000;

  private record Invited(String ticket, Invitation invitation, Future<?> end) {}

  private final Room room;
  private final Settings settings;
  private final Threads threads;
  private final Gate gate;
  private final Supplier<Identity> self;
  private final Consumer<Peer> accepted;
  private final OfferLimit limit;

  /** Oldest first; one for each sender. */
  private final Map<String, Invited> invited = new LinkedHashMap<>();

  private final Map<String, DirectPeer> peers = new HashMap<>();
  private AutoCloseable listening;
  private boolean closed;

  /**
   * @param self the key of this side
   */
  Acceptor(
      Room room,
      Settings settings,
      Threads threads,
      Gate gate,
      Supplier<Identity> self,
      Consumer<Peer> accepted) {
    this.room = room;
    this.settings = settings;
    this.threads = threads;
    this.gate = gate;
    this.self = self;
    this.accepted = accepted;
    this.limit =
        new OfferLimit(
            settings.maxOffers(), () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
  }

  synchronized void start() {
    listening = room.listen(this::signal);
  }

  private void signal(Signal signal) {
    if (!(signal instanceof Signal.Message message)) {
      return;
    }
    String id = message.peer();
    try {
      Optional<Note> note = Note.Json.read(message.json());
      if (note.isPresent() && note.get() instanceof Note.Offer offer) {
        offered(id, offer);
      }
    } catch (IllegalArgumentException e) {
      if (limit.allows(id)) { // so that the log is not flooded either
        LOG.warn("A note of '{}' is not answered: {}", Failures.shown(id), e.getMessage());
      }
    }
  }

  private void offered(String id, Note.Offer offer) {
    if (!limit.allows(id)) {
      LOG.warn("'{}' sends offers too often; this one is not answered", Failures.shown(id));
      return;
    }
    Optional<String> refusal = invite(id, offer);
    Note answer =
        refusal.isPresent()
            ? new Note.Refusal(offer.ticket(), refusal.get())
            : new Note.Answer(
                offer.ticket(), self.get().fingerprint(), gate.addresses(), gate.port());
    refusal.ifPresent(
        reason -> LOG.warn("The offer of '{}' was refused: {}", Failures.shown(id), reason));
    room.send(new Signal.Message(id, Note.Json.write(answer)))
        .whenComplete(
            (sent, failure) -> {
              if (failure != null) {
                LOG.info("The offer of '{}' could not be answered", Failures.shown(id), failure);
              }
            });
  }

  /** Answers why not; empty if the peer may come. */
  private synchronized Optional<String> invite(String id, Note.Offer offer) {
    if (closed) {
      return Optional.of("No more peers are accepted.");
    }
    withdraw(invited.get(id), id);
    int places = peers.containsKey(id) ? settings.maxPeers() + 1 : settings.maxPeers();
    if (peers.size() >= places) {
      return Optional.of(peers.size() + " peers are connected, which is all that may.");
    }
    if (invited.size() >= settings.maxPending() || peers.size() + invited.size() >= places) {
      String oldest = invited.keySet().iterator().next();
      LOG.info("'{}' did not come in; others wait too", Failures.shown(oldest));
      withdraw(invited.get(oldest), oldest);
    }
    String ticket = offer.ticket();
    Invitation invitation = new Invitation(id, offer.fingerprint(), link -> entered(link, ticket));
    if (!gate.invite(ticket, invitation)) {
      return Optional.of("Its ticket is in use.");
    }
    Future<?> end =
        threads.after(INVITED_MILLIS + settings.handshakeMillis(), () -> expired(id, ticket));
    invited.put(id, new Invited(ticket, invitation, end));
    return Optional.empty();
  }

  private synchronized void expired(String id, String ticket) {
    if (withdraw(id, ticket)) {
      LOG.info("'{}' did not come in time", Failures.shown(id));
    }
  }

  /** Unless the peer has another invitation by now. With the lock held. */
  private boolean withdraw(String id, String ticket) {
    Invited last = invited.get(id);
    boolean same = last != null && last.ticket().equals(ticket);
    if (same) {
      withdraw(last, id);
    }
    return same;
  }

  /** With the lock held. */
  private void withdraw(Invited last, String id) {
    if (last != null) {
      invited.remove(id);
      last.end().cancel(false);
      gate.withdraw(last.ticket(), last.invitation());
    }
  }

  private void entered(Link link, String ticket) {
    DirectPeer peer = new DirectPeer(room, link, link.binding());
    DirectPeer before;
    synchronized (this) {
      if (closed) {
        link.close("This side accepts no more peers.");
        link.start(DirectChannel::close);
        return;
      }
      withdraw(link.peer(), ticket);
      before = peers.put(peer.id(), peer);
    }
    if (before != null) {
      before.link().close("'" + peer.id() + "' has connected anew.");
    }
    link.closed().thenAccept(reason -> forget(peer));
    try {
      accepted.accept(peer);
    } catch (RuntimeException e) {
      LOG.error("Nobody took the peer '{}'", Failures.shown(peer.id()), e);
      peer.close();
    }
    link.start(peer::arrived);
  }

  private synchronized void forget(DirectPeer peer) {
    peers.remove(peer.id(), peer);
  }

  /** Accepts no more; those that were accepted stay. */
  @Override
  public void close() {
    AutoCloseable listener;
    synchronized (this) {
      closed = true;
      listener = listening;
      Map.copyOf(invited).forEach((id, last) -> withdraw(last, id));
    }
    if (listener != null) {
      Listening.end(listener);
    }
  }
}
