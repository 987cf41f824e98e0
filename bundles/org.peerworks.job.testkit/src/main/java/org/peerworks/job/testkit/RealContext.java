package org.peerworks.job.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.peerworks.job.api.JobContext;
import org.peerworks.job.api.JobControl;
import org.peerworks.job.api.JobStopped;
import org.peerworks.job.api.Parameters;
import org.peerworks.job.api.Program;
import org.peerworks.job.api.Progress;
import org.peerworks.job.api.Slot;
import org.peerworks.job.api.StepExit;

/**
 * A job on disk, for a test of its job type without a framework. Its steps are real processes: of
 * programs of this machine, or of scripts that stand in for them.
 *
 * <p>A step that has ended is not run again, but what it printed is told again, as on a worker; so
 * a second {@code run} with the same context is what a job type sees after its worker was killed.
 */
public final class RealContext implements JobContext {

  private final List<String> log = new CopyOnWriteArrayList<>();
  private final List<Progress> progress = new CopyOnWriteArrayList<>();
  private final List<String> started = new CopyOnWriteArrayList<>();
  private final Map<String, StepExit> ended = new HashMap<>();
  private final Map<String, List<String>> said = new HashMap<>();
  private final Map<String, Path> inputs = new TreeMap<>();
  private final Map<String, Path> programs = new HashMap<>();
  private final Path directory;
  private JsonNode parameters = new ObjectMapper().createObjectNode();
  private final List<String> reported = new CopyOnWriteArrayList<>();
  private volatile boolean stopped;
  private volatile JobControl control;
  private volatile Process process;

  /**
   * @param directory gets the folders of the job, and scripts
   */
  public RealContext(Path directory) throws IOException {
    this.directory = directory;
    for (String name : List.of("input", "work", "output")) {
      Files.createDirectories(directory.resolve(name));
    }
  }

  /** Lets a script stand in for {@code sleap-nn}; {@code HERE} is the directory of this job. */
  public RealContext withProgram(String script) throws IOException {
    return withProgram("sleap-nn", script);
  }

  /**
   * Lets a script stand in for a program.
   *
   * @param name that steps ask for
   * @param script for {@code /bin/sh}; {@code HERE} is the directory of this job
   */
  public RealContext withProgram(String name, String script) throws IOException {
    Path program = directory.resolve(name);
    Files.writeString(program, "#!/bin/sh\n" + script.replace("HERE", directory.toString()));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return withProgram(name, program);
  }

  /**
   * Allows a program of this machine.
   *
   * @param name that steps ask for
   * @param program an executable file
   */
  public RealContext withProgram(String name, Path program) {
    programs.put(name, program);
    return this;
  }

  public RealContext withInput(Path file) {
    inputs.put(file.getFileName().toString(), file);
    return this;
  }

  public RealContext withParameters(String json) throws IOException {
    parameters = new ObjectMapper().readTree(json);
    return this;
  }

  /** Where an input of a name may be put. */
  public Path input(String name) {
    return directory.resolve("input").resolve(name);
  }

  /** Cancels the job: its program is ended, and the next look finds that it is to stop. */
  public void stop() {
    stopped = true;
    Process now = process;
    if (now != null) {
      now.destroy();
    }
  }

  /** Every line of the job and its steps so far. */
  public List<String> lines() {
    return log;
  }

  /** What was reported of how far the job is. */
  public List<Progress> reports() {
    return progress;
  }

  /** Names of the steps that were started. */
  public List<String> started() {
    return started;
  }

  @Override
  public StepExit step(String name, Program step, Consumer<String> lines) throws IOException {
    checkStopped();
    if (ended.containsKey(name)) {
      said.get(name).forEach(lines);
      return ended.get(name);
    }
    Path program = programs.get(step.name());
    if (program == null || !Files.exists(program)) {
      throw new IOException("No program '" + step.name() + "' on this worker. Install it.");
    }
    started.add(name);
    said.put(name, new ArrayList<>());
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(step.arguments());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(step.workingDirectory().toFile()).redirectErrorStream(true);
    builder.environment().putAll(step.environment());
    process = builder.start();
    process.getOutputStream().close();
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        log.add(line);
        said.get(name).add(line);
        lines.accept(line);
      }
      int status = process.waitFor();
      checkStopped();
      ended.put(name, new StepExit(status));
    } catch (InterruptedException e) {
      throw new JobStopped("Interrupted.");
    }
    return ended.get(name);
  }

  @Override
  public boolean interruptStep() {
    Process now = process;
    if (now == null || !now.isAlive()) {
      return false;
    }
    try {
      new ProcessBuilder("kill", "-s", "INT", Long.toString(now.pid())).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return true;
  }

  @Override
  public void control(JobControl control) {
    this.control = control;
  }

  /** Who takes what the job is asked while it runs; null until the job type has said. */
  public JobControl control() {
    return control;
  }

  /** What the job's program said, as JSON. */
  public List<String> reported() {
    return reported;
  }

  @Override
  public void report(String json) {
    reported.add(json);
  }

  @Override
  public String jobId() {
    return "20261121-101500-4f2a9c";
  }

  @Override
  public Parameters parameters() {
    return new JsonParameters(parameters);
  }

  @Override
  public Map<String, Path> inputs() {
    return Map.copyOf(inputs);
  }

  @Override
  public Path workDirectory() {
    return directory.resolve("work");
  }

  @Override
  public Path outputDirectory() {
    return directory.resolve("output");
  }

  @Override
  public List<Slot> slots() {
    return List.of(new Slot("gpu", 0));
  }

  @Override
  public void log(String line) {
    log.add(line);
  }

  @Override
  public void progress(Progress report) {
    progress.add(report);
  }

  @Override
  public void checkStopped() {
    if (stopped) {
      throw new JobStopped("Cancelled.");
    }
  }

  private record JsonParameters(JsonNode node) implements Parameters {

    @Override
    public String json() {
      return node.toString();
    }

    @Override
    public Optional<String> string(String name) {
      return Optional.ofNullable(node.get(name)).map(JsonNode::asText);
    }

    @Override
    public List<String> strings(String name) {
      return StreamSupport.stream(node.path(name).spliterator(), false)
          .map(JsonNode::asText)
          .toList();
    }

    @Override
    public OptionalLong number(String name) {
      return node.has(name) ? OptionalLong.of(node.get(name).asLong()) : OptionalLong.empty();
    }

    @Override
    public OptionalDouble decimal(String name) {
      return node.has(name) ? OptionalDouble.of(node.get(name).asDouble()) : OptionalDouble.empty();
    }

    @Override
    public Optional<Boolean> flag(String name) {
      return Optional.ofNullable(node.get(name)).map(JsonNode::asBoolean);
    }
  }
}
