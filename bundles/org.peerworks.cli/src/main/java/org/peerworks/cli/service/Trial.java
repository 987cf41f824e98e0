package org.peerworks.cli.service;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.peerworks.cli.command.ServiceInvocation.Patience;

/** Starts the worker, and watches whether it comes up and stays well. */
final class Trial {

  private static final long GLANCE_MILLIS = 100;

  private final Service service;
  private final Patience patience;

  Trial(Service service, Patience patience) {
    this.service = service;
    this.patience = patience;
  }

  /**
   * Starts what is to be started.
   *
   * @return why it is not well; empty if it is
   */
  Optional<String> start() throws IOException, InterruptedException {
    service.start();
    return watch();
  }

  /**
   * Watches what was started.
   *
   * @return why it is not well; empty if it is
   */
  Optional<String> watch() throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.ready().toNanos();
    Service.Status status = service.status();
    while (!status.active()) {
      if (status.down()) {
        return Optional.of("It did not come up. " + status.why());
      }
      if (System.nanoTime() - end > 0) {
        return Optional.of(
            "It was not ready after "
                + patience.ready().toSeconds()
                + " s. "
                + (status.why().isEmpty() ? "" : "It said: " + status.why()));
      }
      TimeUnit.MILLISECONDS.sleep(GLANCE_MILLIS);
      status = service.status();
    }
    return stays(status.pid());
  }

  private Optional<String> stays(long pid) throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.watch().toNanos();
    while (System.nanoTime() - end < 0) {
      TimeUnit.MILLISECONDS.sleep(GLANCE_MILLIS);
      Service.Status status = service.status();
      if (!status.active() || status.pid() != pid) {
        return Optional.of("It was ready, but did not stay so. " + status.why());
      }
    }
    return Optional.empty();
  }

  /**
   * Lets the worker end, in order and with the jobs that cannot go on without it.
   *
   * @return whether those jobs have ended
   */
  boolean end() throws IOException, InterruptedException {
    boolean emptied = true;
    if (service.status().active()) {
      service.drain();
      emptied = awaitEnd(patience.jobs());
    }
    service.stop();
    return emptied;
  }

  private boolean awaitEnd(Duration longest) throws IOException, InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    while (!service.status().down()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(GLANCE_MILLIS);
    }
    return true;
  }
}
