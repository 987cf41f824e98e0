package org.peerworks.signaling.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.peerworks.signaling.api.SignalingException;

/**
 * Brings answers to questions. The wire has no numbers, so answers of one type come in the order of
 * the questions. Thread-safe.
 */
final class Replies {

  private static final String LIST = "peer_list";
  private static final String UPDATED = "metadata_updated";
  private static final Map<String, String> ANSWERS =
      Map.of("discover_peers", LIST, "update_metadata", UPDATED);

  private static final Set<String> ABOUT_PEERS =
      Set.of("PEER_NOT_FOUND", "PEER_NOT_IN_ROOM", "DELIVERY_FAILED");

  private final Map<String, Deque<CompletableFuture<ObjectNode>>> waiting =
      Map.of(LIST, new ArrayDeque<>(), UPDATED, new ArrayDeque<>());

  /** To be called in the order of the questions. */
  synchronized CompletableFuture<ObjectNode> expect(String question) {
    CompletableFuture<ObjectNode> answer = new CompletableFuture<>();
    waiting.get(ANSWERS.get(question)).add(answer);
    return answer;
  }

  /** Whether the message was an answer to something. */
  boolean answered(ObjectNode message) {
    Deque<CompletableFuture<ObjectNode>> queue = waiting.get(message.path("type").asText());
    if (queue == null) {
      return false;
    }
    poll(queue).ifPresent(answer -> answer.complete(message));
    return true;
  }

  /**
   * Whether the error was an answer to something. Servers of the first programs do not say to what:
   * then it is one that waits, unless the error has no code or can only be about a message to a
   * peer.
   */
  boolean failed(ObjectNode message, String error) {
    String code = message.path("code").asText("");
    Optional<CompletableFuture<ObjectNode>> asked;
    if (message.has("request")) {
      String type = ANSWERS.get(message.path("request").asText());
      asked = type == null ? Optional.empty() : poll(waiting.get(type));
    } else {
      asked = code.isEmpty() || ABOUT_PEERS.contains(code) ? Optional.empty() : poll();
    }
    asked.ifPresent(answer -> answer.completeExceptionally(Problems.later(code, error)));
    return asked.isPresent();
  }

  /** No more answers will come. */
  void abandon(String reason) {
    for (Deque<CompletableFuture<ObjectNode>> queue : waiting.values()) {
      Optional<CompletableFuture<ObjectNode>> next = poll(queue);
      while (next.isPresent()) {
        next.get().completeExceptionally(new SignalingException(reason));
        next = poll(queue);
      }
    }
  }

  private synchronized Optional<CompletableFuture<ObjectNode>> poll() {
    return waiting.values().stream()
        .filter(queue -> !queue.isEmpty())
        .findFirst()
        .flatMap(this::poll);
  }

  private synchronized Optional<CompletableFuture<ObjectNode>> poll(
      Deque<CompletableFuture<ObjectNode>> queue) {
    return Optional.ofNullable(queue.poll());
  }
}
