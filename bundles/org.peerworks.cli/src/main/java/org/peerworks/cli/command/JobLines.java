package org.peerworks.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The group of commands that look after jobs. */
@Command(
    name = "job",
    description = "Hand in jobs of any type, and look after the jobs of a worker.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      JobSubmitLine.class,
      JobTypesLine.class,
      JobLines.ListLine.class,
      JobLines.ShowLine.class,
      JobLines.LogLine.class,
      JobLines.AttachLine.class,
      JobLines.StopLine.class,
      JobLines.CancelLine.class
    },
    footerHeading = "%nExamples:%n",
    footer = "  ${COMMAND-FULL-NAME} list --session_string \"sleap-session:eyJy…\"")
final class JobLines {

  @Mixin private HelpOptions help;

  /** States as {@code --state} takes them. */
  enum State {
    queued,
    running,
    succeeded,
    failed,
    cancelled,
    timed_out,
    lost
  }

  /** A command on the jobs of one worker. */
  abstract static class JobLine implements Line {

    @Mixin private TargetOptions target;

    @Mixin private HelpOptions help;

    final TargetOptions options() {
      return target;
    }

    abstract Invocation command(Surroundings surroundings);

    final Invocation.Target target(Surroundings surroundings) {
      return target.target(surroundings);
    }

    @Override
    public final Parsed.Run run(Surroundings surroundings) {
      return new Parsed.Run(
          command(surroundings), Plans.client(target.dataDirectory(surroundings)));
    }
  }

  private abstract static class OneJobLine extends JobLine {

    @Parameters(paramLabel = "JOB", description = "Id of the job, as 'job list' shows it.")
    private String id;

    final String id() {
      return id;
    }
  }

  @Command(
      name = "list",
      description = "List the jobs of a worker, newest first, with their places in the queue.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  ${COMMAND-FULL-NAME} --session_string \"sleap-session:eyJy…\"",
        "  ${COMMAND-FULL-NAME} -s \"sleap-session:eyJy…\" --state queued --state running --json"
      })
  static final class ListLine extends JobLine {

    @Option(
        names = "--state",
        paramLabel = "STATE",
        order = 1,
        description = "Only jobs in this state; may be repeated: ${COMPLETION-CANDIDATES}.")
    private List<State> states = new ArrayList<>();

    @Option(names = "--mine", order = 2, description = "Only your own jobs.")
    private boolean mine;

    @Option(
        names = "--limit",
        paramLabel = "COUNT",
        order = 3,
        defaultValue = "50",
        converter = Numbers.Limit.class,
        description = "Most jobs to list. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Override
    Invocation command(Surroundings surroundings) {
      Set<String> names = new TreeSet<>();
      states.forEach(state -> names.add(state.name().toUpperCase(java.util.Locale.ROOT)));
      return new Invocation.JobList(target(surroundings), Set.copyOf(names), mine, limit);
    }
  }

  @Command(
      name = "show",
      description = "Show one job: its state and why, its times, what it returned.",
      footerHeading = "%nExample:%n",
      footer =
          "  ${COMMAND-FULL-NAME} 20261121-101500-4f2a9c --session_string \"sleap-session:eyJy…\"")
  static final class ShowLine extends OneJobLine {
    @Override
    Invocation command(Surroundings surroundings) {
      return new Invocation.JobShow(target(surroundings), id());
    }
  }

  @Command(
      name = "log",
      description = "Print the log of a job.",
      footerHeading = "%nExample:%n",
      footer = "  ${COMMAND-FULL-NAME} 20261121-101500-4f2a9c -f -s \"sleap-session:eyJy…\"")
  static final class LogLine extends OneJobLine {

    @Option(
        names = {"-f", "--follow"},
        order = 1,
        description = "Go on until the job has ended.")
    private boolean follow;

    @Option(
        names = "--offset",
        paramLabel = "BYTES",
        order = 2,
        defaultValue = "0",
        description = "Leave out this many bytes.")
    private long offset;

    @Override
    Invocation command(Surroundings surroundings) {
      if (offset < 0) {
        throw new UsageException("--offset is 0 or more, but was " + offset + ".");
      }
      return new Invocation.JobLog(target(surroundings), id(), offset, follow);
    }
  }

  @Command(
      name = "attach",
      description = {
        "Follow a job until it ends, and fetch what it returns.",
        "Ctrl-C leaves the job alone."
      },
      footerHeading = "%nExample:%n",
      footer =
          "  ${COMMAND-FULL-NAME} 20261121-101500-4f2a9c --session_string \"sleap-session:eyJy…\"")
  static final class AttachLine extends OneJobLine {

    @Option(
        names = {"-o", "--output"},
        paramLabel = "FILE",
        order = 1,
        description =
            "Where predictions go, or the folder for the files of other jobs than trainings."
                + " Default: the name that the job gave them; job_<id>.")
    private Path output;

    @Override
    Invocation command(Surroundings surroundings) {
      return new Invocation.JobAttach(
          target(surroundings),
          id(),
          Optional.ofNullable(output).map(path -> options().resolve(path, surroundings)));
    }
  }

  @Command(
      name = "stop",
      description = {
        "End a running job early and keep what it has so far; returns when it has ended.",
        "A training keeps what its model has learned. To throw it all away, cancel the job."
      },
      footerHeading = "%nExample:%n",
      footer =
          "  ${COMMAND-FULL-NAME} 20261121-101500-4f2a9c --session_string \"sleap-session:eyJy…\"")
  static final class StopLine extends OneJobLine {
    @Override
    Invocation command(Surroundings surroundings) {
      return new Invocation.JobStop(target(surroundings), id());
    }
  }

  @Command(
      name = "cancel",
      description = "End a job; returns when its program is gone.",
      footerHeading = "%nExample:%n",
      footer =
          "  ${COMMAND-FULL-NAME} 20261121-101500-4f2a9c --session_string \"sleap-session:eyJy…\"")
  static final class CancelLine extends OneJobLine {
    @Override
    Invocation command(Surroundings surroundings) {
      return new Invocation.JobCancel(target(surroundings), id());
    }
  }
}
