package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of ours: its output line by line, its input, its end. */
public final class Running {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration REST = Duration.ofSeconds(2);

  private final Process process;
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();
  private final List<Thread> readers = new ArrayList<>();

  public Running(ProcessBuilder builder) throws IOException {
    process = builder.start();
    collect(process.getInputStream(), out, "out");
    collect(process.getErrorStream(), err, "err");
  }

  private void collect(InputStream in, List<String> lines, String name) {
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader text =
                  new BufferedReader(new java.io.InputStreamReader(in, StandardCharsets.UTF_8))) {
                text.lines().forEach(lines::add);
              } catch (UncheckedIOException | IOException e) {
                lines.add("(stream closed)");
              }
            },
            "process-" + process.pid() + "-" + name);
    reader.setDaemon(true);
    reader.start();
    readers.add(reader);
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public List<String> out() {
    return List.copyOf(out);
  }

  public List<String> err() {
    return List.copyOf(err);
  }

  /** Everything that was printed, for messages of assertions. */
  public String transcript() {
    return "stdout:\n" + String.join("\n", out) + "\nstderr:\n" + String.join("\n", err);
  }

  /** Waits for a line on either stream and returns its match. */
  public Matcher awaitLine(String regex) {
    Pattern pattern = Pattern.compile(regex);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> find(pattern).isPresent() || !process.isAlive());
    return find(pattern)
        .orElseThrow(() -> new AssertionError("No line '" + regex + "' in\n" + transcript()));
  }

  private Optional<Matcher> find(Pattern pattern) {
    for (List<String> lines : List.of(out, err)) {
      for (String line : lines) {
        Matcher matcher = pattern.matcher(line);
        if (matcher.find()) {
          return Optional.of(matcher);
        }
      }
    }
    return Optional.empty();
  }

  public void type(String line) throws IOException {
    OutputStream in = process.getOutputStream();
    in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  /** Sends a signal by its name without SIG. */
  public void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Waits for the end, and for what was printed; a program that it left behind may print on. */
  public int exit() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as("process ends; it printed\n%s", transcript())
        .isTrue();
    for (Thread reader : readers) {
      reader.join(REST.toMillis());
    }
    return process.exitValue();
  }

  /** Ends it, and what it started. */
  public void close() throws InterruptedException {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroy();
    started.forEach(ProcessHandle::destroy);
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      process.waitFor(10, TimeUnit.SECONDS);
    }
    for (ProcessHandle child : started) {
      try {
        child.onExit().get(10, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        child.destroyForcibly();
      } catch (ExecutionException e) {
        throw new IllegalStateException("The end of process " + child.pid() + " is not known.", e);
      }
    }
  }
}
