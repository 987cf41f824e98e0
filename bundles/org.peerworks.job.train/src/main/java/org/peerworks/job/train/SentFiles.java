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
import org.peerworks.lib.sleap.Shown;

/**
 * The files of a training job that came without a package, sorted by what they are for.
 *
 * @param labels names
 * @param configs names
 * @param videos names of the videos that the labels need
 */
record SentFiles(
    Map<String, Path> inputs, List<String> labels, List<String> configs, List<String> videos) {

  private static final List<String> VIDEOS =
      List.of(".mp4", ".avi", ".mov", ".mkv", ".mj2", ".m4v", ".webm", ".mpg", ".mpeg", ".wmv");

  static SentFiles of(Map<String, Path> inputs) throws PackageException {
    List<String> labels = new ArrayList<>();
    List<String> configs = new ArrayList<>();
    List<String> videos = new ArrayList<>();
    for (String name : inputs.keySet().stream().sorted().toList()) {
      if (hasEnding(name, ".slp")) {
        labels.add(name);
      } else if (hasEnding(name, ".yaml") || hasEnding(name, ".yml")) {
        configs.add(name);
      } else if (VIDEOS.stream().anyMatch(ending -> hasEnding(name, ending))) {
        videos.add(name);
      } else {
        throw wanted("found " + Shown.quoted(name));
      }
    }
    return new SentFiles(inputs, labels, configs, videos);
  }

  /** Labels and videos, which configurations may name. */
  Set<String> names() {
    Set<String> names = new HashSet<>(labels);
    names.addAll(videos);
    return names;
  }

  /** Puts the files where the trainer finds them, or finds them there from an earlier run. */
  Path place(Path work, boolean withConfigs) throws IOException {
    Path directory = JobPackage.directory(work);
    if (Files.isDirectory(directory)) {
      return directory;
    }
    Path staging = work.resolve("unpacking");
    FileTrees.delete(staging);
    Files.createDirectories(staging);
    for (String name : labels) {
      // a copy, since a trainer may write to what it reads, and inputs must stay as they came
      Files.copy(inputs.get(name), staging.resolve(name));
    }
    for (String name : withConfigs ? configs : List.<String>of()) {
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

  static boolean hasEnding(String name, String ending) {
    return name.toLowerCase(Locale.ROOT).endsWith(ending);
  }

  /** Hydra finds configurations by the ending {@code .yaml} only. */
  static String asYaml(String name) {
    return name.substring(0, name.lastIndexOf('.')) + ".yaml";
  }

  static PackageException wanted(String found) {
    return new PackageException(
        "A training job takes one .zip package, or one .slp file with its .yaml configurations and videos; %s."
            .formatted(found));
  }
}
