package org.peerworks.launcher;

import java.util.Optional;
import org.jline.utils.Signals;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What SIGUSR1 does: the worker takes no more jobs, and ends when all that run can go on without
 * it. So it is asked by whoever will start another version of it.
 */
final class DrainSignal {

  private static final Logger LOG = LoggerFactory.getLogger(DrainSignal.class);
  private static final long PATIENCE_MILLIS = 5_000;
  private static final String LEAVE = "(&(objectClass=java.lang.Runnable)(peerworks.entry=leave))";

  private DrainSignal() {}

  static void listen(Appliance appliance) {
    Signals.register("USR1", () -> leave(appliance));
  }

  private static void leave(Appliance appliance) {
    try {
      Optional<Runnable> leave = appliance.service(LEAVE, PATIENCE_MILLIS);
      if (leave.isPresent()) {
        leave.get().run();
      } else {
        LOG.info("The worker ends at once, as it has no job engine and so no jobs");
        appliance.context().getBundle(Constants.SYSTEM_BUNDLE_LOCATION).stop();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (BundleException | RuntimeException e) {
      LOG.error("The worker cannot be emptied; SIGTERM ends it as it is", e);
    }
  }
}
