package org.peerworks.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.peerworks.cli.account.Browser;
import org.peerworks.cli.browse.BrowseCommand;
import org.peerworks.cli.browse.BrowseTerminalCommand;
import org.peerworks.cli.command.Invocation;
import org.peerworks.cli.command.OwnInvocation;
import org.peerworks.cli.connect.Connector;
import org.peerworks.cli.connect.Services;
import org.peerworks.cli.find.ResolvePathsCommand;
import org.peerworks.cli.jobs.JobCommands;
import org.peerworks.cli.jobs.SubmitCommand;
import org.peerworks.cli.jobs.TypesCommand;
import org.peerworks.cli.monitor.JobWatch;
import org.peerworks.cli.monitor.Monitor;
import org.peerworks.cli.select.Selector;
import org.peerworks.cli.serve.SignalCommand;
import org.peerworks.cli.serve.WorkerCommand;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.track.TrackCommand;
import org.peerworks.cli.track.TrackFoundCommand;
import org.peerworks.cli.track.TrackThereCommand;
import org.peerworks.cli.train.LabelsReader;
import org.peerworks.cli.train.TrainCommand;
import org.peerworks.cli.train.TrainFoundCommand;
import org.peerworks.cli.train.TrainThereCommand;

/** Runs commands, and says why one ended. */
final class Commands {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration START = Duration.ofSeconds(5);
  private static final Duration GLANCE = Duration.ofSeconds(1);

  private final Services services;
  private final LabelsReader reader;
  private final Console console;
  private final Path temporary;
  private final Selector selector;

  /**
   * @param temporary where packages are built
   */
  Commands(
      Services services, LabelsReader reader, Console console, Selector selector, Path temporary) {
    this.services = services;
    this.reader = reader;
    this.console = console;
    this.selector = selector;
    this.temporary = temporary;
  }

  /**
   * Runs a command on this thread; an interrupt asks it to end.
   *
   * @return exit status of the program
   */
  int run(Invocation invocation) {
    try {
      return dispatch(invocation);
    } catch (InterruptedException | IOException | RuntimeException e) {
      console.endStatus();
      Ending ending = Ending.of(e, Thread.interrupted());
      console.warn(ending.message());
      console.event("error", "message", ending.message(), "exit", ending.status());
      return ending.status();
    }
  }

  private int dispatch(Invocation invocation) throws IOException, InterruptedException {
    if (invocation instanceof Invocation.Worker worker) {
      return new WorkerCommand(services, console, PATIENCE, GLANCE).run(worker);
    } else if (invocation instanceof Invocation.Signal signal) {
      return new SignalCommand(services, console, START).run(signal);
    } else if (invocation instanceof Invocation.Train train) {
      try (JobWatch watch = watch(train.monitor())) {
        return Files.exists(train.pkg())
            ? new TrainCommand(connector(), reader, console, temporary).run(train, watch)
            : new TrainFoundCommand(connector(), console, selector).run(train, watch);
      }
    } else if (invocation instanceof Invocation.TrainThere train) {
      try (JobWatch watch = watch(train.monitor())) {
        return new TrainThereCommand(connector(), console).run(train, watch);
      }
    } else if (invocation instanceof Invocation.TrackThere track) {
      return new TrackThereCommand(connector(), console).run(track);
    } else if (invocation instanceof Invocation.Track track) {
      return track.data().stream().allMatch(Files::exists)
          ? new TrackCommand(connector(), reader, console, temporary).run(track)
          : new TrackFoundCommand(connector(), console, selector, temporary).run(track);
    }
    if (invocation instanceof Invocation.ResolvePaths resolve) {
      return new ResolvePathsCommand(connector(), console, selector).run(resolve);
    }
    if (invocation instanceof Invocation.BrowseTerminal browse) {
      return new BrowseTerminalCommand(services, console).run(browse);
    }
    if (invocation instanceof OwnInvocation own) {
      return new OwnCommands(console).run(own);
    }
    if (invocation instanceof Invocation.Browse browse) {
      return new BrowseCommand(services, console, Browser.ofDesktop()).run(browse);
    }
    return job((Invocation.OfClient) invocation);
  }

  private int job(Invocation.OfClient invocation) throws IOException, InterruptedException {
    if (invocation instanceof Invocation.JobAttach attach) {
      return new JobCommands(connector(), console).attach(attach);
    }
    if (invocation instanceof Invocation.JobSubmit submit) {
      return new SubmitCommand(connector(), console).run(submit);
    }
    Connector quiet = Connector.quiet(services, console);
    if (invocation instanceof Invocation.JobTypes types) {
      return new TypesCommand(quiet, console).run(types);
    }
    JobCommands jobs = new JobCommands(quiet, console);
    if (invocation instanceof Invocation.JobList list) {
      return jobs.list(list);
    } else if (invocation instanceof Invocation.JobShow show) {
      return jobs.show(show);
    } else if (invocation instanceof Invocation.JobLog log) {
      return jobs.log(log);
    } else if (invocation instanceof Invocation.JobStop stop) {
      return jobs.stop(stop);
    } else if (invocation instanceof Invocation.JobCancel cancel) {
      return jobs.cancel(cancel);
    }
    throw new IllegalArgumentException("No such command: " + invocation);
  }

  private JobWatch watch(Optional<Invocation.MonitorPorts> ports) {
    return ports.isPresent() ? new Monitor(ports.get(), console) : JobWatch.NONE;
  }

  private Connector connector() {
    return new Connector(services, console);
  }
}
