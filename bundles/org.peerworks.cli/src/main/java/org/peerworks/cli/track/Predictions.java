package org.peerworks.cli.track;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.job.InputNames;
import org.peerworks.cli.job.OutputFiles;
import org.peerworks.cli.job.Results;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.Json;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobOutput;
import org.peerworks.job.api.JobState;

/** The predictions of a tracking job, under the name that the user chose. */
public final class Predictions implements Results {

  private final Connection connection;
  private final Console console;
  private final Path workingDirectory;
  private final Optional<Path> output;

  /**
   * @param output where they go; under the job's own name in the working directory if empty
   */
  public Predictions(
      Connection connection, Console console, Path workingDirectory, Optional<Path> output) {
    this.connection = connection;
    this.console = console;
    this.workingDirectory = workingDirectory;
    this.output = output;
  }

  @Override
  public List<Path> fetch(Job job) throws IOException, InterruptedException {
    if (job.state() != JobState.SUCCEEDED) {
      return List.of();
    }
    String there = job.document().map(json -> Json.text(json, "worker_path")).orElse("");
    if (job.outputs().isEmpty() && !there.isEmpty()) {
      console.say("The predictions stay at the worker: " + there);
      return List.of();
    }
    JobOutput predictions = predictions(job);
    Path target =
        output.orElseGet(() -> workingDirectory.resolve(InputNames.plain(predictions.name())));
    OutputFiles.replace(connection, console, job, predictions, target);
    console.say("Predictions: " + target);
    return List.of(target);
  }

  private static JobOutput predictions(Job job) {
    String named = job.document().map(json -> Json.text(json, "predictions")).orElse("");
    return job.outputs().stream()
        .filter(output -> named.isEmpty() || output.name().equals(named))
        .filter(output -> !named.isEmpty() || output.name().endsWith(".slp"))
        .findFirst()
        .orElseThrow(
            () ->
                CommandFailure.failed(
                    "Job " + job.id() + " succeeded, but returned no predictions.", null));
  }
}
