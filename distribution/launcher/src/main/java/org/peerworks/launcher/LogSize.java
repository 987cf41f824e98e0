package org.peerworks.launcher;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.TriggeringPolicyBase;
import java.io.File;

/**
 * Begins a new file of the log as soon as one is full. The library's own policy looks once a minute
 * by the clock: what is said a thousand times a second fills a disk meanwhile, and after the clock
 * was set back it does not look at all.
 */
final class LogSize extends TriggeringPolicyBase<ILoggingEvent> {

  private final long bytes;

  LogSize(long bytes) {
    this.bytes = bytes;
  }

  @Override
  public boolean isTriggeringEvent(File file, ILoggingEvent event) {
    return file.length() >= bytes;
  }
}
