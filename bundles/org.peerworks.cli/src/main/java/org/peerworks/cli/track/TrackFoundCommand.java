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
import org.peerworks.cli.command.Invocation.Track;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.connect.Connector;
import org.peerworks.cli.find.FileFinder;
import org.peerworks.cli.find.Mappings;
import org.peerworks.cli.find.ProjectVideos;
import org.peerworks.cli.find.Wanted;
import org.peerworks.cli.job.InputNames;
import org.peerworks.cli.job.JobRun;
import org.peerworks.cli.job.WorkerPaths;
import org.peerworks.cli.select.Selector;
import org.peerworks.cli.terminal.Console;
import org.peerworks.job.api.JobRequest;

/** Tracks labels that are not here but at the worker, where they stay; only models are sent. */
public final class TrackFoundCommand {

  private final Connector connector;
  private final Console console;
  private final Selector selector;
  private final Path temporary;

  /**
   * @param temporary where the package with the models is built
   */
  public TrackFoundCommand(
      Connector connector, Console console, Selector selector, Path temporary) {
    this.connector = connector;
    this.console = console;
    this.selector = selector;
    this.temporary = temporary;
  }

  /**
   * Finds all labels, then runs a job for each of them.
   *
   * @return exit status of the first one that failed, else success
   */
  public int run(Track track) throws IOException, InterruptedException {
    Connector.check(track.target());
    for (Path data : track.data()) {
      if (Files.exists(data)) {
        throw CommandFailure.usage(
            "'" + data + "' is here, other labels are not. Track them with a command each.");
      }
    }
    Mappings mappings = Mappings.of(track.target(), track.typed().mappings());
    Models models = models(track, mappings);
    try (Connection connection = connector.open(track.target())) {
      Map<String, Path> outputs = new LinkedHashMap<>();
      for (String typed : track.typed().paths()) {
        boolean interactive = track.target().interactive();
        String found =
            new FileFinder(connection, console, selector, interactive)
                .find(typed, mappings.toWorker(typed), Wanted.LABELS);
        Path output = output(track, found);
        String path =
            track.videos()
                ? new ProjectVideos(connection, console, mappings, interactive)
                    .readable(found, ProjectVideos.Place.OF_JOB)
                : found;
        outputs.put(path, output);
      }
      int status = ExitStatus.SUCCESS;
      for (Map.Entry<String, Path> data : outputs.entrySet()) {
        int ended = run(connection, track, data.getKey(), data.getValue(), models);
        status = status == ExitStatus.SUCCESS ? ended : status;
        if (ended == ExitStatus.INTERRUPTED) {
          return ended;
        }
      }
      return status;
    }
  }

  /**
   * @param here folders that are sent
   * @param there folders of the worker
   */
  private record Models(List<Path> here, List<String> there) {}

  /** An absolute path that is not here is one of the worker. */
  private static Models models(Track track, Mappings mappings) throws IOException {
    Path directory = track.target().workingDirectory();
    List<String> here = new ArrayList<>();
    List<String> there = new ArrayList<>();
    for (String typed : track.models()) {
      boolean isThere =
          WorkerPaths.isAbsolute(typed)
              && typed.chars().noneMatch(c -> "*?[{".indexOf(c) >= 0)
              && Files.notExists(directory.resolve(typed));
      (isThere ? there : here).add(isThere ? mappings.toWorker(typed) : typed);
    }
    return new Models(ModelPaths.resolve(directory, here), there);
  }

  private static Path output(Track track, String data) {
    Path output = track.output();
    if (track.data().size() > 1) {
      String name = InputNames.plain(data.substring(data.lastIndexOf('/') + 1));
      output = output.resolve(name.replaceFirst("(?i)\\.slp$", "") + ".predictions.slp");
    }
    if (Files.isDirectory(output)) {
      throw CommandFailure.usage("'" + output + "' is a folder. Name a file for the predictions.");
    }
    return output;
  }

  private int run(Connection connection, Track track, String data, Path output, Models models)
      throws IOException, InterruptedException {
    console.status("Packing ...");
    try (TrackingPackage pack =
        TrackingPackage.ofModels(
            temporary, models.here(), names -> script(track, data, output, models, names))) {
      console.endStatus();
      if (track.data().size() > 1) {
        console.say("Tracking " + data + " ...");
      }
      JobRequest request =
          new JobRequest(
              "track",
              "{}",
              Map.of(TrackingPackage.NAME, pack.zip()),
              track.submission().priority().orElse(JobRequest.DEFAULT_PRIORITY),
              UUID.randomUUID().toString(),
              track.submission().timeout());
      return new JobRun(connection, console)
          .submit(
              request,
              Files.size(pack.zip()),
              new Predictions(
                  connection, console, track.target().workingDirectory(), Optional.of(output)));
    }
  }

  private static String script(
      Track track, String data, Path output, Models models, List<String> sent) {
    List<String> all = new ArrayList<>(sent);
    all.addAll(models.there());
    return TrackScript.text(
        data,
        all,
        InputNames.plain(output.getFileName().toString()),
        track.onlySuggestedFrames(),
        track.options());
  }
}
