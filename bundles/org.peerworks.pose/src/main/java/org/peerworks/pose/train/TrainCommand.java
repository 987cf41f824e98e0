package org.peerworks.pose.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.peerworks.pose.Command;
import org.peerworks.pose.Console;
import org.peerworks.pose.Interruption;
import org.peerworks.pose.UserError;
import org.peerworks.pose.config.ConfigFile;
import org.peerworks.pose.options.OptionParser;
import org.peerworks.pose.options.Options;

/** {@code train}: learns a model from labelled frames. */
public final class TrainCommand implements Command {

  private static final String VIDEOS =
      "it finds videos by the paths in the labels, or by their names beside these; put them there";

  @Override
  public void run(List<String> arguments, Console console, Interruption interruption)
      throws UserError, IOException {
    Options options = parser().parse(arguments);
    Path file = configuration(options);
    ConfigFile initial = ConfigFile.read(file);
    ConfigFile effective = ConfigFile.read(file);
    for (String override : options.rest()) {
      initial.override(override);
      effective.override(override);
    }
    interruption.defer(new TrainingRun(initial, effective, console, interruption)::run);
  }

  static OptionParser parser() {
    return new OptionParser("train")
        .value("--config_name", "-c")
        .value("--config_dir", "-d")
        .value("--config")
        .refuse(
            VIDEOS, "--video_paths", "-v", "--video_path_map", "--prefix_map", "--video_config");
  }

  private static Path configuration(Options options) throws UserError {
    if (options.has("--config")) {
      return Path.of(options.required("--config"));
    }
    Path directory = Path.of(options.one("--config_dir").orElse("."));
    String name = options.required("--config_name");
    Path file = directory.resolve(name);
    return Files.exists(file) || name.endsWith(".yaml") ? file : directory.resolve(name + ".yaml");
  }
}
