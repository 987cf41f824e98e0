package org.peerworks.transport.webrtc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for another network path when nothing is heard (ICE restart, RFC 8445 §9): the connection
 * and its channels stay, if the other side can do that too. Only the side that offered begins it.
 */
final class PathRestart {

  private static final Logger LOG = LoggerFactory.getLogger(PathRestart.class);

  private final Room room;
  private final Link link;
  private final AtomicReference<Attempt> current = new AtomicReference<>();

  PathRestart(Room room, Link link) {
    this.room = room;
    this.link = link;
  }

  /** Begins to look, unless that goes on already or cannot help. */
  void begin() {
    if (!room.connected() || !link.negotiation().restartable()) {
      return;
    }
    Attempt attempt = new Attempt();
    if (current.compareAndSet(null, attempt)) {
      attempt.start();
    }
  }

  /** The other side is heard again. */
  void found() {
    Attempt attempt = current.get();
    if (attempt != null) {
      attempt.heard();
    }
  }

  /**
   * One offer, until its answer has led to a path. The connection may be called disconnected once
   * more in between, while the new path is tried: another offer then would only begin again.
   */
  private final class Attempt {

    private AutoCloseable listening = () -> {};
    private boolean answered;
    private boolean heard;
    private boolean over;

    void start() {
      LOG.info("Nothing is heard from '{}'; another network path is looked for", link.peer());
      synchronized (this) {
        listening = room.listen(this::signal);
      }
      link.after(link.settings().connectMillis(), this::end);
      link.closed().thenAccept(reason -> end());
      link.negotiation()
          .restart()
          .thenCompose(sdp -> room.send(new Signal.Offer(link.peer(), sdp)))
          .exceptionally(failure -> failed("Asking", failure));
    }

    private void signal(Signal signal) {
      if (signal instanceof Signal.Answer answer && answer.peer().equals(link.peer())) {
        synchronized (this) {
          if (answered || over) {
            return;
          }
          answered = true;
        }
        stopListening();
        CompletableFuture.completedFuture(answer.sdp())
            .thenApply(Sdp::received)
            .thenCompose(link.negotiation()::restarted)
            .thenRun(this::endIfHeard)
            .exceptionally(failure -> failed("The answer of", failure));
      }
    }

    void heard() {
      boolean done;
      synchronized (this) {
        heard = true;
        done = answered;
      }
      if (done) {
        end();
      }
    }

    private void endIfHeard() {
      boolean done;
      synchronized (this) {
        done = heard;
      }
      if (done) {
        end();
      }
    }

    private Void failed(String what, Throwable failure) {
      LOG.info(
          "{} '{}' for another network path failed: {}", what, link.peer(), failure.toString());
      end();
      return null;
    }

    private void end() {
      synchronized (this) {
        over = true;
      }
      stopListening();
      current.compareAndSet(this, null);
    }

    private void stopListening() {
      AutoCloseable listener;
      synchronized (this) {
        listener = listening;
        listening = () -> {};
      }
      Listening.end(listener);
    }
  }
}
