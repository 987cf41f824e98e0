package org.peerworks.shell.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.peerworks.audit.api.AuditEvent;
import org.peerworks.audit.api.AuditLog;
import org.peerworks.audit.api.AuditResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records who was not let in; a crowd of them in one entry now and then, so that nobody fills the
 * disk from outside. Thread-safe.
 */
final class Strangers {

  private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);

  private static final long PERIOD = Duration.ofMinutes(10).toNanos();
  private static final int MOST = 20;

  private final Supplier<AuditLog> log;
  private long began = System.nanoTime();
  private int recorded;
  private long others;

  /**
   * @param log gives null while there is none
   */
  Strangers(Supplier<AuditLog> log) {
    this.log = log;
  }

  synchronized void refused(String name, String from, String why) {
    if (System.nanoTime() - began > PERIOD) {
      began = System.nanoTime();
      recorded = 0;
    }
    if (recorded >= MOST) {
      others++;
      return;
    }
    recorded++;
    String more = others == 0 ? "" : " Since the last entry " + others + " more were refused.";
    others = 0;
    AuditEvent event =
        AuditEvent.of("stranger/" + name, from, "ssh: log in", AuditResult.REFUSED, why + more);
    AuditLog now = log.get();
    try {
      if (now == null) {
        throw new IOException("The audit log is not running.");
      }
      now.record(event);
    } catch (IOException e) {
      LOG.error("Cannot record {}", event, e);
    }
  }
}
