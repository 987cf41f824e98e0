package org.peerworks.shell.steer;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.threadio.ThreadIO;

/** A session of Gogo with the streams that what it runs prints to. */
final class Console {

  private final CommandSession session;
  private final ThreadIO threads;
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  Console(
      CommandSession session, ThreadIO threads, InputStream in, PrintStream out, PrintStream err) {
    this.session = session;
    this.threads = threads;
    this.in = in;
    this.out = out;
    this.err = err;
  }

  CommandSession session() {
    return session;
  }

  /** Calls a command with words as they stand: none is looked at as an expression. */
  void call(Function command, List<String> arguments) throws Exception {
    run(() -> command.execute(session, new ArrayList<>(arguments)));
  }

  /** Runs a line of Gogo's language. */
  void evaluate(String line) throws Exception {
    run(() -> session.execute(line));
  }

  private interface Action {
    Object run() throws Exception;
  }

  private void run(Action action) throws Exception {
    threads.setStreams(in, out, err);
    try {
      Object result = action.run();
      if (result != null) {
        out.println(session.format(result, Converter.INSPECT));
      }
    } finally {
      threads.close();
      out.flush();
      err.flush();
    }
  }

  void say(String text) {
    out.println(text);
    out.flush();
  }

  void warn(String text) {
    err.println(text);
    err.flush();
  }
}
