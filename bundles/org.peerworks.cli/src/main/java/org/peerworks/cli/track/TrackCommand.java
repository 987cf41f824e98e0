package org.peerworks.cli.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.command.Invocation.Track;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.connect.Connector;
import org.peerworks.cli.job.InputNames;
import org.peerworks.cli.job.JobRun;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.train.LabelsReader;
import org.peerworks.cli.train.LocalFiles;
import org.peerworks.cli.train.Videos;
import org.peerworks.job.api.JobRequest;

/** Tracks with trained models on a worker. */
public final class TrackCommand {

  private final Connector connector;
  private final LabelsReader reader;
  private final Console console;
  private final Path temporary;

  /**
   * @param temporary where the package is built
   */
  public TrackCommand(Connector connector, LabelsReader reader, Console console, Path temporary) {
    this.connector = connector;
    this.reader = reader;
    this.console = console;
    this.temporary = temporary;
  }

  /**
   * Runs a job for each of the labels, one after the other on one connection.
   *
   * @return exit status of the first one that failed, else success
   */
  public int run(Track track) throws IOException, InterruptedException {
    Connector.check(track.target());
    List<Path> models = ModelPaths.resolve(track.target().workingDirectory(), track.models());
    Map<Path, LabelsReader.Labels> labels = new HashMap<>();
    for (Path data : track.data()) {
      LocalFiles.requireFile(data, "Labels (.slp)");
      LocalFiles.requireSlp(data);
      checkOutput(track, data);
      labels.put(data, read(data));
      checkFrames(track, data, labels.get(data));
    }
    int status = ExitStatus.SUCCESS;
    Connection connection = null;
    try {
      for (Path data : track.data()) {
        console.status("Packing ...");
        try (TrackingPackage pack =
            pack(track, data, models, videos(track, data, labels.get(data)))) {
          console.endStatus();
          connection = connection == null ? connector.open(track.target()) : connection;
          if (track.data().size() > 1) {
            console.say("Tracking " + data.getFileName() + " ...");
          }
          int ended = run(connection, track, data, pack);
          status = status == ExitStatus.SUCCESS ? ended : status;
          if (ended == ExitStatus.INTERRUPTED) {
            return ended;
          }
        }
      }
    } finally {
      if (connection != null) {
        connection.close();
      }
    }
    return status;
  }

  private static void checkOutput(Track track, Path data) {
    boolean several = track.data().size() > 1;
    if (several && Files.exists(track.output()) && !Files.isDirectory(track.output())) {
      throw CommandFailure.usage(
          "'" + track.output() + "' is a file. With several labels, name a folder.");
    }
    if (Files.isDirectory(output(track, data))) {
      throw CommandFailure.usage(
          "'" + output(track, data) + "' is a folder. Name a file for the predictions.");
    }
  }

  /** Of several labels, each keeps its name. */
  private static Path output(Track track, Path data) {
    return track.data().size() == 1
        ? track.output()
        : track
            .output()
            .resolve(
                data.getFileName().toString().replaceFirst("(?i)\\.slp$", "") + ".predictions.slp");
  }

  private int run(Connection connection, Track track, Path data, TrackingPackage pack)
      throws IOException, InterruptedException {
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
                connection,
                console,
                track.target().workingDirectory(),
                Optional.of(output(track, data))));
  }

  /** The tracker would say so too, but only once all has been sent. */
  private static void checkFrames(Track track, Path data, LabelsReader.Labels labels) {
    if (track.onlySuggestedFrames() && labels.suggestedFrames() == 0) {
      throw CommandFailure.usage(
          "'%s' has no suggested frames, and only those would be tracked. Add --no-only_suggested_frames for all frames, or choose some with --frames."
              .formatted(data));
    }
  }

  private Map<String, Path> videos(Track track, Path data, LabelsReader.Labels labels)
      throws IOException {
    return track.videos() ? Videos.find(data, labels, needed(track), console) : Map.of();
  }

  private LabelsReader.Labels read(Path labels) {
    try {
      return reader.read(labels);
    } catch (IOException e) {
      throw CommandFailure.usage(e.getMessage(), e);
    }
  }

  /** Videos may be large, so those of which no frame is tracked stay here. */
  private static Predicate<LabelsReader.Video> needed(Track track) {
    String index = track.options().get("--video_index");
    Predicate<LabelsReader.Video> chosen =
        video -> index == null || index.equals(Integer.toString(video.index()));
    if (track.onlySuggestedFrames()) {
      return chosen.and(LabelsReader.Video::suggested);
    }
    return track.options().containsKey("--only_labeled_frames")
        ? chosen.and(LabelsReader.Video::labeled)
        : chosen;
  }

  private TrackingPackage pack(
      Track track, Path labels, List<Path> models, Map<String, Path> videos) throws IOException {
    String output = InputNames.plain(output(track, labels).getFileName().toString());
    return TrackingPackage.of(
        temporary,
        labels,
        videos,
        models,
        (data, names) ->
            TrackScript.text(data, names, output, track.onlySuggestedFrames(), track.options()));
  }
}
