package org.peerworks.signaling.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.SignalingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One registered connection to a room; ends once. Thread-safe. */
final class Connection implements Link.Events {

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final Place place;
  private final Deliveries deliveries;
  private final Replies replies = new Replies();
  private final CompletableFuture<ObjectNode> registered = new CompletableFuture<>();
  private final CompletableFuture<End> end = new CompletableFuture<>();
  private Link link;

  private Connection(Place place, Deliveries deliveries) {
    this.place = place;
    this.deliveries = deliveries;
  }

  /**
   * Connects and registers.
   *
   * @throws IOException if a later try may succeed; the message is for people
   */
  static Connection open(Gear gear, Place place, PeerInfo self, Deliveries deliveries)
      throws IOException, InterruptedException, Refused {
    Connection connection = new Connection(place, deliveries);
    Link link =
        Link.open(gear.http(), place.server().webSocket(), connection, gear.pace(), gear.timer());
    connection.link = link;
    try {
      link.send(Wire.register(place, self));
      ObjectNode reply =
          connection.registered.get(gear.pace().open().toMillis(), TimeUnit.MILLISECONDS);
      connection.check(reply);
      return connection;
    } catch (IOException | Refused | InterruptedException e) {
      link.close();
      throw e;
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      link.close();
      throw new IOException(
          "The signalling server at " + place.server().webSocket() + " does not answer.", e);
    }
  }

  ObjectNode registration() {
    return registered.join();
  }

  boolean isOpen() {
    return link.isOpen();
  }

  CompletableFuture<Void> send(ObjectNode message) {
    return link.send(message);
  }

  /** Sends a question; the answer fails if none comes in time. */
  CompletableFuture<ObjectNode> ask(ObjectNode question, Pace pace) {
    CompletableFuture<ObjectNode> answer;
    synchronized (replies) {
      answer = replies.expect(question.path("type").asText());
      link.send(question);
    }
    if (!link.isOpen()) {
      replies.abandon("The connection to the signalling server is lost.");
    }
    return answer
        .copy()
        .orTimeout(pace.open().toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    failure instanceof TimeoutException
                        ? new SignalingException("The signalling server does not answer.")
                        : failure));
  }

  /** Completes when the connection is gone. */
  CompletableFuture<End> end() {
    return end;
  }

  /**
   * @param code of the close frame, or 1006 if there was none
   */
  record End(int code, String reason) {}

  void close() {
    link.close();
  }

  @Override
  public void message(ObjectNode message) {
    if (!registered.isDone()) {
      if (Wire.error(message).isPresent()
          || message.path("type").asText().equals("registered_auth")) {
        registered.complete(message);
      }
      return;
    }
    Optional<String> error = Wire.error(message);
    if (error.isPresent()) {
      if (!replies.failed(message, error.get())) {
        LOG.warn("The signalling server reports: {}", error.get());
      }
    } else if (Wire.isOfServer(message)) {
      deliveries.deliverOfServer(message.toString());
    } else if (!replies.answered(message)) {
      Wire.signal(message).ifPresent(deliveries::deliver);
    }
  }

  @Override
  public void ended(int code, String reason) {
    String why = "The connection to the signalling server is lost (" + code + " " + reason + ").";
    replies.abandon(why);
    registered.completeExceptionally(new IOException(why));
    end.complete(new End(code, reason));
  }

  private void check(ObjectNode reply) throws IOException, Refused {
    Optional<String> error = Wire.error(reply);
    if (error.isEmpty()) {
      return;
    }
    Exception problem = Problems.registration(error.get(), !reply.has("type"), place);
    if (problem instanceof IOException later) {
      throw later;
    }
    throw (Refused) problem;
  }
}
