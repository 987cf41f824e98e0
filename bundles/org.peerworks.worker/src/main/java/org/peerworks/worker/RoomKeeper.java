package org.peerworks.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.peerworks.signaling.api.JoinRequest;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Proof;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.Signaling;
import org.peerworks.signaling.api.SignalingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the worker in its room: the one it was in, the configured one, or else a new one. */
final class RoomKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(RoomKeeper.class);

  /** Told about the room, on the agenda's thread. */
  interface Listener {
    void entered(Room room);

    void left(Room room);
  }

  private final Signaling signaling;
  private final Wishes wishes;
  private final RoomFile file;
  private final Agenda agenda;
  private final Listener listener;
  private final Supplier<PeerInfo> self;

  private CompletableFuture<Room> join;
  private Room room;
  private Duration pause;

  /**
   * @param self how the others shall see this worker; its id is not used
   */
  RoomKeeper(
      Signaling signaling,
      Wishes wishes,
      RoomFile file,
      Agenda agenda,
      Supplier<PeerInfo> self,
      Listener listener) {
    this.signaling = signaling;
    this.wishes = wishes;
    this.file = file;
    this.agenda = agenda;
    this.self = self;
    this.listener = listener;
    this.pause = wishes.firstPause();
  }

  /** Begins to enter. To be called on the agenda's thread, as all of this. */
  void enter() {
    try {
      enter(wishes.choose(file.read()));
    } catch (IOException e) {
      LOG.error("Cannot read the worker's room", e);
      again();
    }
  }

  private void enter(Optional<Membership> wanted) {
    try {
      join(wanted);
    } catch (RuntimeException | Error e) {
      LOG.error("Cannot begin to enter a room; trying again in {} s", pause.toSeconds(), e);
      again();
    }
  }

  private void join(Optional<Membership> wanted) {
    PeerInfo described = self.get();
    JoinRequest request =
        new JoinRequest(
            wishes.server(),
            wanted.map(Membership::roomId).filter(id -> !id.isEmpty()),
            wanted.map(Membership::token).filter(token -> !token.isEmpty()),
            new PeerInfo(
                wanted.flatMap(Membership::peerId).orElse(""),
                described.role(),
                described.tags(),
                described.properties()),
            proof(wanted),
            true);
    join = signaling.join(request).toCompletableFuture();
    join.whenComplete(
        (entered, failure) -> {
          boolean told =
              agenda.soon(
                  () -> {
                    if (failure == null) {
                      entered(entered);
                    } else {
                      failed(wanted, failure);
                    }
                  });
          if (!told && entered != null) {
            entered.close();
          }
        });
  }

  private Proof proof(Optional<Membership> wanted) {
    return wishes.key().isPresent()
        ? wishes.key().get()
        : new Proof.Anonymous(wanted.flatMap(Membership::credential));
  }

  private void entered(Room entered) {
    join = null;
    room = entered;
    // First of all, so that the worker comes back whatever fails below.
    entered.closed().whenComplete((reason, failure) -> agenda.soon(() -> left(entered, reason)));
    pause = wishes.firstPause();
    try {
      file.write(Membership.of(entered));
    } catch (IOException e) {
      LOG.error("Cannot store the worker's room; it will be another one after a restart", e);
    }
    LOG.info(
        "In room '{}' of '{}' as '{}'",
        entered.session().roomId(),
        entered.server().webSocket(),
        entered.session().peerId());
    listener.entered(entered);
  }

  private void left(Room gone, String reason) {
    if (room == gone) {
      room = null;
      LOG.warn("Left room '{}': {}", gone.session().roomId(), reason);
      try {
        listener.left(gone);
      } finally {
        again();
      }
    }
  }

  private void failed(Optional<Membership> wanted, Throwable failure) {
    join = null;
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    SignalingException.Code code =
        cause instanceof SignalingException refused
            ? refused.code()
            : SignalingException.Code.OTHER;
    boolean stored = wanted.flatMap(Membership::credential).isPresent();
    if (code == SignalingException.Code.ROOM_GONE && wanted.isPresent() && !wishes.hasRoom()) {
      LOG.warn(
          "Room '{}' is no longer there; making a new one. Clients need the new session string",
          wanted.get().roomId());
      enter(Optional.empty());
    } else if (code == SignalingException.Code.IDENTITY_UNKNOWN && stored) {
      LOG.warn("The server does not know this worker any more; entering as somebody new");
      enter(wanted.map(Membership::withoutIdentity));
    } else if (code == SignalingException.Code.ID_TAKEN && changedKey(wanted)) {
      LOG.warn("The worker's id belongs to another key; entering as somebody new");
      enter(wanted.map(Membership::withoutIdentity));
    } else {
      LOG.error("Cannot enter a room; trying again in {} s", pause.toSeconds(), cause);
      again();
    }
  }

  private boolean changedKey(Optional<Membership> wanted) {
    return wishes.key().isPresent() && wanted.flatMap(Membership::peerId).isPresent();
  }

  private void again() {
    Duration now = pause;
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(wishes.longestPause()) > 0 ? wishes.longestPause() : longer;
    agenda.later(now, this::enter);
  }

  /** Leaves, or gives up entering. For after the agenda's end. */
  void close() {
    if (join != null) {
      join.cancel(true);
      join.thenAccept(Room::close); // entered a moment before, and nobody was told
    }
    if (room != null) {
      room.close();
    }
  }
}
