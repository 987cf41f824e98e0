package org.peerworks.launcher;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Classes in the form in which the JVM maps them (application class-data sharing), which halves the
 * time of a start. A worker without them lets a rehearsal of itself leave them; {@code
 * bin/peerworks} hands them to the JVM, which ignores them if they are another version's.
 */
final class ClassArchive implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);

  /** What the worker itself does at its start comes first. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A rehearsal that takes longer is given up. */
  private static final long LONGEST_MINUTES = 5;

  private static final long END_MILLIS = 1_000;

  private final Path file;
  private final Path label;
  private final Path temporary;
  private final String identity;
  private final Duration patience;
  private Thread maker;
  private volatile Process process;
  private volatile boolean closed;

  private ClassArchive(Path framework, Path temporary, String identity, Duration patience) {
    this.file = framework.resolve("classes.jsa");
    this.label = framework.resolve("classes.version");
    this.temporary = temporary;
    this.identity = identity;
    this.patience = patience;
  }

  /**
   * Removes the archive of another Java or another version of this program.
   *
   * @param framework directory that outlives processes
   * @param temporary directory of this process
   */
  static ClassArchive in(Path framework, Path temporary) {
    return in(framework, temporary, PATIENCE);
  }

  static ClassArchive in(Path framework, Path temporary, Duration patience) {
    ClassArchive archive = new ClassArchive(framework, temporary, identity(), patience);
    try {
      if (!archive.isCurrent()) {
        // Where it is in use, the mapping stays.
        Files.deleteIfExists(archive.file);
        Files.deleteIfExists(archive.label);
      }
    } catch (IOException e) {
      LOG.warn("An archive of classes may be out of date: '{}'", archive.file, e);
    }
    return archive;
  }

  /** What the JVM compares: itself, and the jars that it loads classes from. */
  private static String identity() {
    StringBuilder identity = new StringBuilder();
    for (String property : List.of("java.home", "java.vm.name", "java.vm.version")) {
      identity.append(System.getProperty(property)).append('\n');
    }
    for (String jar : System.getProperty("java.class.path").split(":")) {
      File file = new File(jar);
      identity.append(jar).append(' ').append(file.length()).append(' ');
      identity.append(file.lastModified()).append('\n');
    }
    return identity.toString();
  }

  private boolean isCurrent() {
    try {
      return Files.exists(file)
          && Files.exists(label)
          && Files.readString(label, StandardCharsets.UTF_8).equals(label(file));
    } catch (IOException e) {
      LOG.debug("'{}' cannot be read; it will be made again", label, e);
      return false;
    }
  }

  /**
   * Begins to make the archive, a little later, if there is none.
   *
   * @param rehearsal starts a JVM that prints a line with {@code marker} when it has done all that
   *     a start does, and leaves its classes in the given file when it is asked to end
   */
  void makeSoon(Rehearsal rehearsal, String marker) {
    if (isCurrent() || maker != null) {
      return;
    }
    maker = new Thread(() -> make(rehearsal, marker), "class-archive");
    maker.setDaemon(true);
    maker.start();
  }

  private void make(Rehearsal rehearsal, String marker) {
    Path made = temporary.resolve("classes.jsa");
    try {
      TimeUnit.MILLISECONDS.sleep(patience.toMillis());
      Process started = rehearsal.start(made, temporary.resolve("rehearsal"));
      try (BufferedReader lines = started.inputReader(StandardCharsets.UTF_8)) {
        process = started;
        CompletableFuture.delayedExecutor(LONGEST_MINUTES, TimeUnit.MINUTES)
            .execute(started::destroyForcibly);
        for (String line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
          if (line.contains(marker)) {
            started.toHandle().destroy(); // Process.destroy() closes what is read here
          }
        }
        if (started.waitFor() != 0) {
          LOG.info("A rehearsal of the start failed; starts stay as slow as this one");
          return;
        }
      } finally {
        started.destroyForcibly();
      }
      keep(made);
    } catch (IOException e) {
      LOG.warn("Starts stay as slow as this one: no archive of classes was made", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the program ends; the next start tries again
    }
  }

  private void keep(Path made) throws IOException {
    if (closed) {
      return;
    }
    if (Files.exists(made)) {
      // In this order: a file that is not as long as its label says is not used.
      Path written = temporary.resolve(label.getFileName());
      Files.writeString(written, label(made), StandardCharsets.UTF_8);
      sync(made);
      sync(written);
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
      Files.move(written, label, StandardCopyOption.ATOMIC_MOVE);
      LOG.info("The next start is a faster one, with '{}'", file);
    } else {
      LOG.info("This Java left no archive of classes; starts stay as slow as this one");
    }
  }

  /** The size comes first: bin/peerworks compares it, for a JVM does not survive a torn archive. */
  private String label(Path archive) throws IOException {
    return Files.size(archive) + "\n" + identity;
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Waits until what was begun is done. */
  void await(Duration atMost) throws InterruptedException {
    maker.join(atMost.toMillis());
  }

  /** Gives up what is being made. */
  @Override
  public void close() {
    closed = true;
    if (maker == null) {
      return;
    }
    maker.interrupt();
    Process now = process;
    if (now != null) {
      now.destroyForcibly();
    }
    try {
      maker.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How to start a JVM that leaves its classes. */
  interface Rehearsal {

    /**
     * @param archive where the classes go
     * @param data a data directory of its own
     */
    Process start(Path archive, Path data) throws IOException;
  }
}
