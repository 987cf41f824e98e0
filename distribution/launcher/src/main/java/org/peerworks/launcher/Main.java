package org.peerworks.launcher;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.peerworks.cli.OwnCommands;
import org.peerworks.cli.command.Invocation;
import org.peerworks.cli.command.LaunchPlan;
import org.peerworks.cli.command.OwnInvocation;
import org.peerworks.cli.command.Parsed;
import org.peerworks.cli.command.Words;

/**
 * Starts Peerworks: reads the command line, starts a framework with the features that the command
 * needs, and runs the command in it. Exit statuses below 64 are the command's, the others are
 * {@link ExitStatus}.
 */
public final class Main {

  /**
   * Whether a worker may make an archive of its classes; {@code true} by default, and {@link
   * WorkerRehearsal#PART} in the process that makes it.
   */
  static final String REHEARSE = "peerworks.rehearse";

  private static final long ENTRY_TIMEOUT_MILLIS = 30_000;
  private static final long STOP_TIMEOUT_MILLIS = 4_500;

  private Main() {}

  public static void main(String[] args) {
    System.setProperty("peerworks.version", Version.current());
    Parsed parsed = Words.parse(args);
    int status =
        parsed instanceof Parsed.Run run ? launch(run, args) : ((Parsed.Answered) parsed).status();
    Interruption.haltSoon(status);
    // The native WebRTC library prints to standard output while the process exits; nobody shall
    // read that.
    System.out.flush();
    System.out.close();
    System.exit(status);
  }

  private static int launch(Parsed.Run command, String[] args) {
    LaunchPlan plan = command.plan();
    try {
      if (command.invocation() instanceof OwnInvocation own) {
        Interruption.of(Thread.currentThread());
        return OwnCommands.runInProcess(own);
      }
      Installation installation =
          Installation.at(Path.of(System.getProperty("peerworks.home", ".")));
      if (command.invocation() instanceof Invocation.Doctor doctor) {
        return new DoctorRun(installation, plan).run(doctor);
      }
      Path data = plan.dataDirectory();
      prepare(data);
      LogSetup.configure(
          data.resolve("logs").resolve(role(plan) + ".log"),
          LogLimits.read(List.of(installation.config(), data.resolve("config"))),
          console(plan));
      return run(installation, plan, args);
    } catch (LaunchException e) {
      System.err.println(e.getMessage());
      return e.status();
    }
  }

  private static int run(Installation installation, LaunchPlan plan, String[] args)
      throws LaunchException {
    Interruption interruption = Interruption.of(Thread.currentThread());
    String rehearse = System.getProperty(REHEARSE, "true");
    if (rehearse.equals(WorkerRehearsal.PART)) {
      WorkerRehearsal.endWithStarter();
    }
    try (Storage storage = Storage.of(plan.dataDirectory(), role(plan), plan.privateFramework())) {
      System.setProperty("java.io.tmpdir", storage.temporary().toString());
      ConfigRollback.finish(plan.dataDirectory());
      FeatureSet features =
          FeatureSet.read(
              installation,
              ConfiguredFeatures.with(plan.features(), installation, plan.dataDirectory()));
      Appliance appliance =
          Appliance.start(
              installation,
              features,
              plan.dataDirectory(),
              storage.framework(),
              plan.configuration());
      // Somebody may stop the framework from its shell.
      appliance.onStopped(interruption::interruptCommand);
      int status;
      try (ClassArchive archive = storage.classes()) {
        if (role(plan).equals("worker")) {
          DrainSignal.listen(appliance);
        }
        if (role(plan).equals("worker") && Boolean.parseBoolean(rehearse)) {
          archive.makeSoon(new WorkerRehearsal(installation), WorkerRehearsal.MARKER);
        }
        status = command(appliance, args);
        interruption.disarm();
      }
      return appliance.stop(STOP_TIMEOUT_MILLIS) ? status : ExitStatus.STUCK;
    } catch (LaunchException e) {
      if (interruption.isAsked()) {
        return Interruption.STATUS; // whoever ends a start need not be told that it failed
      }
      throw e;
    }
  }

  private static int command(Appliance appliance, String[] args) throws LaunchException {
    try {
      Optional<ToIntFunction<String[]>> entry = appliance.entry(ENTRY_TIMEOUT_MILLIS);
      if (entry.isEmpty()) {
        throw new LaunchException(
            ExitStatus.INSTALLATION,
            "The command line did not start within "
                + ENTRY_TIMEOUT_MILLIS / 1000
                + " s. The log in the data directory says why.");
      }
      return entry.get().applyAsInt(args);
    } catch (InterruptedException e) {
      return Interruption.STATUS;
    } catch (LaunchException | RuntimeException e) {
      appliance.stop(STOP_TIMEOUT_MILLIS);
      throw e instanceof LaunchException known
          ? known
          : new LaunchException(
              ExitStatus.INTERNAL, "Something went wrong that should not: " + e, e);
    }
  }

  private static String role(LaunchPlan plan) {
    if (plan.privateFramework()) {
      return "client";
    }
    return plan.features().contains("worker") ? "worker" : "signal";
  }

  /** What goes to standard error: nothing among a command's own words, little around a prompt. */
  private static Level console(LaunchPlan plan) {
    if (plan.privateFramework()) {
      return Level.OFF;
    }
    return plan.features().contains("shell") ? Level.WARN : Level.INFO;
  }

  private static void prepare(Path data) throws LaunchException {
    try {
      if (Files.notExists(data)) {
        // Logs, results and keys are nobody else's business.
        Files.createDirectories(
            data,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      Files.createDirectories(data.resolve("logs"));
      if (!Files.isWritable(data)) {
        throw new AccessDeniedException(data.toString());
      }
    } catch (IOException e) {
      throw new LaunchException(
          ExitStatus.DATA,
          "Cannot use the data directory '"
              + data
              + "': "
              + Reasons.of(e)
              + ". Make it writable, or set PEERWORKS_DATA.",
          e);
    }
  }
}
