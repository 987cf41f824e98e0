package org.peerworks.itests.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.peerworks.itests.distribution.Running;

/** Our client's commands, as people type them. */
final class OurClient {

  private final Stage stage;
  private final Packages packages;

  OurClient(Stage stage) throws IOException {
    this.stage = stage;
    this.packages = new Packages(stage.lab().directory().resolve("packages"));
  }

  /**
   * Trains.
   *
   * @param way how to reach the worker
   * @param name of the package, without its ending
   * @param labels their name tells the stand-in for sleap-nn how to go
   */
  Running train(List<String> way, String name, String labels, int size) throws IOException {
    List<String> words = new ArrayList<>(List.of("client-train"));
    words.addAll(way);
    words.addAll(List.of("-p", packages.training(name + ".zip", labels, size).toString()));
    return stage.lab().client(words.toArray(String[]::new));
  }

  /** The words of a command that sends a package. */
  List<String> words(String command, List<String> way, String name, int size) throws IOException {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(way);
    words.addAll(List.of("-p", packages.training(name + ".zip", "labels.slp", size).toString()));
    return words;
  }

  /** Writes a configuration where the client is started; returns its name. */
  String config(String labels) throws IOException {
    new Packages(stage.lab().desk()).config("centroid.yaml", labels);
    return "centroid.yaml";
  }

  /** Tracks, and lets the predictions go to a file. */
  Running track(List<String> way, String labels, Path out) throws IOException {
    List<String> words = new ArrayList<>(List.of("client-track"));
    words.addAll(way);
    words.addAll(
        List.of(
            "-d",
            packages.labels(labels).toString(),
            "-m",
            packages.model().toString(),
            "--no-videos",
            "-o",
            out.toString()));
    return stage.lab().client(words.toArray(String[]::new));
  }

  /** Where a training's models are put: a folder named by the configuration and the time. */
  List<Path> models() throws IOException {
    Path models = stage.lab().desk().resolve("models");
    if (!Files.exists(models)) {
      return List.of();
    }
    try (var folders = Files.list(models)) {
      return folders.toList();
    }
  }
}
