package org.peerworks.files.resolver;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;

/**
 * The only threads that touch one mount's disk: two for short questions and two for searches, so at
 * most four reads are in flight, and searches never stand in the way of questions. A disk that
 * hangs keeps these threads, and nobody else's.
 */
final class Lane implements AutoCloseable {

  static final int THREADS_OF_EACH = 2;

  private static final int MOST_WAITING = 512;
  private static final long IDLE_SECONDS = 10;

  private final String label;
  private final Duration patience;
  private final RightOfWay way;
  private final Executor answers;
  private final ThreadPoolExecutor questions;
  private final ThreadPoolExecutor searches;
  private final Opener opener;
  private final Map<Thread, Long> asking = new ConcurrentHashMap<>();
  private final Map<Thread, Long> searching = new ConcurrentHashMap<>();

  /**
   * @param patience time after which a question is given up and the mount is said not to answer
   * @param way that this mount's questions have over searches
   * @param answers where results are handed on, so that whoever waits never has a thread of the
   *     lane
   */
  Lane(String label, Duration patience, RightOfWay way, Executor answers) {
    this.label = label;
    this.patience = patience;
    this.way = way;
    this.answers = answers;
    questions = pool("files-ask ");
    searches = pool("files-search ");
    opener = new Opener(label, patience.dividedBy(2));
  }

  private ThreadPoolExecutor pool(String name) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS_OF_EACH,
            THREADS_OF_EACH,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            task -> {
              Thread thread = new Thread(task, name + label + " " + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /**
   * Asks the disk something.
   *
   * @return fails with {@link FileAccessException} as {@link Refusals} has it, {@code UNAVAILABLE}
   *     once the patience is over, {@code LIMIT} if too many wait
   */
  <T> CompletableFuture<T> ask(Callable<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (stuck(asking) >= THREADS_OF_EACH) {
      answer.completeExceptionally(silent());
      return answer;
    }
    CompletableFuture<T> found = new CompletableFuture<>();
    way.asked();
    found.whenComplete((value, failure) -> way.answered());
    try {
      questions.execute(new Asked<>(question, found));
    } catch (RejectedExecutionException e) {
      found.completeExceptionally(refused());
    }
    found
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .whenCompleteAsync(
            (value, failure) -> {
              if (failure == null) {
                answer.complete(value);
              } else {
                answer.completeExceptionally(
                    failure instanceof TimeoutException ? silent() : failure);
              }
            },
            answers);
    return answer;
  }

  /** A question on its way. */
  private final class Asked<T> implements Runnable {
    private final Callable<T> question;
    private final CompletableFuture<T> found;

    private Asked(Callable<T> question, CompletableFuture<T> found) {
      this.question = question;
      this.found = found;
    }

    @Override
    public void run() {
      asking.put(Thread.currentThread(), System.nanoTime());
      try {
        if (!found.isDone()) {
          answer();
        }
      } catch (Redirect | FileAccessException e) {
        found.completeExceptionally(e);
      } catch (Throwable e) {
        found.completeExceptionally(Refusals.of(e));
      } finally {
        asking.remove(Thread.currentThread());
      }
    }

    private void answer() throws Exception {
      T value = question.call();
      if (!found.complete(value) && value instanceof AutoCloseable late) {
        late.close(); // nobody waits any more
      }
    }

    private void drop() {
      found.completeExceptionally(refused());
    }
  }

  /** Lets short questions go first where the processor is short, called often by searches. */
  void makeWay() {
    way.give();
  }

  /**
   * Runs a piece of a search, which takes milliseconds as long as the disk answers.
   *
   * @return false if too many wait, or the lane is closed
   */
  boolean search(Piece piece) {
    try {
      searches.execute(new Timed(piece));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** A piece of a search. */
  interface Piece extends Runnable {

    /** Called instead of {@link #run()} if the lane is closed first. */
    void drop();
  }

  /** Keeps the time that a piece has taken so far. */
  private final class Timed implements Runnable {
    private final Piece piece;

    private Timed(Piece piece) {
      this.piece = piece;
    }

    @Override
    public void run() {
      searching.put(Thread.currentThread(), System.nanoTime());
      try {
        piece.run();
      } finally {
        searching.remove(Thread.currentThread());
      }
    }
  }

  /** Whether a search has waited for the disk for some time without any progress. */
  boolean searchHangs(Duration time) {
    long now = System.nanoTime();
    return searching.values().stream().anyMatch(since -> now - since > time.toNanos());
  }

  /** What is wrong with the disk; empty if it answers. */
  Optional<String> problem() {
    return stuck(asking) + stuck(searching) > 0
        ? Optional.of("does not answer; reads have waited for more than " + seconds())
        : Optional.empty();
  }

  private int stuck(Map<Thread, Long> working) {
    long now = System.nanoTime();
    return (int)
        working.values().stream().filter(since -> now - since > patience.toNanos()).count();
  }

  private String seconds() {
    return patience.toSeconds() + " s";
  }

  private FileAccessException silent() {
    return new FileAccessException(
        Code.UNAVAILABLE,
        "The mount '%s' has not answered for %s. Ask the worker's administrator to look at its file system."
            .formatted(label, seconds()));
  }

  private FileAccessException refused() {
    return questions.isShutdown()
        ? new FileAccessException(Code.UNAVAILABLE, "The mount '" + label + "' was taken away.")
        : new FileAccessException(
            Code.LIMIT,
            "%d requests wait for the mount '%s' already. Try again in a moment."
                .formatted(MOST_WAITING, label));
  }

  /** What opens the mount's files, for a question that waits for it. */
  Opener opener() {
    return opener;
  }

  /** Ends what waits. A thread that the disk keeps ends when the disk lets go of it. */
  @Override
  public void close() {
    opener.close();
    for (Runnable waiting : questions.shutdownNow()) {
      if (waiting instanceof Asked<?> asked) {
        asked.drop();
      }
    }
    for (Runnable waiting : searches.shutdownNow()) {
      if (waiting instanceof Timed timed) {
        timed.piece.drop();
      }
    }
  }
}
