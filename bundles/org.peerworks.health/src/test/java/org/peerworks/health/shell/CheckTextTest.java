package org.peerworks.health.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerworks.health.api.CheckResult;
import org.peerworks.health.api.Finding;

class CheckTextTest {

  private static final List<CheckResult> RESULTS =
      List.of(
          new CheckResult("Clock", List.of("system"), List.of(Finding.ok("Runs evenly"))),
          new CheckResult(
              "Disk",
              List.of("disk"),
              List.of(
                  Finding.warning("1.0 GB free; packages and models may need more", "Make room."),
                  Finding.error("Bad \u001b[31m", "Replace it."))));

  @Test
  void nothingIsCutAndEachRemedyStandsBelowItsFinding() {
    assertThat(CheckText.of(RESULTS, 66))
        .isEqualTo(
            """
            ok       Clock           Runs evenly
            warning  Disk            1.0 GB free; packages and models may
                                     need more
                                     → Make room.
            error                    Bad  [31m
                                     → Replace it.
            """);
  }

  @Test
  void theSummaryCountsWhatIsWrong() {
    assertThat(CheckText.summary(RESULTS)).isEqualTo("Found 1 error and 1 warning.");
    assertThat(CheckText.summary(RESULTS.subList(0, 1))).isEqualTo("Nothing is wrong.");
  }

  @Test
  void programsGetTheSame() {
    assertThat(HealthJson.checks(RESULTS).toString())
        .startsWith("{\"level\":\"error\",\"checks\":[{\"name\":\"Clock\",\"level\":\"ok\"")
        .contains("{\"level\":\"warning\",\"found\":\"1.0 GB free;")
        .contains("\"mend\":\"Make room.\"");
  }
}
