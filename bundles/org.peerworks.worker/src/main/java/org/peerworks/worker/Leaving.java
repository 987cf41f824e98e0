package org.peerworks.worker;

import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.peerworks.job.api.Intake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the worker so that another version of it can go on: once no job runs that would fail by
 * that. The launcher calls it.
 */
@Component(service = Runnable.class, property = "peerworks.entry=leave")
public final class Leaving implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Leaving.class);

  private final BundleContext context;
  private final Intake intake;

  @Activate
  public Leaving(BundleContext context, @Reference(name = "intake") Intake intake) {
    this.context = context;
    this.intake = intake;
  }

  /** Returns at once. */
  @Override
  public void run() {
    LOG.info("The worker ends as soon as no job runs that cannot go on without it");
    intake.closeUntilRestart("The worker is being upgraded.");
    intake
        .leavable()
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                stop();
              } else {
                LOG.info("The worker does not end: {}", failure.getMessage());
              }
            });
  }

  private void stop() {
    try {
      context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).stop();
    } catch (BundleException e) {
      LOG.error("The worker does not end", e);
    }
  }
}
