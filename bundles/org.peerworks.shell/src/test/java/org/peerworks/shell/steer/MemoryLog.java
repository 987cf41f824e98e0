package org.peerworks.shell.steer;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.peerworks.audit.api.AuditCheck;
import org.peerworks.audit.api.AuditEntry;
import org.peerworks.audit.api.AuditEvent;
import org.peerworks.audit.api.AuditLog;
import org.peerworks.audit.api.AuditPage;

/** An audit log in memory. */
final class MemoryLog implements AuditLog {

  private final List<AuditEvent> events = new ArrayList<>();
  private boolean full;

  void fill() {
    full = true;
  }

  synchronized List<String> lines() {
    return events.stream()
        .map(e -> e.who() + " " + e.from() + " " + e.result() + " " + e.what())
        .toList();
  }

  @Override
  public synchronized AuditEntry record(AuditEvent event) throws IOException {
    if (full) {
      throw new IOException("No space left on device");
    }
    events.add(event);
    return new AuditEntry(events.size(), Instant.EPOCH, event, "");
  }

  @Override
  public AuditPage list(long before, int most) {
    throw new UnsupportedOperationException();
  }

  @Override
  public AuditCheck verify() {
    throw new UnsupportedOperationException();
  }
}
