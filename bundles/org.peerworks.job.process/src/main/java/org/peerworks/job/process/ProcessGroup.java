package org.peerworks.job.process;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Signals to one program's process group. Never to one that merely has its number. */
final class ProcessGroup {

  /** Set for each program, so that its processes are known even when their leader is gone. */
  static final String MARK = "PEERWORKS_STEP";

  private static final long SIGNAL_SECONDS = 5;

  private final Leader leader;
  private final String mark;
  private final ProcessTable processes;

  ProcessGroup(Leader leader, String mark, ProcessTable processes) {
    this.leader = leader;
    this.mark = mark;
    this.processes = processes;
  }

  boolean leaderRuns() throws IOException {
    return processes.runs(leader);
  }

  /** The program's processes that run, its leader among them. */
  List<Long> members() throws IOException {
    List<Long> members = processes.group(leader.pid());
    boolean ours =
        leaderRuns() || members.stream().anyMatch(pid -> processes.hasVariable(pid, MARK, mark));
    return ours ? members : List.of();
  }

  /** Asks all to end, also those that are stopped. */
  void askToEnd() throws IOException {
    signal("TERM");
  }

  /** As Ctrl-C does at a terminal. */
  void interrupt() throws IOException {
    signal("INT");
  }

  private void signal(String name) throws IOException {
    if (members().isEmpty()) {
      return;
    }
    // the ids are ours: the script is fixed, and no user text is in it
    Process kill =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "kill -s \"$1\" -- \"-$2\"; kill -s CONT -- \"-$2\"",
                "sh",
                name,
                Long.toString(leader.pid()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!kill.waitFor(SIGNAL_SECONDS, TimeUnit.SECONDS)) {
        kill.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills all but the leader, which then says how the program ended. */
  void killFollowers() throws IOException {
    for (long pid : members()) {
      if (pid != leader.pid()) {
        kill(pid);
      }
    }
  }

  void killAll() throws IOException {
    members().forEach(ProcessGroup::kill);
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }
}
