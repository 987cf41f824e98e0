package org.peerworks.transport.direct;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.Signal;
import org.peerworks.transport.api.Peer;

/** One attempt of this side to connect to a peer. */
final class Connector {

  private final Room room;
  private final String peerId;
  private final Settings settings;
  private final Threads threads;
  private final Entrance entrance;
  private final Identity self;
  private final String ticket = Note.Json.newTicket();
  private final CompletableFuture<Peer> result = new CompletableFuture<>();
  private volatile Future<?> late = CompletableFuture.completedFuture(null);
  private boolean answered;

  /**
   * @param self the key of this side
   */
  Connector(
      Room room,
      String peerId,
      Settings settings,
      Threads threads,
      Entrance entrance,
      Identity self) {
    this.room = room;
    this.peerId = peerId;
    this.settings = settings;
    this.threads = threads;
    this.entrance = entrance;
    this.self = self;
  }

  /**
   * Begins.
   *
   * @param ended called at the end, however it ends
   */
  CompletionStage<Peer> start(Runnable ended) {
    AutoCloseable listening = room.listen(this::signal);
    late =
        threads.after(
            settings.answerMillis(),
            () ->
                fail(
                    "'"
                        + peerId
                        + "' did not answer within "
                        + settings.answerMillis() / 1000
                        + " s."));
    room.closed().thenAccept(reason -> fail("The room was left: " + reason));
    CompletableFuture<Peer> outcome = new CompletableFuture<>();
    // Whoever waits for the outcome finds everything tidied up.
    result.whenComplete(
        (connected, failure) -> {
          Listening.end(listening);
          late.cancel(false);
          ended.run();
          if (failure != null) {
            outcome.completeExceptionally(failure);
          } else if (!outcome.complete(connected)) {
            connected.close(); // nobody waits for it any more
          }
        });
    outcome.whenComplete((connected, failure) -> result.cancel(true));
    room.send(
            new Signal.Message(peerId, Note.Json.write(new Note.Offer(ticket, self.fingerprint()))))
        .exceptionally(
            failure -> {
              result.completeExceptionally(Failures.of("The offer could not be sent", failure));
              return null;
            });
    return outcome;
  }

  private void signal(Signal signal) {
    if (!signal.peer().equals(peerId)) {
      return;
    }
    if (signal instanceof Signal.Quit) {
      fail("'" + peerId + "' has left the room.");
    } else if (signal instanceof Signal.Message message) {
      try {
        Optional<Note> note = Note.Json.read(message.json());
        note.filter(about -> about.ticket().equals(ticket)).ifPresent(this::noted);
      } catch (IllegalArgumentException e) {
        fail("The answer of '" + peerId + "' is unusable: " + e.getMessage() + ".");
      }
    }
  }

  private void noted(Note note) {
    if (note instanceof Note.Refusal refusal) {
      fail("'" + peerId + "' refuses: " + Failures.shown(refusal.reason()));
    } else if (note instanceof Note.Answer answer && first()) {
      late.cancel(false);
      dial(answer);
    }
  }

  private synchronized boolean first() {
    boolean first = !answered;
    answered = true;
    return first;
  }

  private void dial(Note.Answer answer) {
    CompletableFuture<Link> dialed =
        new Dialer(settings, threads, entrance, peerId, answer).dial().toCompletableFuture();
    dialed.whenComplete(
        (link, failure) -> {
          if (failure != null) {
            result.completeExceptionally(Failures.of("No connection", failure));
          } else {
            connected(link);
          }
        });
    result.whenComplete((connected, failure) -> dialed.cancel(true));
  }

  private void connected(Link link) {
    DirectPeer peer = new DirectPeer(room, link, link.binding());
    link.start(peer::arrived);
    if (!result.complete(peer)) {
      peer.close();
    }
  }

  void fail(String reason) {
    result.completeExceptionally(Failures.of(reason));
  }
}
