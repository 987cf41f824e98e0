package org.peerworks.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.peerworks.cli.command.Invocation.TrainThere;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.connect.Connector;
import org.peerworks.cli.job.JobRun;
import org.peerworks.cli.job.WorkerPaths;
import org.peerworks.cli.monitor.JobWatch;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.Json;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobRequest;

/** Trains models on files that the worker has. */
public final class TrainThereCommand {

  private final Connector connector;
  private final Console console;

  public TrainThereCommand(Connector connector, Console console) {
    this.connector = connector;
    this.console = console;
  }

  /**
   * @param watch hears of the job too
   */
  public int run(TrainThere train, JobWatch watch) throws IOException, InterruptedException {
    Connector.check(train.target());
    WorkerPaths paths = WorkerPaths.of(train.target());
    String parameters = Json.line(parameters(train, paths));
    try (Connection connection = connector.open(train.target())) {
      JobRequest request =
          new JobRequest(
              "train",
              parameters,
              paths.inputs(),
              train.submission().priority().orElse(JobRequest.DEFAULT_PRIORITY),
              UUID.randomUUID().toString(),
              train.submission().timeout());
      return new JobRun(connection, console, watch)
          .submit(request, paths.bytes(), job -> fetch(connection, train, job));
    }
  }

  private static Map<String, Object> parameters(TrainThere train, WorkerPaths paths)
      throws IOException {
    Map<String, Object> parameters = new LinkedHashMap<>();
    if (train.pkg().isPresent()) {
      parameters.put("package", paths.there(train.pkg().get()));
      return parameters;
    }
    List<String> configs = new ArrayList<>();
    for (String config : train.configs()) {
      configs.add(paths.resolve(config, "A training configuration (.yaml)", ".yaml", ".yml"));
    }
    parameters.put("configs", configs);
    if (train.labels().isPresent()) {
      parameters.put("labels", paths.resolve(train.labels().get(), "Labels (.slp)", ".slp"));
    }
    if (train.validationLabels().isPresent()) {
      parameters.put(
          "val_labels", paths.resolve(train.validationLabels().get(), "Labels (.slp)", ".slp"));
    }
    if (train.resume().isPresent()) {
      parameters.put("resume_ckpt_path", paths.there(train.resume().get()));
    }
    parameters.putAll(train.values());
    if (!paths.mappings().isEmpty()) {
      parameters.put("path_mappings", paths.mappings());
    }
    boolean infer = train.infer().orElse(train.labels().isPresent());
    parameters.put("infer", infer);
    return parameters;
  }

  private List<Path> fetch(Connection connection, TrainThere train, Job job)
      throws IOException, InterruptedException {
    Path here = train.target().workingDirectory();
    List<Path> saved =
        new ArrayList<>(new ModelFolders(connection, console, here, LocalDateTime::now).fetch(job));
    saved.addAll(new PredictionFiles(connection, console, here).fetch(job));
    return saved;
  }
}
