package org.peerworks.protocol.peerworks.internal.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.peerworks.job.api.JobException;
import org.peerworks.protocol.peerworks.internal.SessionLimits;
import org.peerworks.protocol.peerworks.internal.model.Failures;
import org.peerworks.protocol.peerworks.internal.wire.FieldException;
import org.peerworks.protocol.peerworks.internal.wire.Fields;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.protocol.peerworks.internal.wire.Link;
import org.peerworks.protocol.peerworks.internal.wire.WireException;

/** Asks the worker and hands its answers to who asked. Thread-safe. */
final class Requests {

  /** Most requests that wait for their turn. */
  private static final int MOST_WAITING = 10_000;

  private final Link link;
  private final Executor pool;
  private final Map<Long, Question> open = new HashMap<>();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int most = SessionLimits.DEFAULT.openRequests();
  private int longest = Json.MAX_MESSAGE;
  private long ids;
  private String closed;

  private record Question(CompletableFuture<Fields> answer, Consumer<Fields> first) {}

  /**
   * @param pool where answers are handed on, as who asked may block there
   */
  Requests(Link link, Executor pool) {
    this.link = link;
    this.pool = pool;
  }

  /** Sets how many requests the worker takes at once, and how long they may be in bytes. */
  synchronized void limit(int openRequests, int messageBytes) {
    most = Math.min(most, openRequests);
    longest = Math.min(longest, messageBytes);
  }

  synchronized long nextId() {
    return ++ids;
  }

  CompletableFuture<Fields> ask(String method, ObjectNode params) {
    return ask(nextId(), method, params);
  }

  CompletableFuture<Fields> ask(long id, String method, ObjectNode params) {
    return ask(id, method, params, answer -> {});
  }

  /**
   * @param first hears of the answer before the worker's next message is read; must not block
   */
  CompletableFuture<Fields> ask(String method, ObjectNode params, Consumer<Fields> first) {
    return ask(nextId(), method, params, first);
  }

  private CompletableFuture<Fields> ask(
      long id, String method, ObjectNode params, Consumer<Fields> first) {
    CompletableFuture<Fields> answer = new CompletableFuture<>();
    Question question = new Question(answer, first);
    synchronized (this) {
      if (closed != null) {
        answer.completeExceptionally(unavailable(closed));
      } else if (open.size() < most) {
        send(id, method, params, question);
      } else if (waiting.size() < MOST_WAITING) {
        waiting.add(() -> send(id, method, params, question));
      } else {
        answer.completeExceptionally(
            new JobException(
                JobException.Code.LIMIT,
                MOST_WAITING + " calls to the worker wait already. Wait for their answers."));
      }
    }
    return answer;
  }

  /** With the lock held. */
  private void send(long id, String method, ObjectNode params, Question question) {
    ObjectNode request = Json.message("request").put("id", id).put("method", method);
    request.set("params", params);
    String text = Json.write(request);
    if (text.length() > longest) {
      question
          .answer()
          .completeExceptionally(
              new JobException(
                  JobException.Code.LIMIT,
                  "The call has %d bytes, but may have %d. Shorten its parameters."
                      .formatted(text.length(), longest)));
      return;
    }
    open.put(id, question);
    link.sendText(text);
  }

  /** Tells the worker that a transfer is not wanted any more. */
  void abort(int transfer) {
    link.send(Json.message("abort").put("transfer", transfer));
  }

  /** Tells the worker the hash of a file that it has by now. */
  void seal(int transfer, String sha256) {
    link.send(Json.message("seal").put("transfer", transfer).put("sha256", sha256));
  }

  void reply(Fields reply) {
    long id = reply.number("id", 1, Long.MAX_VALUE);
    Question question;
    synchronized (this) {
      question = open.remove(id);
      if (question == null) {
        throw new WireException("A reply came to request " + id + ", which is not open.");
      }
      while (!waiting.isEmpty() && open.size() < most) {
        waiting.poll().run();
      }
    }
    CompletableFuture<Fields> answer = question.answer();
    try {
      if (reply.has("error")) {
        JobException refusal = Failures.read(reply.object("error"));
        pool.execute(() -> answer.completeExceptionally(refusal));
      } else {
        Fields result = reply.object("result");
        question.first().accept(result);
        pool.execute(() -> answer.complete(result));
      }
    } catch (FieldException e) {
      // It ends the connection, but the question is not open any more.
      pool.execute(() -> answer.completeExceptionally(RemoteJobs.senseless(e)));
      throw e;
    }
  }

  void close(String reason) {
    List<Question> left;
    synchronized (this) {
      closed = reason;
      while (!waiting.isEmpty()) {
        waiting.poll().run();
      }
      left = new ArrayList<>(open.values());
      open.clear();
    }
    JobException refusal = unavailable(reason);
    left.forEach(
        question -> Pools.run(pool, () -> question.answer().completeExceptionally(refusal)));
  }

  static JobException unavailable(String reason) {
    return new JobException(
        JobException.Code.UNAVAILABLE, "The connection to the worker ended: " + reason);
  }
}
