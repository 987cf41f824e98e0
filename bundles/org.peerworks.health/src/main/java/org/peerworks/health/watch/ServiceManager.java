package org.peerworks.health.watch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how this process is (sd_notify(3)). Java 17 has no datagram sockets of Unix, which
 * that takes, so the program {@code systemd-notify} sends them, which is wherever systemd is; the
 * unit needs {@code NotifyAccess=all} for it.
 */
final class ServiceManager {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);
  private static final String PROGRAM = "systemd-notify";
  private static final long PATIENCE_SECONDS = 5;

  private final Optional<Path> program;
  private final Optional<Duration> watchdog;
  private boolean failed;

  private ServiceManager(Optional<Path> program, Optional<Duration> watchdog) {
    this.program = program;
    this.watchdog = watchdog;
  }

  /**
   * @param environment of this process
   * @param pid of this process
   */
  static ServiceManager of(Map<String, String> environment, long pid) {
    if (environment.getOrDefault("NOTIFY_SOCKET", "").isEmpty()) {
      return new ServiceManager(Optional.empty(), Optional.empty());
    }
    Optional<Path> program = find(environment.getOrDefault("PATH", "") + ":/usr/bin:/bin");
    if (program.isEmpty()) {
      LOG.error(
          "systemd wants to hear from this worker, but there is no program '{}' on the PATH. Install"
              + " it, or set Type=exec and no WatchdogSec in the unit",
          PROGRAM);
    }
    return new ServiceManager(program, watchdog(environment, pid));
  }

  private static Optional<Path> find(String path) {
    for (String directory : path.split(File.pathSeparator)) {
      Path file = Path.of(directory, PROGRAM);
      if (file.isAbsolute() && Files.isExecutable(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private static Optional<Duration> watchdog(Map<String, String> environment, long pid) {
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    String whose = environment.getOrDefault("WATCHDOG_PID", "");
    if (!micros.matches("[1-9][0-9]{0,15}")
        || !whose.isEmpty() && !whose.equals(String.valueOf(pid))) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofNanos(Long.parseLong(micros) * 1000));
  }

  /** Whether anybody listens. */
  boolean listens() {
    return program.isPresent();
  }

  /** How often it wants to hear {@code WATCHDOG=1} at least; empty if it does not. */
  Optional<Duration> watchdog() {
    return watchdog;
  }

  /**
   * Tells something. Waits until it is told, 5 s at most.
   *
   * @param assignments such as {@code READY=1}; without line breaks
   */
  synchronized void tell(String... assignments) {
    if (program.isEmpty()) {
      return;
    }
    List<String> command = new ArrayList<>(List.of(program.get().toString()));
    command.addAll(List.of(assignments));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        failed("it does not end", null);
      } else if (process.exitValue() != 0) {
        failed("it ended with status " + process.exitValue(), null);
      } else {
        failed = false;
      }
    } catch (IOException e) {
      failed("it cannot be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Said once, until it works again. */
  private void failed(String why, IOException cause) {
    if (!failed) {
      LOG.error("Cannot tell systemd about this worker with '{}': {}", program.get(), why, cause);
    }
    failed = true;
  }
}
