package org.peerworks.health.check;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.peerworks.audit.api.AuditCheck;
import org.peerworks.audit.api.AuditLog;
import org.peerworks.health.api.Finding;
import org.peerworks.health.api.HealthCheck;

/**
 * The chain of the audit log. The whole log is read once an hour at most, however often somebody
 * asks; in between only its newest entry is.
 */
final class AuditCheckup implements HealthCheck {

  private static final long FRESH_NANOS = TimeUnit.HOURS.toNanos(1);

  private final Supplier<AuditLog> audit;
  private final LongSupplier nanos;
  private AuditCheck last;
  private AuditLog checked;
  private long at;

  AuditCheckup(Supplier<AuditLog> audit, LongSupplier nanos) {
    this.audit = audit;
    this.nanos = nanos;
  }

  @Override
  public synchronized List<Finding> check() throws IOException {
    AuditLog log = audit.get();
    if (log == null) {
      return List.of(
          Finding.warning(
              "There is no audit log: changes are not on record",
              "'lb' shows whether org.peerworks.audit is active, the log why not."));
    }
    try {
      log.list(Long.MAX_VALUE, 1);
      if (last == null || checked != log || nanos.getAsLong() - at > FRESH_NANOS) {
        last = log.verify();
        checked = log;
        at = nanos.getAsLong();
      }
    } catch (IOException e) {
      return List.of(
          Finding.error(
              "The audit log cannot be read or written: " + Failures.reason(e),
              "See that the disk of the data directory has room and 'store/audit' belongs to the"
                  + " worker's user. Until then nobody can change anything over SSH."));
    }
    return List.of(
        last.whole()
            ? Finding.ok("Whole: entries %d to %d".formatted(last.first(), last.last()))
            : Finding.error(
                "Somebody has tampered with it: " + String.join(" ", last.problems()),
                "Keep a copy of 'store/audit' as evidence, and find out who may write there;"
                    + " 'audit:verify' checks it again."));
  }
}
