package org.peerworks.health.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.peerworks.audit.api.AuditCheck;
import org.peerworks.audit.api.AuditEntry;
import org.peerworks.audit.api.AuditEvent;
import org.peerworks.audit.api.AuditLog;
import org.peerworks.audit.api.AuditPage;
import org.peerworks.health.api.Level;

class AuditCheckupTest {

  private static final class Log implements AuditLog {
    private List<String> problems = List.of();
    private IOException failure;
    private int verified;

    @Override
    public AuditEntry record(AuditEvent event) {
      throw new AssertionError("A check records nothing.");
    }

    @Override
    public AuditPage list(long before, int most) throws IOException {
      if (failure != null) {
        throw failure;
      }
      return new AuditPage(List.of(), OptionalLong.empty());
    }

    @Override
    public AuditCheck verify() {
      verified++;
      return new AuditCheck(3, 1, 3, "0".repeat(64), problems);
    }
  }

  private final Log log = new Log();
  private final AtomicLong nanos = new AtomicLong();
  private final AuditCheckup check = new AuditCheckup(() -> log, nanos::get);

  @Test
  void theWholeLogIsReadOnceAnHour() throws IOException {
    for (int i = 0; i < 10; i++) {
      assertThat(check.check().get(0).level()).isEqualTo(Level.OK);
    }
    assertThat(log.verified).isEqualTo(1);

    nanos.addAndGet(TimeUnit.MINUTES.toNanos(61));
    log.problems = List.of("Entry 2 was changed.");

    assertThat(check.check().get(0).found()).contains("Entry 2 was changed.");
    assertThat(log.verified).isEqualTo(2);
  }

  @Test
  void aFullDiskIsNamedAndItsEndTooAtOnce() throws IOException {
    log.failure = new IOException("No space left on device");
    assertThat(check.check().get(0).level()).isEqualTo(Level.ERROR);
    assertThat(check.check().get(0).found()).contains("No space left");

    log.failure = null;
    assertThat(check.check().get(0).level()).isEqualTo(Level.OK);
  }

  @Test
  void withoutAnAuditLogTheCheckSaysSo() throws IOException {
    assertThat(new AuditCheckup(() -> null, nanos::get).check().get(0).level())
        .isEqualTo(Level.WARNING);
  }
}
