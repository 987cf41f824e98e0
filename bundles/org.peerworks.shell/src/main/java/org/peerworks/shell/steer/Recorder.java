package org.peerworks.shell.steer;

import java.io.IOException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.peerworks.audit.api.AuditEntry;
import org.peerworks.audit.api.AuditEvent;
import org.peerworks.audit.api.AuditLog;
import org.peerworks.audit.api.AuditResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what people change with commands. Thread-safe. */
@Component(service = Recorder.class)
public final class Recorder {

  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

  @Reference(
      name = "log",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile AuditLog log;

  /** A change that has begun. */
  record Begun(AuditEvent event, AuditEntry entry) {}

  void log(AuditLog now) {
    this.log = now;
  }

  /**
   * Records that a change begins.
   *
   * @throws IOException if it cannot be recorded: it must not be made then
   */
  Begun begin(String who, String from, String line) throws IOException {
    AuditLog now = log;
    if (now == null) {
      throw new IOException("The audit log is not running; 'felix:lb' lists the bundles.");
    }
    AuditEvent event = event(who, from, line, AuditResult.BEGUN, "");
    return new Begun(event, now.record(event));
  }

  /**
   * Records how a change ended.
   *
   * @param failure null if it did not fail
   */
  void end(Begun begun, Throwable failure) {
    AuditResult result = failure == null ? AuditResult.DONE : AuditResult.FAILED;
    String detail = failure == null ? "" : Secrets.without(message(failure));
    store(begun.event().ended(begun.entry(), result, detail));
  }

  /** Records that somebody may not do something. */
  void refuse(String who, String from, String line, String why) {
    store(event(who, from, line, AuditResult.REFUSED, why));
  }

  private void store(AuditEvent event) {
    AuditLog now = log;
    try {
      if (now == null) {
        throw new IOException("The audit log is not running.");
      }
      now.record(event);
    } catch (IOException e) {
      LOG.error("Cannot record {}", event, e);
    }
  }

  private static AuditEvent event(
      String who, String from, String line, AuditResult result, String detail) {
    return AuditEvent.of(who, from, Secrets.without(line), result, detail);
  }

  static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.toString() : message;
  }
}
