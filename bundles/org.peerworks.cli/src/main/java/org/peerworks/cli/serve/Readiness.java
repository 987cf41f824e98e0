package org.peerworks.cli.serve;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.peerworks.cli.connect.Services;
import org.peerworks.cli.connect.Services.Named;
import org.peerworks.job.api.JobAccess;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.ServerAddress;

/** Whether a worker that is in its room can take jobs. */
final class Readiness {

  /** Why no peer can come in; empty if one can. Beside the worker's room. */
  private static final String PROBLEM = "room.problem";

  private static final Set<String> NO_PROBLEM = Set.of("", "null");

  private final Services services;
  private final boolean withSignal;

  /**
   * @param withSignal whether the signalling server belongs to this worker
   */
  Readiness(Services services, boolean withSignal) {
    this.services = services;
    this.withSignal = withSignal;
  }

  /**
   * What is missing, in words for people.
   *
   * @param patience how long each service may take
   * @return empty if jobs can come
   */
  List<String> missing(Duration patience) throws InterruptedException {
    List<String> missing = new ArrayList<>();
    if (services.await(JobAccess.class, "", patience).isEmpty()) {
      missing.add("the job engine has not started");
    }
    services.all(Room.class, PROBLEM).stream()
        .map(Named::name)
        .filter(problem -> !NO_PROBLEM.contains(problem))
        .forEach(missing::add);
    if (withSignal && services.await(ServerAddress.class, "", patience).isEmpty()) {
      missing.add("its own signalling server does not listen");
    }
    return missing;
  }
}
