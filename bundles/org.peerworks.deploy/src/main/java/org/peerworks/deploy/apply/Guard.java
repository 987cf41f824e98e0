package org.peerworks.deploy.apply;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Calls into bundles that may throw, hang or worse: on a thread of its own, with a deadline.
 * Threads that the called code starts meanwhile can be told by their group.
 */
final class Guard {

  /** What the names of its threads begin with. */
  static final String PREFIX = "deploy: ";

  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(1);
  private static final int FRAMES = 4;

  private final ThreadGroup group;
  private final Duration deadline;

  Guard(ThreadGroup group, Duration deadline) {
    this.group = group;
    this.deadline = deadline;
  }

  Guard(Duration deadline) {
    this(Thread.currentThread().getThreadGroup(), deadline);
  }

  /**
   * Calls.
   *
   * @param what for people: the end of a sentence that begins with what did not happen
   * @throws ExecutionException the call threw
   * @throws StuckException the call did not come back; it was interrupted and may still run
   */
  <T> T call(String what, Callable<T> code) throws ExecutionException, StuckException {
    FutureTask<T> task = new FutureTask<>(code);
    Thread thread = new Thread(group, task, PREFIX + what);
    thread.setDaemon(true);
    thread.setContextClassLoader(Guard.class.getClassLoader());
    thread.start();
    try {
      return task.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw end(thread, what);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new StuckException("The worker stops; '" + what + "' was left.");
    }
  }

  private StuckException end(Thread thread, String what) {
    String stands = stack(thread);
    thread.interrupt();
    try {
      thread.join(AFTER_INTERRUPT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new StuckException(
        "'%s' did not end within %d s; it stood at %s. %s"
            .formatted(
                what,
                deadline.toSeconds(),
                stands,
                thread.isAlive()
                    ? "It does not listen to an interrupt, either: its thread '"
                        + thread.getName()
                        + "' lives until the worker ends."
                    : "It ended when it was interrupted."));
  }

  private static String stack(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return Stream.concat(
            Arrays.stream(stack).limit(1),
            Arrays.stream(stack)
                .skip(1)
                .filter(frame -> !frame.getClassName().matches("(java|jdk)\\..*"))
                .limit(FRAMES))
        .map(frame -> frame.getClassName() + "." + frame.getMethodName())
        .collect(Collectors.joining(" < "));
  }
}
