package org.peerworks.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.Invocation.Train;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.connect.Connector;
import org.peerworks.cli.find.FileFinder;
import org.peerworks.cli.find.Mappings;
import org.peerworks.cli.find.ProjectVideos;
import org.peerworks.cli.find.Wanted;
import org.peerworks.cli.job.InputNames;
import org.peerworks.cli.job.JobRun;
import org.peerworks.cli.monitor.JobWatch;
import org.peerworks.cli.select.Selector;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.Json;
import org.peerworks.job.api.JobRequest;

/** Trains on a package or labels that are not here but at the worker, where they stay. */
public final class TrainFoundCommand {

  private final Connector connector;
  private final Console console;
  private final Selector selector;

  public TrainFoundCommand(Connector connector, Console console, Selector selector) {
    this.connector = connector;
    this.console = console;
    this.selector = selector;
  }

  /**
   * @param watch hears of the job too
   */
  public int run(Train train, JobWatch watch) throws IOException, InterruptedException {
    if (train.deprecatedName()) {
      console.warn("The command 'client' is deprecated. Use 'client-train'.");
    }
    Connector.check(train.target());
    Mappings mappings = Mappings.of(train.target(), train.typed().mappings());
    Map<String, Path> configs = configs(train);
    try (Connection connection = connector.open(train.target())) {
      boolean interactive = train.target().interactive();
      String typed = train.typed().paths().get(0);
      String path =
          new FileFinder(connection, console, selector, interactive)
              .find(typed, mappings.toWorker(typed), Wanted.TRAINING);
      boolean isPackage = path.toLowerCase(Locale.ROOT).endsWith(".zip");
      if (isPackage && !configs.isEmpty()) {
        throw CommandFailure.usage(
            "A training package brings its own configurations. Leave out --config, or give a .slp.");
      }
      if (!isPackage && train.videos()) {
        path =
            new ProjectVideos(connection, console, mappings, interactive)
                .readable(path, ProjectVideos.Place.OF_JOB);
      }
      JobRequest request =
          new JobRequest(
              "train",
              Json.line(isPackage ? Map.of("package", path) : parameters(path, configs)),
              configs,
              train.submission().priority().orElse(JobRequest.DEFAULT_PRIORITY),
              UUID.randomUUID().toString(),
              train.submission().timeout());
      return new JobRun(connection, console, watch)
          .submit(
              request,
              0,
              new ModelFolders(
                  connection, console, train.target().workingDirectory(), LocalDateTime::now));
    }
  }

  private static Map<String, Path> configs(Train train) throws IOException {
    Map<String, Path> configs = new LinkedHashMap<>();
    InputNames names = new InputNames();
    for (Path config : train.configs()) {
      LocalFiles.requireConfig(config);
      configs.put(names.take(config), config);
    }
    return configs;
  }

  private static Map<String, Object> parameters(String labels, Map<String, Path> configs) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("labels", labels);
    if (!configs.isEmpty()) {
      List<String> order = new ArrayList<>(configs.keySet());
      parameters.put("configs", order);
    }
    return parameters;
  }
}
