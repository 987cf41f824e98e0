package org.peerworks.worker;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.peerworks.health.api.Metrics;
import org.peerworks.protocol.api.Protocol;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.Peer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The peers that have connected to this worker; hands their channels to protocols. */
final class Peers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
  private static final int SHOWN = 64;

  private final int most;
  private final int mostChannels;
  private final Duration patience;
  private final Protocols protocols;
  private final Agenda agenda;
  private final Map<Peer, Visit> visits = new ConcurrentHashMap<>();
  private final PeerFigures figures = new PeerFigures();
  private boolean closed;

  /**
   * @param most peers at once
   * @param mostChannels of one peer that are served at once
   * @param patience how long a peer may be without a channel that a protocol serves
   */
  Peers(int most, int mostChannels, Duration patience, Protocols protocols, Agenda agenda) {
    this.most = most;
    this.mostChannels = mostChannels;
    this.patience = patience;
    this.protocols = protocols;
    this.agenda = agenda;
  }

  /**
   * Takes a peer in. If there are too many, the one that has been without a channel for longest
   * gives way; if each has one, the new peer is closed. Whose channel is worth more is for
   * protocols to judge, which close the peer that gives way.
   */
  void accept(Peer peer) {
    Visit visit = new Visit(peer);
    if (!admit(visit)) {
      LOG.warn("Refused peer '{}': {} are connected, the limit", shown(peer.id()), most);
      peer.close();
      return;
    }
    LOG.info("Peer '{}' has connected over '{}'", shown(peer.id()), peer.transport());
    peer.closed()
        .whenComplete(
            (reason, failure) -> {
              figures.gone(peer, () -> visits.remove(peer));
              visit.endAt(null);
              LOG.info("Peer '{}' has gone: {}", shown(peer.id()), reason);
            });
    expectChannel(visit);
    peer.onChannel(channel -> serve(visit, channel));
  }

  private boolean admit(Visit visit) {
    Visit gone;
    synchronized (this) {
      gone = visits.size() < most ? null : takeOneWithoutChannel();
      if (closed || visits.size() >= most) {
        return false;
      }
      visits.put(visit.peer(), visit);
    }
    if (gone != null) {
      LOG.info("Closed peer '{}': it has no channel, and others want in", shown(gone.peer().id()));
      gone.peer().close();
    }
    return true;
  }

  /** With the lock held. {@code null} if each has a channel. */
  private Visit takeOneWithoutChannel() {
    while (true) {
      Optional<Visit> longest =
          visits.values().stream()
              .filter(visit -> visit.channels() == 0)
              .min(Comparator.comparingLong(Visit::withoutSince));
      if (longest.isEmpty()) {
        return null;
      }
      if (longest.get().end()) { // unless it has opened a channel just now
        visits.remove(longest.get().peer());
        return longest.get();
      }
    }
  }

  private void expectChannel(Visit visit) {
    visit.endAt(
        agenda.later(
            patience,
            () -> {
              if (visit.channels() == 0) {
                LOG.info(
                    "Closed peer '{}': it opened no channel that is served within {} s",
                    shown(visit.peer().id()),
                    patience.toSeconds());
                visit.peer().close();
              }
            }));
  }

  private void serve(Visit visit, Channel channel) {
    Optional<Protocol> protocol = protocols.accepting(channel.label());
    String peer = shown(visit.peer().id());
    if (protocol.isEmpty()) {
      LOG.warn("Closed channel '{}' of peer '{}': none serves it", shown(channel.label()), peer);
      channel.close();
      return;
    }
    if (!visit.open(mostChannels)) {
      LOG.warn("Closed a channel of peer '{}': it may have no more than {}", peer, mostChannels);
      channel.close();
      return;
    }
    channel
        .closed()
        .whenComplete(
            (reason, failure) -> {
              if (visit.close() && visits.containsKey(visit.peer())) {
                expectChannel(visit);
              }
            });
    try {
      protocol.get().serve(visit.peer(), channel);
    } catch (RuntimeException e) {
      LOG.error("Serving channel '{}' of peer '{}' failed", shown(channel.label()), peer, e);
      channel.close();
    }
  }

  List<PeerRow> rows() {
    return visits.values().stream()
        .map(PeerRow::of)
        .sorted(Comparator.comparing(PeerRow::since).thenComparing(PeerRow::peer))
        .toList();
  }

  void measure(Metrics to) {
    figures.measure(visits.keySet(), to);
  }

  int count() {
    return visits.size();
  }

  /** What a peer says of itself, as a log may repeat it. */
  static String shown(String text) {
    String plain = text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    return plain.length() > SHOWN ? plain.substring(0, SHOWN) + "…" : plain;
  }

  /** Closes all peers and refuses more. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    visits.keySet().forEach(Peer::close);
  }
}
