package org.peerworks.cli.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.terminal.Console;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobOutput;
import org.peerworks.lib.files.AtomicFiles;
import org.peerworks.lib.files.FileTrees;

/** The outputs of any job, in a folder that is named after it or was chosen. */
public final class OutputFiles implements Results {

  private final Connection connection;
  private final Console console;
  private final Path directory;
  private final Optional<Path> chosen;

  /**
   * @param directory where the folder of the job is made
   * @param chosen the folder to use instead; files that are in it are replaced by those of the job
   */
  public OutputFiles(
      Connection connection, Console console, Path directory, Optional<Path> chosen) {
    this.connection = connection;
    this.console = console;
    this.directory = directory;
    this.chosen = chosen;
  }

  @Override
  public List<Path> fetch(Job job) throws IOException, InterruptedException {
    if (job.outputs().isEmpty()) {
      return List.of();
    }
    return chosen.isPresent() ? into(chosen.get(), job) : intoItsOwn(job);
  }

  private List<Path> into(Path folder, Job job) throws IOException, InterruptedException {
    List<Path> saved = new ArrayList<>();
    for (JobOutput output : job.outputs()) {
      Download.checkName(output);
      Path target = folder.resolve(output.name());
      replace(connection, console, job, output, target);
      saved.add(target);
    }
    console.say("Outputs: " + folder);
    return saved;
  }

  private List<Path> intoItsOwn(Job job) throws IOException, InterruptedException {
    List<Path> saved = new ArrayList<>();
    try (Staging staging = Staging.below(directory)) {
      for (JobOutput output : job.outputs()) {
        fetch(connection, console, job, output, staging.file(output.name()));
      }
      Path folder = FreeNames.claimFolder(directory, "job_" + job.id());
      staging.moveTo(folder);
      for (JobOutput output : job.outputs()) {
        saved.add(folder.resolve(output.name()));
      }
      console.say("Outputs: " + folder);
    }
    return saved;
  }

  /**
   * Fetches one output over a file that may be there; that one stays until the new one is whole.
   */
  public static void replace(
      Connection connection, Console console, Job job, JobOutput output, Path target)
      throws IOException, InterruptedException {
    Path directory = target.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    try (Staging staging = Staging.below(directory)) {
      Path file = staging.file("output");
      fetch(connection, console, job, output, file);
      Files.move(
          file,
          target,
          java.nio.file.StandardCopyOption.ATOMIC_MOVE,
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      AtomicFiles.sync(directory);
    }
  }

  /** Fetches one output into a new file. */
  public static void fetch(
      Connection connection, Console console, Job job, JobOutput output, Path file)
      throws IOException, InterruptedException {
    new Download(connection, console).fetch(job.id(), output, file);
  }

  /** A hidden folder beside the target, gone at the end. */
  public static final class Staging implements AutoCloseable {

    private final Path folder;

    private Staging(Path folder) {
      this.folder = folder;
    }

    /** Makes one; what is in it can be moved to the directory at once. */
    public static Staging below(Path directory) throws IOException {
      Files.createDirectories(directory);
      return new Staging(Files.createTempDirectory(directory, ".peerworks-"));
    }

    public Path file(String name) {
      return folder.resolve(name);
    }

    /** Puts the folder itself in the place of an empty one. */
    void moveTo(Path emptyFolder) throws IOException {
      Files.move(folder, emptyFolder, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      AtomicFiles.sync(emptyFolder.getParent());
    }

    @Override
    public void close() throws IOException {
      FileTrees.delete(folder);
    }
  }
}
