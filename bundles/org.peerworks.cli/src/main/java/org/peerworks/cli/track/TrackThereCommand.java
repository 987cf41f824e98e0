package org.peerworks.cli.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.command.Invocation.TrackThere;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.connect.Connector;
import org.peerworks.cli.job.InputNames;
import org.peerworks.cli.job.JobRun;
import org.peerworks.cli.job.WorkerPaths;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.Json;
import org.peerworks.job.api.JobRequest;

/** Tracks files that the worker has, with models that it has. */
public final class TrackThereCommand {

  private static final String USUAL = "predictions.slp";

  private final Connector connector;
  private final Console console;

  public TrackThereCommand(Connector connector, Console console) {
    this.connector = connector;
    this.console = console;
  }

  /**
   * Runs a job for each of the files, one after the other.
   *
   * @return exit status of the first one that failed, else success
   */
  public int run(TrackThere track) throws IOException, InterruptedException {
    Connector.check(track.target());
    List<Job> jobs = new ArrayList<>();
    for (String data : track.data()) {
      jobs.add(job(track, data));
    }
    try (Connection connection = connector.open(track.target())) {
      int status = ExitStatus.SUCCESS;
      for (Job job : jobs) {
        if (jobs.size() > 1) {
          console.say("Tracking " + job.data() + " ...");
        }
        int ended = run(connection, track, job);
        status = status == ExitStatus.SUCCESS ? ended : status;
        if (ended == ExitStatus.INTERRUPTED) {
          return ended;
        }
      }
      return status;
    }
  }

  /**
   * What is asked of the worker.
   *
   * @param data as typed
   * @param output where the predictions go here
   */
  private record Job(String data, String parameters, WorkerPaths paths, Path output) {}

  private Job job(TrackThere track, String data) {
    WorkerPaths paths = WorkerPaths.of(track.target());
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("data_path", paths.there(data));
    parameters.put("model_paths", track.models().stream().map(paths::there).toList());
    Optional<String> atWorker = track.output().filter(WorkerPaths::isAbsolute);
    atWorker.ifPresent(path -> parameters.put("output_path", paths.there(path)));
    parameters.putAll(track.values());
    if (!paths.mappings().isEmpty()) {
      parameters.put("path_mappings", paths.mappings());
    }
    Path here = track.target().workingDirectory();
    String name =
        atWorker
            .map(TrackThereCommand::fileName)
            .or(track::output)
            .orElseGet(() -> track.data().size() == 1 ? USUAL : predictions(data));
    Path output = here.resolve(name).normalize();
    if (Files.isDirectory(output)) {
      throw CommandFailure.usage("'" + output + "' is a folder. Name a file for the predictions.");
    }
    return new Job(data, Json.line(parameters), paths, output);
  }

  private static String fileName(String path) {
    return InputNames.plain(path.substring(path.lastIndexOf('/') + 1));
  }

  private static String predictions(String data) {
    return fileName(data).replaceFirst("(?i)\\.slp$", "") + ".predictions.slp";
  }

  private int run(Connection connection, TrackThere track, Job job)
      throws IOException, InterruptedException {
    JobRequest request =
        new JobRequest(
            "track",
            job.parameters(),
            Map.of(),
            track.submission().priority().orElse(JobRequest.DEFAULT_PRIORITY),
            UUID.randomUUID().toString(),
            track.submission().timeout());
    return new JobRun(connection, console)
        .submit(
            request,
            0,
            new Predictions(
                connection, console, track.target().workingDirectory(), Optional.of(job.output())));
  }
}
