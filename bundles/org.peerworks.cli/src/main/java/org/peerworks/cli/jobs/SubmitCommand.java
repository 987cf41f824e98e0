package org.peerworks.cli.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.Invocation.JobSubmit;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.connect.Connector;
import org.peerworks.cli.job.InputNames;
import org.peerworks.cli.job.JobRun;
import org.peerworks.cli.job.OutputFiles;
import org.peerworks.cli.job.Results;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.train.LocalFiles;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.JobTypeInfo;

/** Hands in a job of any type, and brings back what it returns. */
public final class SubmitCommand {

  private final Connector connector;
  private final Console console;

  public SubmitCommand(Connector connector, Console console) {
    this.connector = connector;
    this.console = console;
  }

  /**
   * Runs the job.
   *
   * @return exit status of the program
   */
  public int run(JobSubmit submit) throws IOException, InterruptedException {
    Connector.check(submit.target());
    Map<String, Path> inputs = inputs(submit.files());
    TypedParameters parameters = TypedParameters.of(submit.values(), submit.parameters());
    submit.output().ifPresent(SubmitCommand::requireFolder);
    try (Connection connection = connector.open(submit.target())) {
      JobTypeInfo type = TypesCommand.require(connection, submit.type());
      JobRequest request =
          new JobRequest(
              type.name(),
              parameters.json(type.schema()),
              inputs,
              submit.submission().priority().orElse(JobRequest.DEFAULT_PRIORITY),
              UUID.randomUUID().toString(),
              submit.submission().timeout());
      Results files =
          new OutputFiles(connection, console, submit.target().workingDirectory(), submit.output());
      return new JobRun(connection, console)
          .submit(request, bytes(inputs), job -> fetch(job, files));
    }
  }

  private List<Path> fetch(Job job, Results files) throws IOException, InterruptedException {
    List<Path> saved = files.fetch(job);
    job.document()
        .filter(document -> !document.equals("{}"))
        .ifPresent(document -> console.say("Result: " + document));
    return saved;
  }

  private Map<String, Path> inputs(List<Path> files) {
    InputNames names = new InputNames();
    Map<String, Path> inputs = new LinkedHashMap<>();
    for (Path file : files) {
      LocalFiles.requireFile(file, "A file for the job");
      String name = names.take(file);
      if (!name.equals(file.getFileName().toString())) {
        console.say("'" + file + "' goes along as '" + name + "'.");
      }
      inputs.put(name, file);
    }
    return inputs;
  }

  private static long bytes(Map<String, Path> inputs) throws IOException {
    long bytes = 0;
    for (Path file : inputs.values()) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private static void requireFolder(Path output) {
    if (Files.exists(output) && !Files.isDirectory(output)) {
      throw CommandFailure.usage(
          "'" + output + "' is no folder. Name one for the files of the job.");
    }
  }
}
