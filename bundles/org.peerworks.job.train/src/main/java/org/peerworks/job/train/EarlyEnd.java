package org.peerworks.job.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.peerworks.job.api.JobControl;
import org.peerworks.job.api.JobException;
import org.peerworks.lib.files.AtomicFiles;
import org.peerworks.lib.sleap.Shown;

/**
 * Knows which steps of a job were asked to end early, also when the job is run again, and asks the
 * one that runs. A stop of the job ends its step and skips the models after it; the command {@code
 * stop}, which a monitor of trainers sends, ends the model that is being trained. Thread-safe.
 */
final class EarlyEnd implements JobControl {

  /** Stands for the whole job. */
  private static final String ALL = "all";

  private final Path file;
  private final Set<String> asked = new TreeSet<>();
  private TrainerLink running;
  private String step = "";
  private boolean trains;

  /**
   * @param file keeps what was asked
   */
  EarlyEnd(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      asked.addAll(Files.readAllLines(file));
    }
  }

  /** A step's program runs from now on, or soon. */
  synchronized void begins(String step, TrainerLink link, boolean trains) {
    this.step = step;
    this.running = link;
    this.trains = trains;
    if (asked.contains(step)) {
      link.stop();
    }
  }

  synchronized void ended() {
    running = null;
    step = "";
  }

  /** Whether the job is to end, so that nothing more is begun. */
  synchronized boolean ofJob() {
    return asked.contains(ALL);
  }

  /** Whether a step was asked to end. */
  synchronized boolean of(String step) {
    return asked.contains(step);
  }

  @Override
  public synchronized void stop() {
    ask(ALL);
  }

  @Override
  public synchronized void tell(String json) {
    String command = command(json);
    if (!command.equals("stop")) {
      throw new JobException(
          JobException.Code.INVALID,
          "The command %s is not known to a training; it takes 'stop'."
              .formatted(Shown.quoted(command)));
    }
    if (running == null || !trains) {
      throw new JobException(
          JobException.Code.INVALID, "No model is being trained now that could be stopped.");
    }
    ask(step);
  }

  private void ask(String what) {
    asked.add(what);
    if (running != null) {
      asked.add(step);
      running.stop();
    }
    try {
      AtomicFiles.write(file, String.join("\n", asked).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("What was asked of the job cannot be kept.", e);
    }
  }

  private static String command(String json) {
    try {
      JsonNode command = new ObjectMapper().readTree(json).path("command");
      return command.isTextual() ? command.textValue() : "";
    } catch (IOException e) {
      throw new JobException(JobException.Code.INVALID, "The message is not JSON.", e);
    }
  }
}
