package org.peerworks.cli.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.Invocation.Train;
import org.peerworks.cli.job.InputNames;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.Json;
import org.peerworks.lib.files.FileTrees;
import org.peerworks.lib.sleap.DefaultConfigs;

/** The files of a training job, checked and named; closing it deletes what was made for them. */
final class TrainingInputs implements AutoCloseable {

  private final Map<String, Path> files = new LinkedHashMap<>();
  private final List<String> configs = new ArrayList<>();
  private final InputNames names = new InputNames();
  private final Path directory;
  private Path temporary;

  private TrainingInputs(Path directory) {
    this.directory = directory;
  }

  /**
   * Checks the files of a command.
   *
   * @throws CommandFailure if one of them is wrong
   */
  static TrainingInputs of(Train train, LabelsReader reader, Console console, Path directory)
      throws IOException {
    Path pkg = train.pkg();
    LocalFiles.requireFile(pkg, "A training package (.zip) or labels (.slp)");
    TrainingInputs inputs = new TrainingInputs(directory);
    try {
      if (LocalFiles.hasEnding(pkg, ".zip")) {
        inputs.archive(train);
      } else if (LocalFiles.hasEnding(pkg, ".slp")) {
        inputs.labels(train, reader, console);
      } else {
        throw CommandFailure.usage(
            "'" + pkg + "' ends neither in .zip nor in .slp. Give a training package or labels.");
      }
      return inputs;
    } catch (IOException | RuntimeException e) {
      inputs.close();
      throw e;
    }
  }

  Map<String, Path> files() {
    return Map.copyOf(files);
  }

  /** Parameters of the job: the order of the configurations. */
  String parameters() {
    return Json.line(configs.isEmpty() ? Map.of() : Map.of("configs", configs));
  }

  long bytes() throws IOException {
    long bytes = 0;
    for (Path file : files.values()) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private void archive(Train train) throws IOException {
    if (!train.configs().isEmpty()) {
      throw CommandFailure.usage(
          "A training package brings its own configurations. Leave out --config, or give a .slp.");
    }
    LocalFiles.requireZip(train.pkg());
    files.put(names.take(train.pkg()), train.pkg());
  }

  private void labels(Train train, LabelsReader reader, Console console) throws IOException {
    LocalFiles.requireSlp(train.pkg());
    LabelsReader.Labels labels = read(train.pkg(), reader);
    if (labels.labeledFrames() == 0) {
      throw CommandFailure.usage(
          "'" + train.pkg() + "' has no labelled frames, so there is nothing to learn from.");
    }
    String labelsName = names.take(train.pkg());
    files.put(labelsName, train.pkg());
    if (train.videos()) {
      Videos.find(train.pkg(), labels, LabelsReader.Video::labeled, console)
          .forEach(
              (name, video) -> {
                names.take(Path.of(name));
                files.put(name, video);
              });
    } else if (!labels.imagesInside()) {
      console.warn(
          "The images are not in '"
              + train.pkg().getFileName()
              + "', so the worker must find the videos by itself.");
    }
    if (train.configs().isEmpty()) {
      addDefaults(labels, labelsName, console);
    } else {
      for (Path config : train.configs()) {
        addConfig(config);
      }
    }
  }

  private static LabelsReader.Labels read(Path slp, LabelsReader reader) {
    try {
      return reader.read(slp);
    } catch (IOException e) {
      throw CommandFailure.usage(e.getMessage(), e);
    }
  }

  private void addConfig(Path config) throws IOException {
    LocalFiles.requireConfig(config);
    String name = names.take(config);
    files.put(name, config);
    configs.add(name);
  }

  private void addDefaults(LabelsReader.Labels labels, String labelsName, Console console)
      throws IOException {
    List<String> chosen = DefaultConfigs.suiting(labels.mostAnimals());
    temporary = Files.createTempDirectory(directory, "peerworks-train-");
    for (String config : chosen) {
      Path file = temporary.resolve(config);
      Files.write(file, DefaultConfigs.content(config, labelsName));
      files.put(config, file);
      configs.add(config);
    }
    console.say(
        labels.mostAnimals() <= 1
            ? "No frame has more than one animal: training a single-instance model"
                + " with our defaults. Give --config to choose yourself."
            : "Frames have up to "
                + labels.mostAnimals()
                + " animals: training a centroid model, then a centered-instance model,"
                + " with our defaults. Give --config to choose yourself.");
    console.event("defaults", "configs", chosen);
  }

  @Override
  public void close() throws IOException {
    if (temporary != null) {
      FileTrees.delete(temporary);
    }
  }
}
