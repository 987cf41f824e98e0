package org.peerworks.cli.command;

import picocli.CommandLine.Option;

/** How much of a job is shown; the first programs have both words. */
final class LogOptions {

  @Option(
      names = {"-v", "--verbose"},
      order = 72,
      description = "Show the job's log, which is the default.")
  private boolean verbose;

  @Option(
      names = {"-q", "--quiet"},
      order = 73,
      description = "Leave out the job's log; its progress and what comes of it are shown.")
  private boolean quiet;

  /** The same command, with as much of the job's log as is wanted. */
  Parsed.Run apply(Parsed.Run run) {
    if (verbose && quiet) {
      throw new UsageException("--verbose and --quiet exclude each other. Leave one.");
    }
    return new Parsed.Run(run.invocation(), run.plan(), quiet);
  }
}
