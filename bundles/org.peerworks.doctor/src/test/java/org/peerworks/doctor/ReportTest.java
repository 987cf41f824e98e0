package org.peerworks.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Diagnosis JAVA = new Diagnosis("Java", List.of(Finding.ok("17")));
  private static final Diagnosis DISK =
      new Diagnosis(
          "Disk",
          List.of(
              Finding.warning("little room on this disk, which is a pity", "Make room"),
              Finding.error("cannot \"write\"", "Mend it")));

  @Test
  void peopleReadOneLineForEachFindingAndWhatToDo() {
    assertThat(Report.text(DISK, 0, false))
        .isEqualTo(
            """
            warning  Disk              little room on this disk, which is a pity
                                       → Make room
            error                      cannot "write"
                                       → Mend it
            """);
    assertThat(new Report(List.of(JAVA, DISK)).summary()).isEqualTo("Found 1 error and 1 warning.");
    assertThat(new Report(List.of(JAVA)).summary()).isEqualTo("Nothing is wrong.");
  }

  @Test
  void aNarrowTerminalGetsShortLines() {
    assertThat(Report.text(DISK, 62, false))
        .startsWith(
            "warning  Disk              little room on this disk, which is a\n"
                + " ".repeat(27)
                + "pity\n");
    assertThat(Report.text(DISK, 80, true)).contains("\u001b[31merror\u001b[0m");
  }

  @Test
  void programsReadJson() {
    assertThat(
            new Report(
                    List.of(
                        JAVA,
                        new Diagnosis("Disk", List.of(Finding.error("a\\b\t\"c\"", "Mend it")))))
                .json())
        .isEqualTo(
            "{\"level\":\"error\",\"findings\":["
                + "{\"check\":\"Java\",\"level\":\"ok\",\"found\":\"17\",\"mend\":\"\"},"
                + "{\"check\":\"Disk\",\"level\":\"error\",\"found\":\"a\\\\b\\u0009\\\"c\\\"\",\"mend\":\"Mend it\"}]}");
    assertThat(new Report(List.of()).level()).isEqualTo(Level.OK);
  }
}
