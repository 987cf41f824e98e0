package org.peerworks.protocol.sleap.internal.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.peerworks.protocol.sleap.internal.auth.Authentication;
import org.peerworks.protocol.sleap.internal.wire.Json;
import org.peerworks.protocol.sleap.internal.wire.JsonFields;
import org.peerworks.protocol.sleap.internal.wire.Texts;
import org.peerworks.protocol.sleap.internal.wire.WireException;
import org.peerworks.signaling.api.Room;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what the room's server passes on for people who cannot connect (§1.11): jobs, their end,
 * and questions about directories. Who asks is known by the server's word alone, so a worker that
 * demands a proof which the server cannot give takes nothing. Thread-safe; costs nothing until
 * something comes.
 */
final class RelayDesk implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RelayDesk.class);

  /** Below what a server takes of one peer, with what is never left out. */
  private static final double PER_SECOND = 15;

  private static final int LONGEST = 256 << 10;
  private static final int MOST_WAITING = 64;
  private static final String UNTRUSTED =
      "This worker demands a proof that its server cannot give. Connect to it, or let its"
          + " administrator remove 'roomSecretFile' and 'requireAuthentication' from"
          + " org.peerworks.protocol.sleap.cfg.";

  private final SessionContext.Shared shared;
  private final Authentication authentication;
  private final RelayedJobs jobs;
  private final RelayedQuestions questions;
  private final Rate incoming = new Rate(PER_SECOND, System.nanoTime());
  private final Rate outgoing = new Rate(PER_SECOND, System.nanoTime());
  private final Rate logged = new Rate(0.1, System.nanoTime());
  private final AtomicInteger waiting = new AtomicInteger();
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
  private volatile Optional<Room> room = Optional.empty();
  private AutoCloseable listening = () -> {};

  RelayDesk(SessionContext.Shared shared, Authentication authentication) {
    this.shared = shared;
    this.authentication = authentication;
    RelayStory.Wire wire = new ToServer();
    this.jobs = new RelayedJobs(shared, wire);
    this.questions = new RelayedQuestions(shared.services(), wire);
  }

  /** The worker is in a room now. Jobs of before are told there. */
  synchronized void entered(Room here) {
    stopListening();
    room = Optional.of(here);
    listening = here.listenToServer(this::received);
  }

  /** Nobody is told anything until there is another room. */
  synchronized void left(Room gone) {
    if (room.filter(gone::equals).isPresent()) {
      stopListening();
      room = Optional.empty();
    }
  }

  private void stopListening() {
    try {
      listening.close();
    } catch (Exception e) {
      LOG.warn("A room does not stop telling what its server passes on", e);
    }
    listening = () -> {};
  }

  /** One after the other, but not on the room's thread, which must not wait for a disk. */
  private synchronized void received(String text) {
    if (text.length() > LONGEST
        || waiting.get() >= MOST_WAITING
        || !incoming.allows(System.nanoTime())) {
      if (logged.allows(System.nanoTime())) {
        LOG.warn("Dropped what the room's server passed on: too much at once");
      }
      return;
    }
    waiting.incrementAndGet();
    try {
      last =
          last.thenRunAsync(() -> handle(text), shared.pool())
              .exceptionally(
                  failure -> {
                    LOG.error("What the room's server passed on could not be handled", failure);
                    return null;
                  })
              .thenRun(waiting::decrementAndGet);
    } catch (RejectedExecutionException e) {
      LOG.debug("The room's server passed something on while the protocol was stopping", e);
    }
  }

  private void handle(String text) {
    Optional<Room> here = room;
    if (here.isEmpty()) {
      return;
    }
    try {
      ObjectNode message = Json.readObject(text);
      JsonFields fields = new JsonFields("relay", message);
      Optional<Refusal> refusal =
          authentication.trustsServer()
              ? Optional.empty()
              : Optional.of(new Refusal("NOT_ALLOWED", UNTRUSTED));
      switch (fields.text("type", 40)) {
        case "job_assigned" ->
            jobs.assigned(here.get().session().roomId(), fields, message.get("config"), refusal);
        case "job_cancel" -> jobs.cancel(fields);
        case "fs_list_req" -> questions.list(fields, refusal);
        default -> LOG.debug("Ignored something else that the room's server passed on");
      }
    } catch (WireException e) {
      LOG.info("Ignored what the room's server passed on: {}", Texts.line(e.getMessage(), 300));
    }
  }

  @Override
  public synchronized void close() {
    stopListening();
    room = Optional.empty();
    jobs.close();
  }

  private final class ToServer implements RelayStory.Wire {

    @Override
    public void send(ObjectNode message) {
      room.ifPresent(
          here ->
              here.answerServer(Json.write(message))
                  .whenComplete(
                      (sent, failure) -> {
                        if (failure != null) {
                          LOG.debug("The room's server could not be told something", failure);
                        }
                      }));
    }

    @Override
    public void sendIfRoom(ObjectNode message) {
      boolean allowed;
      synchronized (outgoing) {
        allowed = outgoing.allows(System.nanoTime());
      }
      if (allowed) {
        send(message);
      }
    }
  }
}
