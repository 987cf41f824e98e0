package org.peerworks.doctor;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.peerworks.doctor.checks.Checks;

/**
 * Examines a machine without any framework, and asks one, if it starts, for what only it knows.
 * This runs on the launcher's class path.
 */
public final class Doctor {

  private static final int WRONG = 1;

  private final Patient patient;
  private final List<Check> more;

  /**
   * @param more checks that need a framework
   */
  public Doctor(Patient patient, List<Check> more) {
    this.patient = patient;
    this.more = List.copyOf(more);
  }

  /**
   * Runs all checks and prints what they found, JSON at the end, text as soon as it is known.
   *
   * @param columns of the terminal; 0 if there is none
   * @return exit status: 0, or 1 if something is wrong
   */
  public int run(PrintStream out, boolean json, int columns) throws InterruptedException {
    List<Check> checks = new ArrayList<>(Checks.of(patient));
    checks.addAll(more);
    try (Examination examination = new Examination()) {
      Report report =
          new Report(
              examination.run(
                  checks,
                  diagnosis -> {
                    if (!json) {
                      out.print(Report.text(diagnosis, columns, columns > 0));
                      out.flush();
                    }
                  }));
      out.println(json ? report.json() : report.summary());
      out.flush();
      return report.level() == Level.ERROR ? WRONG : 0;
    }
  }
}
