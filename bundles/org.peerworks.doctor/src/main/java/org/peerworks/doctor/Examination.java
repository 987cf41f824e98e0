package org.peerworks.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Runs all checks at once; none waits for another, and none stops another. */
final class Examination implements AutoCloseable {

  private final AtomicInteger number = new AtomicInteger();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          body -> {
            Thread thread = new Thread(body, "doctor-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param told gets what each check found, in the order of the checks, as soon as it is known
   * @return the same
   * @throws InterruptedException if this thread was interrupted; the checks are too
   */
  List<Diagnosis> run(List<Check> checks, Consumer<Diagnosis> told) throws InterruptedException {
    long started = System.nanoTime();
    List<Future<List<Finding>>> running = new ArrayList<>();
    for (Check check : checks) {
      running.add(threads.submit(check::run));
    }
    List<Diagnosis> diagnoses = new ArrayList<>();
    for (int i = 0; i < checks.size(); i++) {
      Check check = checks.get(i);
      long left = check.deadline().toNanos() - (System.nanoTime() - started);
      Diagnosis diagnosis =
          new Diagnosis(check.name(), await(running.get(i), check.deadline(), left));
      told.accept(diagnosis);
      diagnoses.add(diagnosis);
    }
    return diagnoses;
  }

  private static List<Finding> await(Future<List<Finding>> check, Duration deadline, long left)
      throws InterruptedException {
    try {
      return check.get(Math.max(0, left), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      check.cancel(true);
      return List.of(
          Finding.error(
              "No answer within " + deadline.toSeconds() + " s",
              "Try again when the machine has less to do."));
    } catch (ExecutionException e) {
      return List.of(
          Finding.error(
              "This could not be checked: " + e.getCause(), "Report it; it should not happen."));
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
