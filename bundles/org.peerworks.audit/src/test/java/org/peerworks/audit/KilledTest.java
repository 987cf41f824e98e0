package org.peerworks.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.audit.api.AuditCheck;
import org.peerworks.audit.api.AuditEvent;
import org.peerworks.audit.api.AuditResult;

/** A worker that is killed while it records loses no entry that was acknowledged. */
class KilledTest {

  private static final Ledger.Limits LIMITS = new Ledger.Limits(3000, 1000);

  @TempDir private Path data;

  @Test
  void nothingIsLostOrBrokenByAKill() throws Exception {
    killOften(3);
  }

  @Test
  @Tag("long")
  void nothingIsLostOrBrokenByHundredsOfKills() throws Exception {
    killOften(300);
  }

  private void killOften(int times) throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long acknowledged = 0;
    for (int i = 0; i < times; i++) {
      acknowledged = Math.max(acknowledged, recordUntilKilled(1 + random.nextInt(40)));
      FileAuditLog log = new FileAuditLog(data, LIMITS, InstantSource.system());
      AuditCheck check = log.verify();
      assertThat(check.problems()).as("seed %s, kill %s", seed, i).isEmpty();
      assertThat(check.last()).as("seed %s, kill %s", seed, i).isGreaterThanOrEqualTo(acknowledged);
      assertThat(check.entries()).isEqualTo(check.last());
      log.close();
    }
  }

  private long recordUntilKilled(int lines) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Recording.class.getName(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long last = 0;
    try (BufferedReader out = process.inputReader(StandardCharsets.US_ASCII)) {
      for (int i = 0; i < lines; i++) {
        last = Long.parseLong(out.readLine());
      }
      process.toHandle().destroyForcibly(); // leaves what was printed before
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = Math.max(last, Long.parseLong(line));
      }
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    return last;
  }

  /** Records as fast as it can, and says what is recorded. */
  static final class Recording {

    private Recording() {}

    public static void main(String[] args) throws IOException {
      FileAuditLog log = new FileAuditLog(Path.of(args[0]), LIMITS, InstantSource.system());
      while (true) {
        AuditEvent event = AuditEvent.of("anna", "here", "job:cancel", AuditResult.DONE, "");
        System.out.println(log.record(event).number());
        System.out.flush();
      }
    }
  }
}
