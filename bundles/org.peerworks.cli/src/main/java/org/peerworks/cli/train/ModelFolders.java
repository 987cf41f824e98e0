package org.peerworks.cli.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.job.FreeNames;
import org.peerworks.cli.job.InputNames;
import org.peerworks.cli.job.OutputFiles;
import org.peerworks.cli.job.OutputFiles.Staging;
import org.peerworks.cli.job.Results;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.Json;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobOutput;
import org.peerworks.lib.files.ArchiveException;
import org.peerworks.lib.files.ArchiveLimits;
import org.peerworks.lib.files.Archives;
import org.peerworks.lib.files.AtomicFiles;

/**
 * Trained models in folders {@code models/<config>_<yyMMdd_HHmmss>}, never over one that is there.
 */
public final class ModelFolders implements Results {

  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyMMdd_HHmmss");

  /** A run that the worker has named by its own clock. */
  private static final String STAMPED = "^(.+)_\\d{8}_\\d{6}$";

  private final Connection connection;
  private final Console console;
  private final Path models;
  private final Supplier<LocalDateTime> now;

  /**
   * @param workingDirectory where the folder {@code models} is, or is made
   */
  public ModelFolders(
      Connection connection, Console console, Path workingDirectory, Supplier<LocalDateTime> now) {
    this.connection = connection;
    this.console = console;
    this.models = workingDirectory.resolve("models");
    this.now = now;
  }

  @Override
  public List<Path> fetch(Job job) throws IOException, InterruptedException {
    List<Path> saved = new ArrayList<>();
    for (JobOutput output : job.outputs()) {
      if (output.name().endsWith(".zip")) {
        saved.addAll(unpack(job, output));
      }
    }
    if (saved.isEmpty()) {
      String there = job.document().map(json -> Json.text(json, "worker_path")).orElse("");
      console.say(
          there.isEmpty() ? "No models came back." : "The models stay at the worker: " + there);
    }
    return saved;
  }

  private List<Path> unpack(Job job, JobOutput output) throws IOException, InterruptedException {
    try (Staging staging = Staging.below(models)) {
      Path zip = staging.file("models.zip");
      OutputFiles.fetch(connection, console, job, output, zip);
      Path unpacked = Files.createDirectory(staging.file("unpacked"));
      Archives.unpack(zip, unpacked, ArchiveLimits.DEFAULT);
      return place(unpacked, InputNames.plain(output.name().replaceFirst("\\.zip$", "")));
    } catch (ArchiveException e) {
      throw CommandFailure.failed(
          "The models that the worker sent were refused: " + e.getMessage(), e);
    }
  }

  private List<Path> place(Path unpacked, String otherwise) throws IOException {
    String stamp = now.get().format(STAMP);
    List<Path> loose = new ArrayList<>();
    List<Path> saved = new ArrayList<>();
    for (Path entry : entries(unpacked)) {
      if (Files.isDirectory(entry)) {
        String name = InputNames.plain(entry.getFileName().toString());
        String config = name.replaceFirst(STAMPED, "$1");
        Path folder = FreeNames.claimFolder(models, config + "_" + stamp);
        Files.move(entry, folder, StandardCopyOption.ATOMIC_MOVE);
        saved.add(folder);
      } else {
        loose.add(entry);
      }
    }
    if (!loose.isEmpty()) {
      Path folder = FreeNames.claimFolder(models, otherwise + "_" + stamp);
      for (Path file : loose) {
        Files.move(file, folder.resolve(file.getFileName()));
      }
      saved.add(folder);
    }
    AtomicFiles.sync(models);
    saved.forEach(folder -> console.say("Model: " + folder));
    return saved;
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    }
  }
}
