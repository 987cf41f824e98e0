package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.peerworks.job.api.JobContext;
import org.peerworks.job.api.JobControl;
import org.peerworks.job.api.Parameters;
import org.peerworks.job.api.Program;
import org.peerworks.job.api.Progress;
import org.peerworks.job.api.Slot;
import org.peerworks.job.api.StepExit;

/** What a job type gets of us for one job. */
final class RunContext implements JobContext {

  private final String jobId;
  private final Parameters parameters;
  private final Map<String, Path> inputs;
  private final RunFolder folder;
  private final List<Slot> slots;
  private final StepRunner steps;
  private final JobLog log;
  private final ProgressGate progress;
  private final Consumer<String> reports;
  private final ControlLine control;
  private final StopSignal stop;
  private final long maxLogBytes;

  RunContext(
      StoredJob job,
      RunFolder folder,
      Map<String, Path> inputs,
      List<Slot> slots,
      StepRunner steps,
      JobLog log,
      ProgressGate progress,
      Consumer<String> reports,
      ControlLine control,
      StopSignal stop,
      long maxLogBytes) {
    this.jobId = job.id();
    this.parameters = new JsonParameters(job.parameters());
    this.inputs = Map.copyOf(inputs);
    this.folder = folder;
    this.slots = List.copyOf(slots);
    this.steps = steps;
    this.log = log;
    this.progress = progress;
    this.reports = reports;
    this.control = control;
    this.stop = stop;
    this.maxLogBytes = maxLogBytes;
  }

  @Override
  public String jobId() {
    return jobId;
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public Map<String, Path> inputs() {
    return inputs;
  }

  @Override
  public Path workDirectory() {
    return made("work", folder::work);
  }

  @Override
  public Path outputDirectory() {
    return made("output", folder::output);
  }

  @Override
  public List<Slot> slots() {
    return slots;
  }

  @Override
  public StepExit step(String name, Program program, Consumer<String> lines) throws IOException {
    return steps.run(name, program, lines);
  }

  @Override
  public boolean interruptStep() {
    return steps.interrupt();
  }

  @Override
  public void control(JobControl control) {
    this.control.open(control);
  }

  @Override
  public void log(String line) {
    try {
      if (log.size() > maxLogBytes) {
        stop.request(Stop.failed("Its log grew beyond the limit of " + maxLogBytes + " bytes."));
      } else {
        log.append(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The log of job '" + jobId + "' cannot be written.", e);
    }
    if (!steps.isBusy()) {
      stop.check();
    }
  }

  private interface Making {
    Path make() throws IOException;
  }

  private static Path made(String name, Making making) {
    try {
      return making.make();
    } catch (IOException e) {
      throw new UncheckedIOException("The directory '" + name + "' cannot be made.", e);
    }
  }

  @Override
  public void progress(Progress now) {
    progress.report(now);
  }

  @Override
  public void report(String json) {
    ReportGate.require("The fields of a report", json);
    reports.accept(json);
  }

  @Override
  public void checkStopped() {
    stop.check();
  }
}
