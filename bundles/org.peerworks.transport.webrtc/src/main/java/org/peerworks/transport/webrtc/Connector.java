package org.peerworks.transport.webrtc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.Signal;
import org.peerworks.transport.api.Peer;

/** One attempt of this side to connect to a peer. */
final class Connector {

  private final Room room;
  private final String peerId;
  private final WebRtcPeer peer;
  private final Link link;
  private final CompletableFuture<Peer> result = new CompletableFuture<>();
  private volatile boolean offered;
  private boolean answered;

  Connector(Room room, String peerId, Link link) {
    this.room = room;
    this.peerId = peerId;
    this.link = link;
    this.peer = new WebRtcPeer(room, link);
  }

  CompletionStage<Peer> start(Threads threads, long timeoutMillis) {
    AutoCloseable listening = room.listen(this::signal);
    // Whoever waits for the outcome finds everything tidied up.
    CompletionStage<Peer> outcome =
        result.whenComplete(
            (connected, failure) -> {
              Listening.end(listening);
              if (failure != null) {
                link.close(failure.getMessage());
              }
            });
    room.closed().thenAccept(reason -> fail("The room was left: " + reason));
    link.closed().thenAccept(this::fail);
    PathRestart restart = new PathRestart(room, link);
    link.onHearing(new Link.Hearing(restart::begin, restart::found));
    link.connected()
        .thenAccept(binding -> result.complete(peer.connected(binding)))
        .exceptionally(failure -> failed("Connecting failed", failure));
    threads.after(timeoutMillis, () -> fail(timedOut(timeoutMillis)));
    link.start(room.iceServers(), peer::arrived);
    link.negotiation()
        .offer()
        .thenCompose(
            sdp -> {
              offered = true;
              return room.send(new Signal.Offer(peerId, sdp));
            })
        .exceptionally(failure -> failed("The offer could not be sent", failure));
    return outcome;
  }

  private String timedOut(long millis) {
    String after = " within " + millis / 1000 + " s";
    synchronized (this) {
      if (answered) {
        return "No network path to '"
            + peerId
            + "' was found"
            + after
            + ". Both sides need UDP between them, or a TURN server in 'org.peerworks.transport.webrtc.cfg'.";
      }
    }
    return offered
        ? "'" + peerId + "' did not answer" + after + ". Check that it runs and is in the room."
        : "This side could not describe itself" + after + ". Check the STUN and TURN servers.";
  }

  private void signal(Signal signal) {
    if (!signal.peer().equals(peerId)) {
      return;
    }
    if (signal instanceof Signal.Answer answer) {
      synchronized (this) {
        if (answered || !offered) {
          return;
        }
        answered = true;
      }
      CompletableFuture.completedFuture(answer.sdp())
          .thenApply(Sdp::received)
          .thenCompose(link.negotiation()::answered)
          .exceptionally(failure -> failed("The answer of '" + peerId + "' is unusable", failure));
    } else if (signal instanceof Signal.Candidate candidate) {
      link.negotiation().candidate(candidate);
    } else if (signal instanceof Signal.Quit) {
      fail("'" + peerId + "' has left the room.");
    }
  }

  private void fail(String reason) {
    result.completeExceptionally(Failures.of(reason));
  }

  private <T> T failed(String what, Throwable failure) {
    result.completeExceptionally(Failures.of(what, failure));
    return null;
  }
}
