package org.peerworks.protocol.sleap.internal.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.protocol.sleap.internal.wire.FsReply;
import org.peerworks.protocol.sleap.internal.wire.FsRequest;
import org.peerworks.protocol.sleap.internal.wire.Texts;

/**
 * Questions about a worker's files, one at a time, because an answer does not say what it answers
 * (sleap-rtc wire format §2.7). One that is given up keeps its turn until the worker answers it.
 * Thread-safe.
 */
final class FileQuestions {

  private static final int MOST_WAITING = 256;

  /** Half of what a worker of ours takes on average. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  private static final int MOST_AT_ONCE = 50;

  private record Question(
      FsRequest request, Predicate<FsReply> answers, CompletableFuture<FsReply> answer) {}

  private final WorkerLink link;
  private final ClientThreads threads;
  private final Duration patience;
  private final Deque<Question> waiting = new ArrayDeque<>();
  private Question asked;
  private boolean pausing;
  private double left = MOST_AT_ONCE;
  private long countedAt = System.nanoTime();
  private String closed;

  FileQuestions(WorkerLink link, ClientThreads threads, Duration patience) {
    this.link = link;
    this.threads = threads;
    this.patience = patience;
  }

  /**
   * @param answers what answers it, beside {@code FS_ERROR}
   * @return completes on a thread of the pool; fails with {@link FileAccessException}, also where
   *     the answer is {@code FS_ERROR}
   */
  CompletableFuture<FsReply> ask(FsRequest request, Predicate<FsReply> answers) {
    Question question = new Question(request, answers, new CompletableFuture<>());
    if (link.tooLarge(request)) {
      return CompletableFuture.failedFuture(
          new FileAccessException(Code.LIMIT, "The question is too long for one message."));
    }
    synchronized (this) {
      if (closed != null) {
        return CompletableFuture.failedFuture(gone(closed));
      }
      if (waiting.size() >= MOST_WAITING) {
        return CompletableFuture.failedFuture(
            new FileAccessException(Code.LIMIT, "Too many questions wait for this worker."));
      }
      waiting.add(question);
    }
    next();
    return question
        .answer
        .copy()
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(refusal(failure)));
  }

  private FileAccessException refusal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FileAccessException refusal) {
        return refusal;
      }
      if (cause instanceof TimeoutException) {
        return new FileAccessException(
            Code.UNAVAILABLE,
            "The worker did not answer within " + patience.toSeconds() + " s.",
            cause);
      }
    }
    return new FileAccessException(Code.INTERNAL, String.valueOf(failure.getMessage()), failure);
  }

  private void next() {
    Question question;
    synchronized (this) {
      if (asked != null || pausing || waiting.isEmpty() || closed != null) {
        return;
      }
      long now = System.nanoTime();
      left = Math.min(MOST_AT_ONCE, left + (now - countedAt) / (double) PAUSE.toNanos());
      countedAt = now;
      if (left < 1) {
        pausing = true;
        threads.later(PAUSE, this::goOn);
        return;
      }
      left--;
      asked = waiting.poll();
      question = asked;
    }
    link.send(question.request);
  }

  private void goOn() {
    synchronized (this) {
      pausing = false;
    }
    next();
  }

  /** Whether a message was the answer to a question. */
  boolean said(FsReply reply) {
    Question question;
    synchronized (this) {
      question = asked;
      if (question == null) {
        return false;
      }
      if (question.request instanceof FsRequest.UseWorkerPath && reply instanceof FsReply.PathOk) {
        return true; // what it says of the videos comes next
      }
      if (!(reply instanceof FsReply.Failed) && !question.answers.test(reply)) {
        return false;
      }
      asked = null;
    }
    threads.pool().execute(() -> answer(question, reply));
    next();
    return true;
  }

  private static void answer(Question question, FsReply reply) {
    if (reply instanceof FsReply.Failed failed) {
      question.answer.completeExceptionally(
          new FileAccessException(code(failed.code()), Texts.line(failed.message(), 500)));
    } else {
      question.answer.complete(reply);
    }
  }

  private static Code code(String name) {
    for (Code code : Code.values()) {
      if (code.name().equals(name)) {
        return code;
      }
    }
    return Code.INTERNAL;
  }

  /** An answer came that cannot be read. */
  void broken(String why) {
    Question question;
    synchronized (this) {
      question = asked;
      asked = null;
    }
    if (question != null) {
      question.answer.completeExceptionally(
          new FileAccessException(
              Code.INTERNAL, "The worker's answer cannot be read: " + Texts.line(why, 300)));
      next();
    }
  }

  void closed(String reason) {
    synchronized (this) {
      closed = reason;
      if (asked != null) {
        waiting.addFirst(asked);
        asked = null;
      }
    }
    for (Question question = poll(); question != null; question = poll()) {
      question.answer.completeExceptionally(gone(reason));
    }
  }

  private synchronized Question poll() {
    return waiting.poll();
  }

  private static FileAccessException gone(String reason) {
    return new FileAccessException(
        Code.UNAVAILABLE, "The connection to the worker was lost: " + Texts.line(reason, 300));
  }
}
