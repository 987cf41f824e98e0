package org.peerworks.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.peerworks.audit.api.AuditCheck;
import org.peerworks.audit.api.AuditEntry;
import org.peerworks.audit.api.AuditEvent;
import org.peerworks.audit.api.AuditLog;
import org.peerworks.audit.api.AuditPage;
import org.peerworks.audit.api.AuditResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the audit log in {@code store/audit} of the data directory; opens it at first use. */
@Component(configurationPid = "org.peerworks.audit")
@Designate(ocd = FileAuditLog.Config.class)
public final class FileAuditLog implements AuditLog {

  private static final Logger LOG = LoggerFactory.getLogger(FileAuditLog.class);

  @ObjectClassDefinition(name = "Audit log", description = "Who changed what on this worker")
  @interface Config {
    @AttributeDefinition(
        description = "Megabytes of a file of the log, after which the next one begins",
        min = "1",
        max = "1024")
    int fileMegabytes() default 8;

    @AttributeDefinition(
        description = "Full files that are kept; older ones are deleted",
        min = "1",
        max = "10000")
    int files() default 100;
  }

  private final Path directory;
  private final Path keys;
  private final Ledger.Limits limits;
  private final InstantSource clock;
  private Ledger ledger;

  @Activate
  public FileAuditLog(BundleContext context, Config config) {
    this(
        Path.of(context.getProperty("peerworks.data")),
        new Ledger.Limits((long) config.fileMegabytes() << 20, config.files()),
        InstantSource.system());
  }

  FileAuditLog(Path data, Ledger.Limits limits, InstantSource clock) {
    this.directory = data.resolve("store").resolve("audit");
    this.keys = data.resolve("keys");
    this.limits = limits;
    this.clock = clock;
  }

  @Deactivate
  synchronized void close() throws IOException {
    if (ledger != null) {
      ledger.close();
      ledger = null;
    }
  }

  @Override
  public synchronized AuditEntry record(AuditEvent event) throws IOException {
    return ledger().add(event);
  }

  @Override
  public synchronized AuditPage list(long before, int most) throws IOException {
    if (most < 1 || most > MOST) {
      throw new IllegalArgumentException("A page has 1 to " + MOST + " entries, not " + most + ".");
    }
    return ledger().list(before, most);
  }

  @Override
  public synchronized AuditCheck verify() throws IOException {
    AuditCheck check = ledger().verify();
    if (!check.whole()) {
      LOG.error("The audit log in '{}' was tampered with: {}", directory, check.problems());
      ledger()
          .add(
              AuditEvent.of(
                  Ledger.WORKER,
                  Ledger.HERE,
                  "audit:check",
                  AuditResult.FAILED,
                  String.join(" ", check.problems())));
    }
    return check;
  }

  /** Opened anew where somebody else wrote into the files. */
  private Ledger ledger() throws IOException {
    if (ledger != null && !ledger.isOurs()) {
      LOG.error("Somebody else has changed the audit log in '{}'", directory);
      close();
    }
    if (ledger == null) {
      ledger = Ledger.open(directory, keys, limits, clock);
    }
    return ledger;
  }
}
