package org.peerworks.cli.terminal;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
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
  private final boolean person;
  private final StatusLine status;
  private boolean late;
  private volatile boolean quiet;

  Console(
      PrintStream out,
      PrintStream err,
      InputStream in,
      boolean json,
      boolean terminal,
      boolean person,
      StatusLine status) {
    this.out = out;
    this.err = err;
    this.in = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
    this.json = json;
    this.terminal = terminal;
    this.person = person;
    this.status = status;
  }

  /**
   * A console on the given streams.
   *
   * @param width of the terminal, in characters
   */
  public static Console on(
      PrintStream out, PrintStream err, InputStream in, boolean json, boolean terminal, int width) {
    return on(out, err, in, json, terminal, terminal, width);
  }

  /**
   * A console on the given streams.
   *
   * @param terminal whether a line can be drawn again
   * @param person whether somebody is there to ask
   * @param width of the terminal, in characters
   */
  public static Console on(
      PrintStream out,
      PrintStream err,
      InputStream in,
      boolean json,
      boolean terminal,
      boolean person,
      int width) {
    PrintStream people = json ? err : out;
    return new Console(
        out,
        err,
        in,
        json,
        terminal,
        person,
        new StatusLine(people, terminal && !json, width, System::nanoTime));
  }

  /**
   * The console of this process. System properties {@code peerworks.terminal} ({@code true} or
   * {@code false}) and {@code peerworks.columns} say what it is, where the launcher knows.
   *
   * @param quiet whether logs of jobs are left out
   */
  public static Console ofProcess(boolean json, boolean quiet) {
    Console console =
        on(
            new PrintStream(System.out, true, StandardCharsets.UTF_8),
            new PrintStream(System.err, true, StandardCharsets.UTF_8),
            System.in,
            json,
            TerminalQuery.isTerminal(),
            TerminalQuery.hasPerson(),
            TerminalQuery.columns());
    return quiet ? console.quiet() : console;
  }

  /** Leaves out logs of jobs from now on. */
  Console quiet() {
    quiet = true;
    return this;
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
    if (quiet) {
      return;
    }
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

  /** Whether this is a terminal that can do more than print. */
  public boolean terminal() {
    return terminal;
  }

  /** Whether a person can be asked; also at a terminal that can only print. */
  public boolean person() {
    return person;
  }

  /**
   * Asks a person; empty if there is no answer, also when this thread is interrupted, which it then
   * stays.
   */
  public Optional<String> ask(String question) {
    prompt(question);
    Optional<String> answer = line();
    if (answer.isEmpty()) {
      (json ? err : out).println();
    }
    return answer;
  }

  /** The next line of standard input; empty at its end, or when this thread is interrupted. */
  public Optional<String> line() {
    FutureTask<String> answer = new FutureTask<>(in::readLine);
    // Nothing wakes up who reads from a terminal but a line, so somebody else does.
    Thread reader = new Thread(answer, "terminal-answer");
    reader.setDaemon(true);
    reader.start();
    try {
      return Optional.ofNullable(answer.get()).map(String::strip);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The answer cannot be read.", e.getCause());
    }
  }

  private synchronized void prompt(String question) {
    status.clear();
    PrintStream people = json ? err : out;
    people.print(question + " ");
    people.flush();
  }
}
