package org.peerworks.job.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.peerworks.job.api.RunningProgram;
import org.peerworks.job.api.StepExit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One program, looked at from time to time until it has ended. */
final class LocalProgram implements RunningProgram {

  private static final Logger LOG = LoggerFactory.getLogger(LocalProgram.class);

  /** For what a leader left behind that was killed by somebody else. */
  private static final Duration ORPHANS_GRACE = Duration.ofSeconds(5);

  /** For a leader to say how the program ended, after its followers were killed. */
  private static final Duration LEADER_GRACE = Duration.ofSeconds(2);

  private final Leader leader;
  private final StepFiles files;
  private final ProcessGroup group;
  private final ProgramWatch watch;
  private final CompletableFuture<Optional<StepExit>> exit = new CompletableFuture<>();
  private final CompletableFuture<Optional<StepExit>> stopped = new CompletableFuture<>();
  private final Object lock = new Object();

  /** When to kill, by {@link System#nanoTime()}; null while nobody asked to stop. */
  private Long deadline;

  private final AtomicBoolean interrupted = new AtomicBoolean();

  // the rest belongs to the thread that looks
  private boolean asked;
  private boolean warned;
  private boolean stoppedTold;
  private Optional<StepExit> result;

  LocalProgram(Leader leader, StepFiles files, ProcessGroup group, ProgramWatch watch) {
    this.leader = leader;
    this.files = files;
    this.group = group;
    this.watch = watch;
  }

  @Override
  public long pid() {
    return leader.pid();
  }

  @Override
  public CompletionStage<Optional<StepExit>> exit() {
    return exit.copy();
  }

  @Override
  public void interrupt() {
    interrupted.set(true);
    watch.lookNow(this);
  }

  @Override
  public CompletionStage<Optional<StepExit>> stop(Duration grace) {
    endWithin(grace);
    watch.lookNow(this);
    return stopped.copy();
  }

  private void endWithin(Duration grace) {
    long wanted = System.nanoTime() + grace.toNanos();
    synchronized (lock) {
      if (deadline == null || wanted - deadline < 0) {
        deadline = wanted;
      }
    }
  }

  /**
   * Looks after the program. Called by one thread at a time.
   *
   * @return whether to look again
   */
  boolean look() {
    try {
      if (result == null) {
        lookForEnd();
      }
      if (interrupted.getAndSet(false) && result == null) {
        group.interrupt();
      }
      if (stopping()) {
        end();
      }
      warned = false;
    } catch (IOException e) {
      if (!warned) {
        LOG.warn("Cannot look after program {} of '{}'", pid(), files.directory(), e);
      }
      warned = true;
    }
    return result == null || (stopping() && !stoppedTold);
  }

  /** Whether it shall end. */
  boolean stopping() {
    synchronized (lock) {
      return deadline != null;
    }
  }

  private void lookForEnd() throws IOException {
    Optional<StepExit> found = files.exit();
    if (found.isEmpty()) {
      if (group.leaderRuns()) {
        return;
      }
      found = files.exit(); // may have been written meanwhile
    }
    if (found.isEmpty() && !group.members().isEmpty()) {
      endWithin(ORPHANS_GRACE);
      return;
    }
    if (found.isEmpty()) {
      LOG.warn("Program {} of '{}' vanished without an exit status", pid(), files.directory());
    }
    finish(found);
  }

  private void end() throws IOException {
    List<Long> members = group.members();
    if (members.isEmpty()) {
      if (result == null) {
        lookForEnd();
      }
      if (result != null) {
        stoppedTold = true;
        complete(stopped);
      }
      return;
    }
    if (!asked) {
      asked = true;
      group.askToEnd();
      return;
    }
    long late;
    synchronized (lock) {
      late = System.nanoTime() - deadline;
    }
    if (late > LEADER_GRACE.toNanos()) {
      group.killAll();
    } else if (late >= 0) {
      group.killFollowers();
    }
  }

  /** Fails what waits for the end: this executor does not look any more. */
  void abandon() {
    IllegalStateException gone =
        new IllegalStateException(
            "The program executor is gone, but program "
                + pid()
                + " may go on; find it again by '"
                + files.directory()
                + "'.");
    exit.completeExceptionally(gone);
    stopped.completeExceptionally(gone);
  }

  private void finish(Optional<StepExit> how) {
    result = how;
    try {
      files.afterEnd();
    } catch (IOException e) {
      LOG.warn("Cannot delete the temporary files of '{}'", files.directory(), e);
    }
    complete(exit);
  }

  private void complete(CompletableFuture<Optional<StepExit>> future) {
    Optional<StepExit> how = result;
    watch.callBack(() -> future.complete(how));
  }
}
