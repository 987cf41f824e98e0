package org.peerworks.launcher;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.peerworks.cli.command.Invocation;
import org.peerworks.cli.command.LaunchPlan;
import org.peerworks.doctor.Doctor;
import org.peerworks.doctor.Patient;

/**
 * Examines the machine. Nothing is written to the data directory: the framework that one of the
 * checks needs has a temporary one, so that it starts where no other would.
 */
final class DoctorRun {

  private final Installation installation;
  private final LaunchPlan plan;

  DoctorRun(Installation installation, LaunchPlan plan) {
    this.installation = installation;
    this.plan = plan;
  }

  /**
   * @return exit status
   * @throws LaunchException if not even a temporary directory can be had
   */
  int run(Invocation.Doctor asked) throws LaunchException {
    Interruption.of(Thread.currentThread());
    Path temporary = temporary();
    try {
      System.setProperty("java.io.tmpdir", temporary.toString());
      LogSetup.configure(temporary.resolve("doctor.log"), LogLimits.DEFAULT, Level.OFF);
      Patient patient =
          new Patient(
              installation.home(),
              plan.dataDirectory(),
              asked.server().webSocket(),
              asked.server().http(),
              asked.serverTold());
      TransferCheck transfer = new TransferCheck(installation, plan, temporary);
      ConfigurationCheck configuration = new ConfigurationCheck(installation, plan.dataDirectory());
      return new Doctor(patient, List.of(configuration, transfer))
          .run(System.out, asked.json(), columns());
    } catch (InterruptedException e) {
      return Interruption.STATUS;
    } finally {
      delete(temporary);
    }
  }

  private static Path temporary() throws LaunchException {
    try {
      return Files.createTempDirectory("peerworks-doctor");
    } catch (IOException e) {
      throw new LaunchException(
          ExitStatus.DATA,
          "Cannot write temporary files to '"
              + System.getProperty("java.io.tmpdir")
              + "': "
              + e
              + ". Make room there, or name another directory:"
              + " PEERWORKS_JAVA_OPTS=-Djava.io.tmpdir=DIR.",
          e);
    }
  }

  private static int columns() {
    return Boolean.getBoolean("peerworks.terminal")
        ? Integer.getInteger("peerworks.columns", 80)
        : 0;
  }

  private static void delete(Path temporary) {
    try {
      Storage.delete(temporary);
    } catch (IOException e) {
      System.err.println("Could not delete '" + temporary + "': " + e);
    }
  }
}
