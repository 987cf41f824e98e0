package org.peerworks.cli.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobState;

final class JobTableTest {

  private final JobTable table = new JobTable(ZoneOffset.UTC);

  @Test
  void detailsHaveALineOfTheirOwnWhereTheTerminalIsNarrow() {
    assertThat(table.lines(List.of(job("The package has no 'train-script.sh'. ".repeat(3))), 80))
        .hasSize(3)
        .allMatch(line -> line.length() < 80)
        .satisfies(lines -> assertThat(lines.get(1)).endsWith("11-21 10:15"))
        .satisfies(
            lines -> assertThat(lines.get(2)).startsWith("    The package has").endsWith("…"));
  }

  @Test
  void aWideTerminalHasOneLineForEachJob() {
    assertThat(table.lines(List.of(job("It failed.")), 120)).hasSize(2);
  }

  @Test
  void aFileHasWholeLines() {
    String reason = "x".repeat(300);
    assertThat(table.lines(List.of(job(reason)), 0))
        .hasSize(2)
        .satisfies(
            lines -> assertThat(lines.get(1)).contains("2026-11-21 10:15:00").endsWith(reason));
  }

  private static Job job(String reason) {
    return new Job(
        "20261121-101500-4f2a9c",
        "train",
        "1.0.0",
        JobState.FAILED,
        reason,
        "ed25519:00",
        "anna@laptop",
        5,
        0,
        "{}",
        Instant.parse("2026-11-21T10:15:00Z"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
