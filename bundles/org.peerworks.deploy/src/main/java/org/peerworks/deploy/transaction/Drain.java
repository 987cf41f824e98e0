package org.peerworks.deploy.transaction;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.osgi.framework.Bundle;
import org.peerworks.deploy.apply.ChangeFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the jobs of bundles end that are about to be restarted, as something that they use changes.
 * Their types take no new jobs until this is closed.
 */
final class Drain implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

  private final JobVersions versions;
  private final List<Bundle> bundles;

  private Drain(JobVersions versions, List<Bundle> bundles) {
    this.versions = versions;
    this.bundles = bundles;
  }

  /**
   * Waits until no job is left; returns at once where there are none.
   *
   * @param restarted bundles that will be restarted
   * @throws ChangeFailedException some jobs have not ended in time; their types take jobs again
   */
  static Drain of(
      JobVersions versions, Collection<Bundle> restarted, Duration patience, String reason)
      throws ChangeFailedException {
    Drain drain =
        new Drain(
            versions,
            restarted.stream()
                .filter(bundle -> versions.serves(bundle) && !versions.isFree(bundle))
                .toList());
    versions.hand(List.of(), drain.bundles, "It is restarted soon (" + reason + ").");
    long end = System.nanoTime() + patience.toNanos();
    for (Bundle bundle : drain.bundles) {
      LOG.info("Waits for the jobs of {} to end, to {}", Leaving.title(bundle), reason);
      while (!versions.isFree(bundle)) {
        if (System.nanoTime() - end > 0) {
          drain.close();
          throw new ChangeFailedException(
              "%s has to be restarted for it, but its jobs have not ended within %d s ('drainSeconds')."
                  .formatted(Leaving.title(bundle), patience.toSeconds()));
        }
        pause(drain);
      }
    }
    return drain;
  }

  /** Those that had jobs. */
  List<Bundle> bundles() {
    return bundles;
  }

  private static void pause(Drain drain) throws ChangeFailedException {
    try {
      JobVersions.pause();
    } catch (ChangeFailedException e) {
      drain.close();
      throw e;
    }
  }

  /** The types take jobs again. */
  @Override
  public void close() {
    versions.hand(bundles, List.of(), "");
  }
}
