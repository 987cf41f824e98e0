package org.peerworks.pose;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.peerworks.pose.sample.EvaluateCommand;
import org.peerworks.pose.sample.SampleCommand;
import org.peerworks.pose.track.TrackCommand;
import org.peerworks.pose.train.TrainCommand;

/**
 * The built-in trainer: a program of its own with the command line of sleap-nn.
 *
 * <p>Exit status: 0 done; 1 failed for a reason inside; 2 wrong command line or configuration; 3
 * wrong or unreadable file; 128 + n ended by signal n. The last line of a failed run is {@code
 * ERROR: …}.
 */
public final class Main {

  private static final int FAILED = 1;

  private static final Map<String, Command> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("train", new TrainCommand());
    COMMANDS.put("track", new TrackCommand());
    COMMANDS.put("sample", new SampleCommand());
    COMMANDS.put("evaluate", new EvaluateCommand());
  }

  private Main() {}

  public static void main(String[] arguments) {
    System.setProperty("java.awt.headless", "true");
    Interruption interruption = Interruption.ofProcess();
    int status = run(Arrays.asList(arguments), System.out, System.err, interruption);
    System.out.flush();
    System.err.flush();
    interruption.settle();
    // Not exit(): the native libraries' own exit handlers may wait for their threads.
    Runtime.getRuntime().halt(status);
  }

  /** Runs one command and returns the exit status. */
  static int run(
      List<String> arguments, PrintStream out, PrintStream err, Interruption interruption) {
    try {
      if (arguments.isEmpty() || !COMMANDS.containsKey(arguments.get(0))) {
        throw UserError.usage(
            "The command %s is not known to the built-in trainer. Known are: %s.",
            arguments.isEmpty() ? "(none)" : "'" + arguments.get(0) + "'",
            String.join(", ", COMMANDS.keySet()));
      }
      Command command = COMMANDS.get(arguments.get(0));
      command.run(arguments.subList(1, arguments.size()), new Console(out), interruption);
      return 0;
    } catch (UserError e) {
      return report(out, err, e.getMessage(), e.status());
    } catch (IOException e) {
      return report(out, err, message(e), UserError.data("").status());
    } catch (OutOfMemoryError e) {
      return report(
          out,
          err,
          "Not enough memory. Use smaller images ('data_config.preprocessing.scale') or a smaller batch size.",
          FAILED);
    } catch (RuntimeException | LinkageError e) {
      e.printStackTrace(err);
      return report(out, err, "The built-in trainer failed: " + message(e), FAILED);
    }
  }

  private static String message(Throwable error) {
    return error.getMessage() == null ? error.toString() : error.getMessage();
  }

  private static int report(PrintStream out, PrintStream err, String message, int status) {
    out.flush();
    err.println("ERROR: " + message.strip().replaceAll("\\R", " "));
    err.flush();
    return status;
  }
}
