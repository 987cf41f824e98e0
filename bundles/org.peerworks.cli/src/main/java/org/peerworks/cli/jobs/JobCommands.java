package org.peerworks.cli.jobs;

import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.command.Invocation.JobAttach;
import org.peerworks.cli.command.Invocation.JobCancel;
import org.peerworks.cli.command.Invocation.JobList;
import org.peerworks.cli.command.Invocation.JobLog;
import org.peerworks.cli.command.Invocation.JobShow;
import org.peerworks.cli.command.Invocation.JobStop;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.connect.Connector;
import org.peerworks.cli.job.JobFollower;
import org.peerworks.cli.job.JobJson;
import org.peerworks.cli.job.JobRun;
import org.peerworks.cli.job.OutputFiles;
import org.peerworks.cli.job.Results;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.track.Predictions;
import org.peerworks.cli.train.ModelFolders;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobPage;
import org.peerworks.job.api.JobQuery;
import org.peerworks.job.api.JobState;

/** Looks after the jobs of a worker. */
public final class JobCommands {

  private static final int PAGE = 200;

  private final Connector connector;
  private final Console console;

  public JobCommands(Connector connector, Console console) {
    this.connector = connector;
    this.console = console;
  }

  public int list(JobList list) throws InterruptedException {
    try (Connection connection = connector.open(list.target())) {
      List<Job> jobs = jobs(connection, list);
      if (console.json()) {
        console.emit(Map.of("jobs", JobJson.of(jobs)));
      } else if (jobs.isEmpty()) {
        console.say("No jobs.");
      } else {
        new JobTable(ZoneId.systemDefault()).lines(jobs, console.width()).forEach(console::say);
      }
      return ExitStatus.SUCCESS;
    }
  }

  public int show(JobShow show) throws InterruptedException {
    try (Connection connection = connector.open(show.target())) {
      Job job = connection.await(connection.jobs().get(show.id()));
      if (console.json()) {
        console.emit(JobJson.of(job));
      } else {
        new JobTable(ZoneId.systemDefault()).details(job).forEach(console::say);
      }
      return ExitStatus.SUCCESS;
    }
  }

  public int log(JobLog log) throws InterruptedException {
    try (Connection connection = connector.open(log.target())) {
      Job before = connection.await(connection.jobs().get(log.id()));
      if (new JobFollower(connection, console).log(log.id(), log.offset(), log.follow())
          || endedMeanwhile(connection, before)) {
        return ExitStatus.SUCCESS;
      }
      throw CommandFailure.refused(
          "There is no log from there on, or it is not yours to read.", null);
    }
  }

  /** A log that said nothing until its job ended was followed to its end. */
  private static boolean endedMeanwhile(Connection connection, Job before)
      throws InterruptedException {
    return !before.state().isFinal()
        && connection.await(connection.jobs().get(before.id())).state().isFinal();
  }

  public int stop(JobStop stop) throws InterruptedException {
    try (Connection connection = connector.open(stop.target())) {
      Job before = connection.await(connection.jobs().get(stop.id()));
      Job job = connection.await(connection.jobs().stop(stop.id()));
      if (console.json()) {
        console.emit(JobJson.of(job));
      } else if (before.state().isFinal()) {
        console.say("Job " + job.id() + " had ended before: " + job.state() + ".");
      } else {
        console.say("Job " + job.id() + " has ended: " + job.state() + ". " + job.reason());
      }
      return ExitStatus.SUCCESS;
    }
  }

  public int cancel(JobCancel cancel) throws InterruptedException {
    try (Connection connection = connector.open(cancel.target())) {
      Job job = connection.await(connection.jobs().cancel(cancel.id()));
      if (console.json()) {
        console.emit(JobJson.of(job));
      } else if (job.state() == JobState.CANCELLED) {
        console.say("Job " + job.id() + " is cancelled.");
      } else {
        console.say("Job " + job.id() + " had ended before: " + job.state() + ".");
      }
      return ExitStatus.SUCCESS;
    }
  }

  public int attach(JobAttach attach) throws IOException, InterruptedException {
    try (Connection connection = connector.open(attach.target())) {
      return new JobRun(connection, console)
          .attach(attach.id(), job -> results(connection, attach, job).fetch(job));
    }
  }

  private Results results(Connection connection, JobAttach attach, Job job) {
    return switch (job.type()) {
      case "train" ->
          new ModelFolders(
              connection, console, attach.target().workingDirectory(), LocalDateTime::now);
      case "track" ->
          new Predictions(connection, console, attach.target().workingDirectory(), attach.output());
      default ->
          new OutputFiles(connection, console, attach.target().workingDirectory(), attach.output());
    };
  }

  private static List<Job> jobs(Connection connection, JobList list) throws InterruptedException {
    Set<JobState> states = EnumSet.noneOf(JobState.class);
    list.states().forEach(name -> states.add(JobState.valueOf(name)));
    List<Job> jobs = new ArrayList<>();
    String before = "";
    do {
      int limit = Math.min(PAGE, list.limit() - jobs.size());
      JobPage page =
          connection.await(
              connection.jobs().list(new JobQuery(states, list.onlyMine(), before, limit)));
      jobs.addAll(page.jobs());
      before = page.jobs().isEmpty() ? "" : page.next();
    } while (!before.isEmpty() && jobs.size() < list.limit());
    return jobs;
  }
}
