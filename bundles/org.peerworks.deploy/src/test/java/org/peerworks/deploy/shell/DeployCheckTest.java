package org.peerworks.deploy.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerworks.deploy.state.JournalEntry;
import org.peerworks.deploy.state.JournalEntry.Event;
import org.peerworks.health.api.Finding;
import org.peerworks.health.api.Level;

class DeployCheckTest {

  private static Finding judge(Event event, String reason) {
    return DeployCheck.judge(
        new JournalEntry(
            7, "2026-11-21T22:00:00Z", event, "install my.job", "anna", reason, List.of()));
  }

  @Test
  void aChangeThatWasRolledBackIsAWarningWithItsReason() {
    Finding finding = judge(Event.ROLLED_BACK, "It was never healthy.");

    assertThat(finding.level()).isEqualTo(Level.WARNING);
    assertThat(finding.found())
        .isEqualTo("Transaction 7 (install my.job) was rolled back: It was never healthy.");
    assertThat(finding.mend()).contains("'deploy:show 7'");
  }

  @Test
  void onlyWhatWasRolledBackIsOne() {
    assertThat(judge(Event.COMMITTED, "").level()).isEqualTo(Level.OK);
    assertThat(judge(Event.REFUSED, "tampered").level()).isEqualTo(Level.NOTE);
    assertThat(judge(Event.PENDING, "").mend()).contains("Restart");
    assertThat(judge(Event.BEGUN, "").level()).isEqualTo(Level.NOTE);
  }

  @Test
  void withoutADeployerTheCheckSaysSo() {
    assertThat(new DeployCheck().check().get(0).level()).isEqualTo(Level.WARNING);
  }
}
