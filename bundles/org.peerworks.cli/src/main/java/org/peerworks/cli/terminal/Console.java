package org.peerworks.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Where a command speaks: lines for people, JSON lines for scripts, one status line that is redrawn
 * on a terminal.
 *
 * <p>Thread-safe. With {@code json}, standard output carries JSON and nothing else.
 */
public final class Console {

  private static final Executor LATER =
      CompletableFuture.delayedExecutor(StatusLine.REDRAW.toMillis(), TimeUnit.MILLISECONDS);

  private final PrintStream out;
  private final PrintStream err;
  private final BufferedReader in;
  private final boolean json;
  private final boolean terminal;
  private final StatusLine status;
  private boolean late;

  Console(
      PrintStream out,
      PrintStream err,
      InputStream in,
      boolean json,
      boolean terminal,
      StatusLine status) {
    this.out = out;
    this.err = err;
    this.in = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
    this.json = json;
    this.terminal = terminal;
    this.status = status;
  }

  /**
   * A console on the given streams.
   *
   * @param width of the terminal, in characters
   */
  public static Console on(
      PrintStream out, PrintStream err, InputStream in, boolean json, boolean terminal, int width) {
    PrintStream people = json ? err : out;
    return new Console(
        out,
        err,
        in,
        json,
        terminal,
        new StatusLine(people, terminal && !json, width, System::nanoTime));
  }

  /**
   * The console of this process. System properties {@code peerworks.terminal} ({@code true} or
   * {@code false}) and {@code peerworks.columns} say what it is, where the launcher knows.
   */
  public static Console ofProcess(boolean json) {
    return on(
        new PrintStream(System.out, true, StandardCharsets.UTF_8),
        new PrintStream(System.err, true, StandardCharsets.UTF_8),
        System.in,
        json,
        TerminalQuery.isTerminal(),
        TerminalQuery.columns());
  }

  /** A line for people. */
  public synchronized void say(String line) {
    status.clear();
    (json ? err : out).println(PlainText.of(line));
    status.draw();
  }

  /** A line about something that went wrong. */
  public synchronized void warn(String line) {
    status.clear();
    err.println(PlainText.of(line));
    status.draw();
  }

  /** A line of a job's log. */
  public void log(String line) {
    if (json) {
      event("log", "line", line);
    } else {
      say(line);
    }
  }

  /** How far something is; on a terminal the line stays below all others. */
  public synchronized void status(String line) {
    if (status.show(PlainText.of(line)) && !late) {
      late = true;
      LATER.execute(this::catchUp);
    }
  }

  private synchronized void catchUp() {
    late = false;
    status.catchUp();
  }

  /** A bar for a status line, after a blank; nothing elsewhere than on a terminal. */
  public String bar(long done, long total) {
    return terminal && !json ? " " + Units.bar(done, total) : "";
  }

  /** The first of several texts that fits into a status line; the last one if none does. */
  public String fitting(String... texts) {
    for (String text : texts) {
      if (!terminal || json || text.length() <= status.room()) {
        return text;
      }
    }
    return texts[texts.length - 1];
  }

  /** Nothing is under way any more. */
  public synchronized void endStatus() {
    status.end();
  }

  /** One line of JSON for scripts; nothing for people. */
  public synchronized void emit(Map<String, ?> document) {
    if (json) {
      out.println(Json.line(document));
    }
  }

  /** An event of a command that streams: {@code name} and its fields. */
  public void event(String name, Object... fields) {
    if (json) {
      Map<String, Object> event = new LinkedHashMap<>();
      event.put("event", name);
      for (int i = 0; i < fields.length; i += 2) {
        event.put((String) fields[i], fields[i + 1]);
      }
      emit(event);
    }
  }

  public boolean json() {
    return json;
  }

  /** Characters in a line of the terminal; 0 where lines may have any length. */
  public int width() {
    return terminal && !json ? status.width() : 0;
  }

  /** Whether a person can be asked. */
  public boolean terminal() {
    return terminal;
  }

  /** Asks a person; empty if there is no answer. */
  public Optional<String> ask(String question) {
    prompt(question);
    Optional<String> answer = line();
    if (answer.isEmpty()) {
      (json ? err : out).println();
    }
    return answer;
  }

  /** The next line of standard input; empty at its end. */
  public Optional<String> line() {
    try {
      return Optional.ofNullable(in.readLine()).map(String::strip);
    } catch (IOException e) {
      throw new UncheckedIOException("The answer cannot be read.", e);
    }
  }

  private synchronized void prompt(String question) {
    status.clear();
    PrintStream people = json ? err : out;
    people.print(question + " ");
    people.flush();
  }
}
