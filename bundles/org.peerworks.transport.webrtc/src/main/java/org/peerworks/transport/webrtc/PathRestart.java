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
  private final AtomicReference<AutoCloseable> listening = new AtomicReference<>();

  PathRestart(Room room, Link link) {
    this.room = room;
    this.link = link;
  }

  /** Begins to look, unless that goes on already or cannot help. */
  void begin() {
    if (!room.connected() || !link.negotiation().restartable()) {
      return;
    }
    AutoCloseable listener = room.listen(this::signal);
    if (!listening.compareAndSet(null, listener)) {
      Listening.end(listener);
      return;
    }
    LOG.info("Nothing is heard from '{}'; another network path is looked for", link.peer());
    link.after(link.settings().connectMillis(), this::end);
    link.closed().thenAccept(reason -> end());
    link.negotiation()
        .restart()
        .thenCompose(sdp -> room.send(new Signal.Offer(link.peer(), sdp)))
        .exceptionally(failure -> failed("Asking", failure));
  }

  private void signal(Signal signal) {
    if (signal instanceof Signal.Answer answer && answer.peer().equals(link.peer())) {
      end();
      CompletableFuture.completedFuture(answer.sdp())
          .thenApply(Sdp::received)
          .thenCompose(link.negotiation()::restarted)
          .exceptionally(failure -> failed("The answer of", failure));
    }
  }

  private Void failed(String what, Throwable failure) {
    LOG.info("{} '{}' for another network path failed: {}", what, link.peer(), failure.toString());
    end();
    return null;
  }

  private void end() {
    AutoCloseable listener = listening.getAndSet(null);
    if (listener != null) {
      Listening.end(listener);
    }
  }
}
