package org.peerworks.cli.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.peerworks.cli.CommandFailure;
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

  public int run(Track track) throws IOException, InterruptedException {
    Connector.check(track.target());
    Path workingDirectory = track.target().workingDirectory();
    LocalFiles.requireFile(track.data(), "Labels (.slp)");
    LocalFiles.requireSlp(track.data());
    if (Files.isDirectory(track.output())) {
      throw CommandFailure.usage(
          "'" + track.output() + "' is a folder. Name a file for the predictions.");
    }
    List<Path> models = ModelPaths.resolve(workingDirectory, track.models());
    Map<String, Path> videos = videos(track);
    console.status("Packing ...");
    try (TrackingPackage pack = pack(track, models, videos);
        Connection connection = connect(track)) {
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
              new Predictions(connection, console, workingDirectory, Optional.of(track.output())));
    }
  }

  private Map<String, Path> videos(Track track) throws IOException {
    LabelsReader.Labels labels = read(track.data());
    if (track.videos()) {
      return Videos.find(track.data(), labels, needed(track), console);
    }
    return Map.of();
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

  private TrackingPackage pack(Track track, List<Path> models, Map<String, Path> videos)
      throws IOException {
    String output = InputNames.plain(track.output().getFileName().toString());
    return TrackingPackage.of(
        temporary,
        track.data(),
        videos,
        models,
        (data, names) ->
            TrackScript.text(data, names, output, track.onlySuggestedFrames(), track.options()));
  }

  private Connection connect(Track track) throws InterruptedException {
    console.endStatus();
    return connector.open(track.target());
  }
}
