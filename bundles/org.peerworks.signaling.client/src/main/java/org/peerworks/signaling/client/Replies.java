package org.peerworks.signaling.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
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

  /** Whether the error was an answer to something. */
  boolean failed(ObjectNode message, String error) {
    String type = ANSWERS.get(message.path("request").asText());
    Optional<CompletableFuture<ObjectNode>> asked =
        type == null ? Optional.empty() : poll(waiting.get(type));
    asked.ifPresent(
        answer ->
            answer.completeExceptionally(
                new SignalingException("The signalling server refused: " + error)));
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

  private synchronized Optional<CompletableFuture<ObjectNode>> poll(
      Deque<CompletableFuture<ObjectNode>> queue) {
    return Optional.ofNullable(queue.poll());
  }
}
