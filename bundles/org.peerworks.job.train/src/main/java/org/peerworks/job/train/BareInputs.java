package org.peerworks.job.train;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.peerworks.lib.files.FileTrees;
import org.peerworks.lib.sleap.JobPackage;
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.ScriptCommand;
import org.peerworks.lib.sleap.Shown;

/**
 * A training job without a package: labels, and the configurations to train on them.
 *
 * @param labels name of the labels
 * @param configs names of the configurations, in order
 * @param videos names of the videos that the labels need
 */
record BareInputs(
    Map<String, Path> inputs, String labels, List<String> configs, List<String> videos) {

  private static final List<String> VIDEOS =
      List.of(".mp4", ".avi", ".mov", ".mkv", ".mj2", ".m4v", ".webm", ".mpg", ".mpeg", ".wmv");

  static BareInputs of(Map<String, Path> inputs, List<String> order) throws PackageException {
    List<String> labels = new ArrayList<>();
    List<String> configs = new ArrayList<>();
    List<String> videos = new ArrayList<>();
    for (String name : inputs.keySet().stream().sorted().toList()) {
      if (hasEnding(name, ".slp")) {
        labels.add(name);
      } else if (isConfig(name)) {
        configs.add(name);
      } else if (VIDEOS.stream().anyMatch(ending -> hasEnding(name, ending))) {
        videos.add(name);
      } else {
        throw wanted("found " + Shown.quoted(name));
      }
    }
    if (labels.size() != 1 || configs.isEmpty()) {
      throw wanted("found %d .slp and %d .yaml files".formatted(labels.size(), configs.size()));
    }
    for (String name : order) {
      if (!configs.contains(name)) {
        throw new PackageException(
            "'configs' names %s, but no such file was sent.".formatted(Shown.quoted(name)));
      }
    }
    Set<String> stems = new HashSet<>();
    for (String name : configs) {
      if (!stems.add(asYaml(name))) {
        throw new PackageException(
            "Two configurations are named %s; rename one.".formatted(Shown.quoted(asYaml(name))));
      }
    }
    return new BareInputs(
        inputs, labels.get(0), order.isEmpty() ? configs : List.copyOf(order), videos);
  }

  /** Puts the files where the trainer finds them, or finds them there from an earlier run. */
  Path place(Path work) throws IOException {
    Path directory = JobPackage.directory(work);
    if (Files.isDirectory(directory)) {
      return directory;
    }
    Path staging = work.resolve("unpacking");
    FileTrees.delete(staging);
    Files.createDirectories(staging);
    // a copy, since a trainer may write to what it reads, and inputs must stay as they came
    Files.copy(inputs.get(labels), staging.resolve(labels));
    for (String name : configs) {
      Files.copy(inputs.get(name), staging.resolve(asYaml(name)));
    }
    // Trainers find videos beside the labels, and only read them.
    for (String name : videos) {
      link(inputs.get(name), staging.resolve(name));
    }
    JobPackage.publish(staging, directory);
    return directory;
  }

  /** A second name costs nothing; a copy is made where the file system has none. */
  private static void link(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (FileSystemException | UnsupportedOperationException e) {
      Files.copy(from, to);
    }
  }

  List<ScriptCommand> commands() {
    List<ScriptCommand> commands = new ArrayList<>();
    for (String name : configs) {
      commands.add(
          new ScriptCommand(
              commands.size() + 1, ScriptCommand.TRAIN, List.of("--config-name=" + asYaml(name))));
    }
    return commands;
  }

  static boolean hasEnding(String name, String ending) {
    return name.toLowerCase(Locale.ROOT).endsWith(ending);
  }

  private static boolean isConfig(String name) {
    return hasEnding(name, ".yaml") || hasEnding(name, ".yml");
  }

  /** Hydra finds configurations by the ending {@code .yaml} only. */
  private static String asYaml(String name) {
    return name.substring(0, name.lastIndexOf('.')) + ".yaml";
  }

  private static PackageException wanted(String found) {
    return new PackageException(
        "A training job takes one .zip package, or one .slp file with its .yaml configurations and videos; %s."
            .formatted(found));
  }
}
