package org.peerworks.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.job.FreeNames;
import org.peerworks.cli.job.InputNames;
import org.peerworks.cli.job.OutputFiles;
import org.peerworks.cli.job.Results;
import org.peerworks.cli.terminal.Console;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobOutput;

/** Predictions that a training made at its end, under their own names, never over a file. */
public final class PredictionFiles implements Results {

  private final Connection connection;
  private final Console console;
  private final Path directory;

  public PredictionFiles(Connection connection, Console console, Path directory) {
    this.connection = connection;
    this.console = console;
    this.directory = directory;
  }

  @Override
  public List<Path> fetch(Job job) throws IOException, InterruptedException {
    List<Path> saved = new ArrayList<>();
    for (JobOutput output : job.outputs()) {
      if (output.name().toLowerCase(Locale.ROOT).endsWith(".slp")) {
        Path file = FreeNames.freeFile(directory, InputNames.plain(output.name()));
        OutputFiles.replace(connection, console, job, output, file);
        console.say("Predictions: " + file);
        saved.add(file);
      }
    }
    return saved;
  }
}
