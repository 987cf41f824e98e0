package org.peerworks.deploy;

import java.io.IOException;
import org.peerworks.audit.api.AuditEvent;
import org.peerworks.audit.api.AuditLog;
import org.peerworks.audit.api.AuditResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records changes that no person made through the shell. */
public final class Records {

  private static final Logger LOG = LoggerFactory.getLogger(Records.class);

  private Records() {}

  /**
   * Records a change that was made or refused.
   *
   * @param log null if there is none
   */
  public static void add(AuditLog log, String from, String what, boolean good, String words) {
    if (log == null) {
      return;
    }
    try {
      log.record(
          AuditEvent.of(
              "worker", from, what, good ? AuditResult.DONE : AuditResult.REFUSED, words));
    } catch (IOException e) {
      LOG.error("Cannot record in the audit log: {}", what, e);
    }
  }
}
