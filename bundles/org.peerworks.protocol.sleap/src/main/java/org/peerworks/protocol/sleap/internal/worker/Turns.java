package org.peerworks.protocol.sleap.internal.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.peerworks.protocol.sleap.internal.wire.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers questions one after the other, each when the answer before it has left: the messages do
 * not say which question they answer. Thread-safe.
 */
final class Turns {

  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

  /** Questions that may wait; beyond it they are answered by a refusal. */
  private static final int MOST = 64;

  private static final Refusal TOO_LONG =
      new Refusal("LIMIT", "The answer is too long for this connection. Ask for less at once.");

  /** Finds an answer. */
  interface Question {
    CompletionStage<List<Message>> ask();
  }

  private record Asked(Question question, Function<Throwable, Message> failed) {}

  private final Lane lane;
  private final Executor pool;
  private final Deque<Asked> waiting = new ArrayDeque<>();
  private boolean busy;

  Turns(Lane lane, Executor pool) {
    this.lane = lane;
    this.pool = pool;
  }

  static CompletionStage<List<Message>> answer(Message reply) {
    return CompletableFuture.completedFuture(List.of(reply));
  }

  /**
   * @param failed makes the answer for a question that failed
   */
  void add(Question question, Function<Throwable, Message> failed) {
    synchronized (this) {
      if (waiting.size() < MOST) {
        waiting.add(new Asked(question, failed));
        if (busy) {
          return;
        }
        busy = true;
      } else {
        lane.send(
            failed.apply(
                new Refusal("LIMIT", "Too many questions wait for an answer. Ask again later.")));
        return;
      }
    }
    next();
  }

  private void next() {
    try {
      pool.execute(this::answerOne);
    } catch (RejectedExecutionException e) {
      LOG.debug("A question came while the protocol was stopping", e);
    }
  }

  private void answerOne() {
    Asked asked;
    synchronized (this) {
      asked = lane.isClosed() ? null : waiting.poll();
      if (asked == null) {
        waiting.clear();
        busy = false;
        return;
      }
    }
    CompletionStage<List<Message>> answer;
    try {
      answer = asked.question().ask();
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    answer
        .exceptionally(failure -> List.of(asked.failed().apply(failure)))
        .thenCompose(replies -> send(replies, asked))
        .whenComplete((done, failure) -> next());
  }

  private CompletionStage<Void> send(List<Message> replies, Asked asked) {
    CompletionStage<Void> last = CompletableFuture.completedFuture(null);
    for (Message reply : replies) {
      last = lane.send(lane.fits(reply) ? reply : asked.failed().apply(TOO_LONG));
    }
    return last;
  }
}
