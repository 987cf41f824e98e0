package org.peerworks.job.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.peerworks.lib.files.AtomicFiles;

/** Starts commands through the fixed script that looks after them. */
final class Supervisor {

  private static final Duration START = Duration.ofSeconds(20);
  private static final long PAUSE_NANOS = 1_000_000;
  private static final int MAX_MESSAGE = 2000;
  private static final String INSTALL =
      " Install the packages 'coreutils' (8.31 or newer) and 'util-linux'.";

  private final Path setsid;
  private final Path script;
  private final ProcessTable processes;

  /**
   * @param setsid {@code setsid(1)} of util-linux
   * @param directory where the script is kept; made if it is missing
   */
  Supervisor(Path setsid, Path directory, ProcessTable processes) throws IOException {
    this.setsid = setsid;
    this.processes = processes;
    this.script = install(directory);
  }

  /** Writes the script once for each content that it ever had. */
  private static Path install(Path directory) throws IOException {
    byte[] content;
    try (InputStream in = Supervisor.class.getResourceAsStream("supervisor.sh")) {
      content = in.readAllBytes();
    }
    Path script = directory.resolve("supervisor-" + hash(content) + ".sh");
    if (!Files.isRegularFile(script) || !Arrays.equals(Files.readAllBytes(script), content)) {
      Files.createDirectories(directory);
      AtomicFiles.write(script, content);
    }
    return script;
  }

  private static String hash(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java runtime has no SHA-256; use another one.", e);
    }
  }

  /**
   * Starts a command, detached, and waits until the step directory says so.
   *
   * @param command absolute path of an executable and all of its arguments
   * @param environment all of its variables
   */
  Leader start(
      List<String> command,
      Path working,
      StepFiles files,
      Path log,
      Map<String, String> environment)
      throws IOException {
    List<String> words = new ArrayList<>();
    words.addAll(List.of(setsid.toString(), "--fork", "/bin/sh", script.toString()));
    words.addAll(List.of(files.directory().toString(), files.claim().toString()));
    words.addAll(List.of(log.toAbsolutePath().toString(), working.toAbsolutePath().toString()));
    words.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(words).directory(files.temporary().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectErrorStream(true).redirectOutput(files.startMessages().toFile());
    checkTools();
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new IOException("Cannot start '" + command.get(0) + "': " + e.getMessage(), e);
    }
    Leader leader = await(process, files, command.get(0));
    files.afterStart();
    return leader;
  }

  private void checkTools() throws IOException {
    for (Path tool : List.of(setsid, Path.of("/usr/bin/env"), Path.of("/bin/sh"))) {
      if (!AllowedPrograms.isExecutable(tool)) {
        throw new IOException(
            "Programs need '" + tool + "', which this worker does not have." + INSTALL);
      }
    }
  }

  private Leader await(Process process, StepFiles files, String program) throws IOException {
    long deadline = System.nanoTime() + START.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        Optional<Leader> leader = files.leader();
        boolean late = System.nanoTime() - deadline > 0;
        if (leader.isPresent() && (files.listens() || late || !processes.runs(leader.get()))) {
          return leader.get();
        }
        interrupted |= Thread.interrupted();
        boolean refused = !process.isAlive() && process.exitValue() != 0;
        if (leader.isEmpty() && (refused || late || interrupted) && files.giveUp()) {
          throw interrupted
              ? new InterruptedIOException("Interrupted while '" + program + "' was starting.")
              : new IOException("Cannot start '" + program + "': " + reason(files) + "." + INSTALL);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private String reason(StepFiles files) throws IOException {
    byte[] said = Files.readAllBytes(files.startMessages());
    String text = new String(said, 0, Math.min(said.length, MAX_MESSAGE)).strip();
    return text.isEmpty() ? "it did not start within " + START.toSeconds() + " s" : text;
  }
}
