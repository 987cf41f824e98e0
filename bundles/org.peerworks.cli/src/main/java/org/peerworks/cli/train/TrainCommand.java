package org.peerworks.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.UUID;
import org.peerworks.cli.command.Invocation.Train;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.connect.Connector;
import org.peerworks.cli.job.JobRun;
import org.peerworks.cli.monitor.JobWatch;
import org.peerworks.cli.terminal.Console;
import org.peerworks.job.api.JobRequest;

/** Trains models on a worker. */
public final class TrainCommand {

  private final Connector connector;
  private final LabelsReader reader;
  private final Console console;
  private final Path temporary;

  /**
   * @param temporary where files are made that go with the job
   */
  public TrainCommand(Connector connector, LabelsReader reader, Console console, Path temporary) {
    this.connector = connector;
    this.reader = reader;
    this.console = console;
    this.temporary = temporary;
  }

  /**
   * @param watch hears of the job too
   */
  public int run(Train train, JobWatch watch) throws IOException, InterruptedException {
    if (train.deprecatedName()) {
      console.warn("The command 'client' is deprecated. Use 'client-train'.");
    }
    Connector.check(train.target());
    try (TrainingInputs inputs = TrainingInputs.of(train, reader, console, temporary);
        Connection connection = connector.open(train.target())) {
      JobRequest request =
          new JobRequest(
              "train",
              inputs.parameters(),
              inputs.files(),
              train.submission().priority().orElse(JobRequest.DEFAULT_PRIORITY),
              UUID.randomUUID().toString(),
              train.submission().timeout());
      return new JobRun(connection, console, watch)
          .submit(
              request,
              inputs.bytes(),
              new ModelFolders(
                  connection, console, train.target().workingDirectory(), LocalDateTime::now));
    }
  }
}
