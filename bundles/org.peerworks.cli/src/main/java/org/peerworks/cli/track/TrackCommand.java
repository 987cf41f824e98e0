package org.peerworks.cli.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.Invocation.Track;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.connect.Connector;
import org.peerworks.cli.job.InputNames;
import org.peerworks.cli.job.JobRun;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.train.LabelsReader;
import org.peerworks.cli.train.LocalFiles;
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
    check(track.data());
    if (Files.isDirectory(track.output())) {
      throw CommandFailure.usage(
          "'" + track.output() + "' is a folder. Name a file for the predictions.");
    }
    List<Path> models = ModelPaths.resolve(workingDirectory, track.models());
    console.status("Packing ...");
    try (TrackingPackage pack =
            TrackingPackage.of(
                temporary,
                track.data(),
                models,
                InputNames.plain(track.output().getFileName().toString()),
                track.onlySuggestedFrames());
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

  private void check(Path labels) {
    try {
      reader.read(labels);
    } catch (IOException e) {
      throw CommandFailure.usage(e.getMessage(), e);
    }
  }

  private Connection connect(Track track) throws InterruptedException {
    console.endStatus();
    return connector.open(track.target());
  }
}
