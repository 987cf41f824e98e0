package org.peerworks.doctor.checks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.peerworks.doctor.Finding;

/** Runs a trainer with nothing but {@code --help}, as it may be there and not work. */
final class TrainerRun {

  /** Loading PyTorch from a slow disk takes its time. */
  private static final long SECONDS = 60;

  /** A program that knows no {@code --help} has run nevertheless. */
  private static final int USAGE = 2;

  private static final int LONGEST = 300;

  private TrainerRun() {}

  /**
   * @param which program it is, for people
   * @param mend what to do if it cannot be run
   */
  static Finding judge(List<String> program, String which, String mend)
      throws InterruptedException {
    List<String> command = new ArrayList<>(program);
    command.add("--help");
    FutureTask<Program.Outcome> run = new FutureTask<>(() -> Program.run(command));
    Thread thread = new Thread(run, "doctor-trainer");
    thread.setDaemon(true);
    thread.start();
    try {
      Program.Outcome outcome = run.get(SECONDS, TimeUnit.SECONDS);
      if (outcome.status() == 0 || outcome.status() == USAGE) {
        return Finding.ok(which);
      }
      return Finding.error(
          "%s, cannot be run: '--help' ends with status %d%s"
              .formatted(which, outcome.status(), lastLine(outcome.output())),
          mend);
    } catch (ExecutionException e) {
      return Finding.error(which + ", cannot be run: " + reason(e.getCause()), mend);
    } catch (TimeoutException e) {
      return Finding.warning(
          which + " does not answer '--help' within " + SECONDS + " s",
          "Call it yourself and see why; jobs wait as long for it.");
    } finally {
      thread.interrupt(); // ends the program, too
    }
  }

  /** Where Python says what went wrong. */
  private static String lastLine(String output) {
    String last = output.strip().lines().reduce("", (before, line) -> line).strip();
    return last.isEmpty() ? "" : ": " + last.substring(0, Math.min(LONGEST, last.length()));
  }

  /** As the system says it; Java puts the command before it. */
  private static String reason(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof IOException && message.matches("(?s).*error[=:] ?2\\b.*")) {
      return "its interpreter does not exist (its first line, '#!', names it)";
    }
    return message.replaceFirst("^Cannot run program [^:]*: (error=\\d+, )?", "");
  }
}
