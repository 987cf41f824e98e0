package org.peerworks.files.resolver;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.peerworks.lib.account.Places;
import org.peerworks.lib.account.SleapSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What sleap-rtc's configuration file says of mounts.
 *
 * @param workingDirectory absolute
 */
record SleapRtcMounts(Optional<Path> workingDirectory, List<MountLine> mounts) {

  private static final Logger LOG = LoggerFactory.getLogger(SleapRtcMounts.class);
  private static final SleapRtcMounts NONE = new SleapRtcMounts(Optional.empty(), List.of());

  /**
   * Reads the file that counts here, on a thread of its own: it is looked whether mounts exist, and
   * one that hangs must not keep the worker from starting. A damaged file is reported and left out.
   */
  static SleapRtcMounts read(Places where, Duration patience) {
    FutureTask<SleapSettings> reading = new FutureTask<>(() -> SleapSettings.read(where));
    Thread thread = new Thread(reading, "files-sleap-rtc");
    thread.setDaemon(true);
    thread.start();
    try {
      return of(reading.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException) {
        LOG.warn("The mounts of sleap-rtc's configuration are left out", cause);
        return NONE;
      }
      throw new IllegalStateException("Cannot read sleap-rtc's configuration.", cause);
    } catch (TimeoutException e) {
      LOG.warn(
          "The mounts of sleap-rtc's configuration '{}' are left out: one does not answer",
          where.config(),
          e);
      return NONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return NONE;
    }
  }

  private static SleapRtcMounts of(SleapSettings settings) {
    settings.warnings().forEach(warning -> LOG.warn("{}", warning));
    return new SleapRtcMounts(
        settings.workingDirectory().filter(Path::isAbsolute).map(Path::normalize),
        settings.mounts().stream()
            .map(mount -> new MountLine(mount.label(), mount.path().toString()))
            .toList());
  }
}
