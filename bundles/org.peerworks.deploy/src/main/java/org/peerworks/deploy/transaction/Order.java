package org.peerworks.deploy.transaction;

import java.io.IOException;
import org.peerworks.deploy.RefusedException;
import org.peerworks.deploy.state.DeployedState;

/**
 * What somebody asks for.
 *
 * @param what in words
 * @param by who asks
 * @param dryRun only to be told what would happen
 * @param drained whether bundles with job types may go at once, as their jobs have ended
 * @param change from the present state to the one that is asked for
 */
record Order(String what, String by, boolean dryRun, boolean drained, Change change) {

  Order(String what, String by, boolean dryRun, Change change) {
    this(what, by, dryRun, false, change);
  }

  /** Makes a new state out of the present one. */
  @FunctionalInterface
  interface Change {
    DeployedState apply(DeployedState now, Intake intake) throws RefusedException, IOException;
  }
}
