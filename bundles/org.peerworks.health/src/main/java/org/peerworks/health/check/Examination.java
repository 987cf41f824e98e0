package org.peerworks.health.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.peerworks.health.api.CheckResult;
import org.peerworks.health.api.Finding;
import org.peerworks.health.api.HealthCheck;

/**
 * Runs checks at once; none waits for another, and none stops another. One that never ends costs
 * one thread, however often it is asked for.
 */
final class Examination {

  private final Duration patience;
  private final AtomicInteger number = new AtomicInteger();
  private final Map<HealthCheck, Thread> stuck = new ConcurrentHashMap<>();

  Examination(Duration patience) {
    this.patience = patience;
  }

  List<CheckResult> run(List<NamedCheck> checks) throws InterruptedException {
    ExecutorService threads = Executors.newCachedThreadPool(this::thread);
    try {
      long started = System.nanoTime();
      List<Future<List<Finding>>> running = new ArrayList<>();
      for (NamedCheck check : checks) {
        running.add(start(threads, check));
      }
      List<CheckResult> results = new ArrayList<>();
      for (int i = 0; i < checks.size(); i++) {
        NamedCheck check = checks.get(i);
        long left = patience.toNanos() - (System.nanoTime() - started);
        results.add(
            new CheckResult(check.name(), check.tags(), await(check, running.get(i), left)));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private Thread thread(Runnable body) {
    Thread thread = new Thread(body, "health-check-" + number.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  private Future<List<Finding>> start(ExecutorService threads, NamedCheck check) {
    if (stuck.containsKey(check.check())) {
      FutureTask<List<Finding>> told = new FutureTask<>(() -> List.of(silent(check)));
      told.run();
      return told;
    }
    return threads.submit(() -> guarded(check.check()));
  }

  /** Plugins see their own classes, as everywhere; what they do to the thread ends with it. */
  private List<Finding> guarded(HealthCheck check) throws Exception {
    Thread.currentThread().setContextClassLoader(check.getClass().getClassLoader());
    stuck.put(check, Thread.currentThread());
    try {
      List<Finding> findings = check.check();
      return findings == null || findings.isEmpty()
          ? List.of(Finding.error("It found nothing, which no check may", "Report it."))
          : List.copyOf(findings);
    } finally {
      stuck.remove(check);
    }
  }

  private List<Finding> await(NamedCheck check, Future<List<Finding>> running, long left)
      throws InterruptedException {
    try {
      return running.get(Math.max(0, left), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      running.cancel(true);
      return List.of(silent(check));
    } catch (ExecutionException e) {
      return List.of(
          Finding.error(
              "This could not be checked: " + e.getCause(),
              "Look into the worker's log, and report it."));
    }
  }

  private Finding silent(NamedCheck check) {
    Thread thread = stuck.get(check.check());
    StackTraceElement[] stack = thread == null ? new StackTraceElement[0] : thread.getStackTrace();
    return Finding.error(
        "No answer within %d s%s"
            .formatted(patience.toSeconds(), stack.length == 0 ? "" : "; it is in " + stack[0]),
        "Ask again. If it stays so, what it looks at hangs: look into the worker's log, and restart"
            + " the worker when its jobs allow.");
  }
}
