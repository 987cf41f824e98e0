package org.peerworks.cli.command;

/** What a command line came to. */
public sealed interface Parsed {

  /**
   * Help, version or a usage error; it has been printed.
   *
   * @param status exit status of the program
   */
  record Answered(int status) implements Parsed {}

  /**
   * A command to run.
   *
   * @param invocation what to do
   * @param plan what it needs
   * @param quiet whether logs of jobs are left out
   */
  record Run(Invocation invocation, LaunchPlan plan, boolean quiet) implements Parsed {

    Run(Invocation invocation, LaunchPlan plan) {
      this(invocation, plan, false);
    }
  }
}
