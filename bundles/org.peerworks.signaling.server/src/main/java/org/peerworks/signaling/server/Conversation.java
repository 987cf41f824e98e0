package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.peerworks.signaling.server.basic.Json;
import org.peerworks.signaling.server.basic.RateLimit;
import org.peerworks.signaling.server.basic.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket from its opening to its end: first {@code register}, then everything else. Messages
 * come in one at a time.
 */
final class Conversation {

  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  private final Hub hub;
  private final PeerSocket socket;
  private final Seat seat;
  private final RateLimit rate;
  private final Instant openedAt;
  private volatile Instant heardAt;
  private volatile Registration.Place place;
  private boolean ended;

  Conversation(Hub hub, PeerSocket socket, Seat seat, RateLimit rate, Instant openedAt) {
    this.hub = hub;
    this.socket = socket;
    this.seat = seat;
    this.rate = rate;
    this.openedAt = openedAt;
    this.heardAt = openedAt;
  }

  Seat seat() {
    return seat;
  }

  PeerSocket socket() {
    return socket;
  }

  /**
   * A ping or pong has come; it counts like a message.
   *
   * @return whether the peer may go on
   */
  boolean control(Instant now) {
    heard(now);
    return rate.take();
  }

  /** Something has come from the peer. */
  void heard(Instant now) {
    heardAt = now;
  }

  void message(String text) {
    hub.metrics().received();
    if (!rate.take()) {
      String complaint = "Too many messages. Wait a little, then connect again.";
      reject(Replies.error(Replies.RATE_LIMITED, complaint, ""), complaint);
      return;
    }
    Optional<ObjectNode> message = Json.parse(text);
    Optional<String> type = message.flatMap(object -> Json.text(object, "type"));
    if (place == null) {
      beforeRegistration(message, type);
    } else if (message.isEmpty()) {
      socket.send(Replies.error(Replies.INVALID_JSON, "Each message must be one JSON object.", ""));
    } else if (type.isEmpty()) {
      socket.send(Replies.error(Replies.INVALID_MESSAGE, "'type' must be a text.", ""));
    } else if (type.get().equals("register")) {
      registerAgain(message.get());
    } else {
      hub.routing().handle(type.get(), message.get(), place);
    }
  }

  private void registerAgain(ObjectNode message) {
    String reason =
        "This connection is registered as '" + place.member().id() + "'. Open another one.";
    try {
      if (hub.registration().again(message, place)) {
        return;
      }
    } catch (Refusal e) {
      reason = e.getMessage();
    } catch (IOException e) {
      LOG.warn("Cannot check a registration", e);
      reason = "The server cannot check this now. Try again later.";
    }
    socket.send(Replies.error(Replies.INVALID_MESSAGE, reason, "register"));
  }

  /** Ends a connection that has no name for too long. */
  void checkRegistered(Instant now, Pace pace) {
    if (place == null && passed(openedAt, pace.registerWithin(), now)) {
      reject(Replies.refused("No registration in time."), "No registration in time");
    }
  }

  /** Pings a peer that lives, and ends the connection of one that does not. */
  void ping(Instant now, Pace pace) {
    if (place == null) {
      return;
    }
    if (passed(heardAt, pace.silence(), now)) {
      socket.close(CloseCode.GOING_AWAY, "Nothing heard for " + pace.silence().toSeconds() + " s");
    } else {
      socket.send(Replies.typed("ping"));
      socket.ping();
    }
  }

  /** The socket has ended. */
  synchronized void ended(Instant now) {
    ended = true;
    if (place != null) {
      place.room().leave(place.member(), now);
      LOG.info("Peer '{}' left room '{}'", place.member().id(), place.room().id());
    }
  }

  private void beforeRegistration(Optional<ObjectNode> message, Optional<String> type) {
    if (message.isEmpty()) {
      reject(Replies.refused("The first message must be one JSON object."), "No JSON");
    } else if (!type.filter("register"::equals).isPresent()) {
      reject(
          Replies.error(Replies.NOT_IN_ROOM, "Register first.", type.orElse("")), "Not registered");
    } else if (!hub.mayRegister(seat.address())) {
      reject(
          Replies.refused("Too many registrations from this address. Try again later."),
          "Too many registrations");
    } else {
      register(message.get());
    }
  }

  private void register(ObjectNode message) {
    try {
      Optional<Registration.Place> joined = hub.registration().register(message, socket);
      if (joined.isEmpty()) {
        hub.metrics().refused();
        socket.close(CloseCode.REFUSED, "Invalid token");
      } else {
        enter(joined.get());
      }
    } catch (Refusal e) {
      hub.metrics().refused();
      reject(Replies.refused(e.getMessage()), "Registration refused");
    } catch (IOException e) {
      LOG.warn("Cannot save a registration", e);
      reject(
          Replies.refused("Too many problems on the server's disk. Try again later."),
          "Server error");
    }
  }

  private synchronized void enter(Registration.Place joined) {
    place = joined;
    LOG.info(
        "Peer '{}' joined room '{}' as {}",
        joined.member().id(),
        joined.room().id(),
        joined.member().role());
    if (ended) {
      joined.room().leave(joined.member(), hub.time());
    }
  }

  private void reject(ObjectNode error, String reason) {
    socket.send(error);
    socket.close(CloseCode.REFUSED, reason);
  }

  private static boolean passed(Instant since, Duration duration, Instant now) {
    return since.plus(duration).isBefore(now);
  }
}
