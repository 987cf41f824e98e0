package org.peerworks.health.check;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.peerworks.health.api.Finding;
import org.peerworks.job.api.JobType;
import org.peerworks.job.api.ProgramExecutor;
import org.peerworks.signaling.api.Room;
import org.peerworks.transport.api.Transport;

/** What a worker needs others for: room, transports, job types, programs. */
final class ServiceChecks {

  private static final String TRAINER = "sleap-nn";

  private ServiceChecks() {}

  static List<Finding> engine(boolean there) {
    return List.of(
        there
            ? Finding.ok("Runs")
            : Finding.error(
                "The job engine is not running: no job is taken",
                "Look into the worker's log for 'org.peerworks.job.engine'; 'scr:info"
                    + " org.peerworks.job.engine' says what it waits for."));
  }

  /**
   * @param reference of the room, null if this worker is in none
   */
  static List<Finding> room(Room room, ServiceReference<Room> reference) {
    if (room == null || reference == null) {
      return List.of(
          Finding.error(
              "This worker is in no room: no client finds it",
              "'worker:info' shows the server, and the log why it cannot be entered; 'peerworks"
                  + " doctor' looks at the way there."));
    }
    String name = "room '%s' of %s".formatted(room.session().roomId(), room.server().webSocket());
    if (!room.connected()) {
      return List.of(
          Finding.warning(
              "In " + name + ", but the server cannot be reached now; it is tried again",
              "See that the server runs and that the network leads there. Clients that are"
                  + " connected stay so."));
    }
    Object problem = reference.getProperty("room.problem");
    if (problem != null && !problem.toString().isEmpty()) {
      return List.of(
          Finding.error(
              "In " + name + ", but no client can come in: " + problem, "Mend what it says."));
    }
    return List.of(Finding.ok("In " + name));
  }

  static List<Finding> transports(Collection<ServiceReference<Transport>> transports) {
    TreeSet<String> names = new TreeSet<>();
    transports.forEach(one -> names.add(String.valueOf(one.getProperty(Transport.NAME))));
    return List.of(
        names.isEmpty()
            ? Finding.error(
                "There is no transport: no client can connect",
                "'lb' shows whether org.peerworks.transport.webrtc is active; 'peerworks doctor'"
                    + " names system libraries that it lacks.")
            : Finding.ok(String.join(", ", names)));
  }

  static List<Finding> types(Collection<ServiceReference<JobType>> types) {
    TreeSet<String> names = new TreeSet<>();
    types.forEach(one -> names.add(one.getProperty(JobType.TYPE) + " " + version(one)));
    return List.of(
        names.isEmpty()
            ? Finding.error(
                "There is no job type: no job can be handed in",
                "Install one, or start its bundle; 'lb' lists them.")
            : Finding.ok(String.join(", ", names)));
  }

  private static String version(ServiceReference<JobType> type) {
    Object named = type.getProperty(JobType.VERSION);
    Bundle bundle = type.getBundle();
    return named != null || bundle == null ? String.valueOf(named) : bundle.getVersion().toString();
  }

  static List<Finding> trainer(Supplier<ProgramExecutor> executor) {
    ProgramExecutor programs = executor.get();
    if (programs == null) {
      return List.of(
          Finding.error(
              "There is no program executor: no program can be run",
              "'lb' shows whether org.peerworks.job.process is active, the log why not."));
    }
    Optional<String> found = programs.describe(TRAINER);
    return List.of(
        found
            .map(Finding::ok)
            .orElseGet(
                () ->
                    Finding.error(
                        "No program '" + TRAINER + "' on this worker: training and tracking fail",
                        "Install sleap-nn, or set 'programs' in org.peerworks.job.process.cfg, or"
                            + " start the bundle org.peerworks.pose.")));
  }
}
