package org.peerworks.job.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** What a job type has while it does one job. Thread-safe. */
@ProviderType
public interface JobContext {

  String jobId();

  Parameters parameters();

  /** The input files by name. Read only. */
  Map<String, Path> inputs();

  /** A directory of this job alone, for files on the way. Kept as it is if the job is run again. */
  Path workDirectory();

  /** A directory of this job alone; files that are named in the result must lie in here. */
  Path outputDirectory();

  /** The slots that this job holds. */
  List<Slot> slots();

  /**
   * Runs a program to its end, outside the worker's JVM. Blocks. Its output is appended to the
   * job's log.
   *
   * <p>When the job is run again, a step of the same name is not started twice: if it has ended its
   * recorded exit is returned, if it still runs it is attached to.
   *
   * @param name letters, digits, {@code . _ -}; unique in the job; at most 64 characters
   * @param lines receives the program's output line by line without line ends, in order, on one
   *     thread at a time, each at most 8 KiB long; progress redraws that end in a carriage return
   *     are lines too
   * @return how the program ended, after its last line was delivered
   * @throws JobStopped the job is to end; the program is gone
   * @throws IOException the program cannot be started; the message says why
   */
  StepExit step(String name, Program program, Consumer<String> lines) throws IOException;

  /**
   * Sends the program of the step that runs SIGINT, as Ctrl-C does at a terminal. What it makes of
   * that is its affair: nothing is killed.
   *
   * @return false if no program runs that could be sent it
   */
  boolean interruptStep();

  /**
   * Says who takes what the job is asked from outside, from now until {@link JobType#run} returns.
   * What was asked before is handed on at once. Only for types with {@link JobType#CONTROL}.
   */
  void control(JobControl control);

  /** Appends one line to the job's log. */
  void log(String line);

  void progress(Progress progress);

  /**
   * Hands a message of the job's program to whoever watches the job now ({@link
   * JobEvent.Reported}). Nothing is stored; where nobody keeps up the oldest ones are left out.
   *
   * @param json one JSON object
   * @throws IllegalArgumentException if it is no JSON object of at most 16 KiB as UTF-8 that is
   *     nested at most 16 deep
   */
  void report(String json);

  /** Throws if the job is to end. Call it often in work that runs no step. */
  void checkStopped() throws JobStopped;
}
