package org.peerworks.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.peerworks.lib.account.Places;

/** One command with all that was said about it; paths are absolute. */
public sealed interface Invocation
    permits Invocation.Worker,
        Invocation.Signal,
        Invocation.Doctor,
        Invocation.OfClient,
        OwnInvocation {

  /** Whether standard output carries JSON and nothing else. */
  boolean json();

  /**
   * Runs jobs until it is stopped.
   *
   * @param server where it meets its clients; its configuration says if empty
   * @param withSignal whether the signalling server runs inside
   */
  record Worker(Optional<Server> server, boolean withSignal, boolean shell, boolean json)
      implements Invocation {}

  /**
   * Lets peers meet until it is stopped.
   *
   * @param server where it listens; its configuration says if empty
   */
  record Signal(Optional<Server> server, boolean json) implements Invocation {}

  /**
   * Examines this machine; the launcher does it, since it works without a framework too.
   *
   * @param serverTold whether an option or a variable names the server
   */
  record Doctor(Server server, boolean serverTold, boolean json) implements Invocation {}

  /**
   * Trains models.
   *
   * @param pkg training package or labels
   * @param configs training configurations for bare labels, in order; empty for defaults
   * @param videos whether videos go along that bare labels need
   * @param typed the package or labels, which may be the worker's
   * @param monitor where a monitor of SLEAP listens on this machine
   * @param deprecatedName whether it was called {@code client}
   */
  record Train(
      Target target,
      Submission submission,
      Path pkg,
      List<Path> configs,
      boolean videos,
      Typed typed,
      Optional<MonitorPorts> monitor,
      boolean deprecatedName)
      implements OfClient {}

  /**
   * Tracks with trained models.
   *
   * @param data labels; several make a job each
   * @param models folders or globs below the working directory, as typed
   * @param output where the predictions go: a file, or with several labels a folder
   * @param options further options of the tracker by name, in order; flags have no value
   * @param videos whether videos go along that the labels need
   * @param typed the labels, which may be the worker's
   */
  record Track(
      Target target,
      Submission submission,
      List<Path> data,
      List<String> models,
      Path output,
      boolean onlySuggestedFrames,
      Map<String, String> options,
      boolean videos,
      Typed typed)
      implements OfClient {}

  /**
   * Files as they were typed, which may be the worker's.
   *
   * @param paths paths, names or patterns, in their order
   * @param mappings beginnings of paths elsewhere, and what stands there at the worker
   */
  record Typed(List<String> paths, Map<String, String> mappings) {}

  /**
   * Trains models on files of the worker. Paths are as typed: absolute ones are the worker's,
   * others are files here that go along.
   *
   * @param values further parameters of the job by name
   * @param infer whether the models track the labels' suggested frames afterwards
   * @param monitor where a monitor of SLEAP listens on this machine
   */
  record TrainThere(
      Target target,
      Submission submission,
      List<String> configs,
      Optional<String> labels,
      Optional<String> validationLabels,
      Optional<String> resume,
      Optional<String> pkg,
      Map<String, Object> values,
      Optional<Boolean> infer,
      Optional<MonitorPorts> monitor)
      implements OfClient {}

  /**
   * Tracks files of the worker with its models. Paths are as typed: absolute ones are the worker's.
   *
   * @param data labels or videos; several make a job each
   * @param output where predictions go: at the worker if absolute, else here
   * @param values further parameters of the job by name
   */
  record TrackThere(
      Target target,
      Submission submission,
      List<String> data,
      List<String> models,
      Optional<String> output,
      Map<String, Object> values)
      implements OfClient {}

  /**
   * Makes a copy of a project of the worker with the paths that its videos have there.
   *
   * @param slp path, name or pattern of the project
   * @param output absolute path of the copy at the worker; beside the project if empty
   * @param mappings beginnings of paths in the project, and what stands there at the worker
   */
  record ResolvePaths(
      Target target, String slp, Optional<String> output, Map<String, String> mappings)
      implements OfClient {}

  /** Shows the files of a worker at the terminal. */
  record BrowseTerminal(Target target) implements OfClient {}

  /**
   * Loopback ports of a monitor of SLEAP.
   *
   * @param controller where it says what the trainer shall do
   * @param publish where it hears how the training goes
   */
  record MonitorPorts(int controller, int publish) {}

  /**
   * Hands in a job of any type.
   *
   * @param type name of the job type
   * @param files that go along, under their own names
   * @param values parameters as they were typed: {@code NAME=VALUE}
   * @param parameters file with parameters as a JSON object, which values are put over
   * @param output folder that gets what the job returns; one of the job's own if empty
   */
  record JobSubmit(
      Target target,
      Submission submission,
      String type,
      List<Path> files,
      List<String> values,
      Optional<Path> parameters,
      Optional<Path> output)
      implements OfClient {}

  /**
   * Lists the job types that take jobs now.
   *
   * @param type only this one, with its parameters; all if empty
   */
  record JobTypes(Target target, Optional<String> type) implements OfClient {}

  /**
   * Lists jobs, newest first.
   *
   * @param states upper-case names of job states; empty for all
   * @param limit most jobs to list
   */
  record JobList(Target target, Set<String> states, boolean onlyMine, int limit)
      implements OfClient {}

  /** Shows one job. */
  record JobShow(Target target, String id) implements OfClient {}

  /**
   * Prints a job's log.
   *
   * @param offset first byte
   * @param follow whether to wait for what is added
   */
  record JobLog(Target target, String id, long offset, boolean follow) implements OfClient {}

  /**
   * Follows a job and fetches what it returns.
   *
   * @param output where predictions go, or the folder for files of other jobs; the name that the
   *     worker gives them if empty
   */
  record JobAttach(Target target, String id, Optional<Path> output) implements OfClient {}

  /** Ends a running job early; it keeps what it has. */
  record JobStop(Target target, String id) implements OfClient {}

  /** Ends a job. */
  record JobCancel(Target target, String id) implements OfClient {}

  /** A command that talks to a worker. */
  sealed interface OfClient extends Invocation {
    Target target();

    @Override
    default boolean json() {
      return target().json();
    }
  }

  /**
   * Shows the files of a worker in a browser, until it is stopped.
   *
   * @param port to listen on if it is free
   * @param browser whether to open the browser
   */
  record Browse(Target target, int port, boolean browser) implements OfClient {}

  /**
   * Which worker, and from where.
   *
   * @param session session string as typed; otherwise the room is there
   * @param token of the room; without it the user's account opens the room
   * @param choice which of the workers in the room
   * @param access what the user can show
   * @param workingDirectory what relative paths start from and where results go
   * @param interactive whether a question may be asked
   */
  record Target(
      Server server,
      Optional<String> session,
      Optional<String> room,
      Optional<String> token,
      Choice choice,
      Access access,
      Path workingDirectory,
      boolean interactive,
      boolean json) {

    /** Without the secrets. */
    @Override
    public String toString() {
      return "Target[server=" + server + ", room=" + room + ", choice=" + choice + "]";
    }
  }

  /**
   * Which of the workers in a room.
   *
   * @param workerId its id or name
   * @param automatic whether to take the best one
   * @param minGpuMemory least memory of its GPU, in MB; 0 for any
   * @param protocol which protocol to speak with it; blank to find out
   */
  record Choice(Optional<String> workerId, boolean automatic, int minGpuMemory, String protocol) {}

  /**
   * What a user can show to a server and to a worker.
   *
   * @param places where the user's files are
   * @param roomSecret as given on the command line; a secret
   */
  record Access(Places places, Optional<String> roomSecret) {

    /** Without the secret. */
    @Override
    public String toString() {
      return "Access[]";
    }
  }

  /**
   * How a job is handed in.
   *
   * @param priority 0 to 10; the default of the worker if empty
   * @param timeout longest run; zero for the default of the worker
   */
  record Submission(Optional<Integer> priority, Duration timeout) {}
}
