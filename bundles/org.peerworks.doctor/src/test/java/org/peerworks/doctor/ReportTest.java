package org.peerworks.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Report REPORT =
      new Report(
          List.of(
              new Diagnosis("Java", List.of(Finding.ok("17"))),
              new Diagnosis(
                  "Disk",
                  List.of(
                      Finding.warning("little room on this disk", "Make room"),
                      Finding.error("cannot \"write\"\n", "Mend it")))));

  @Test
  void peopleReadOneLineForEachFindingAndWhatToDo() {
    assertThat(REPORT.text(0, false))
        .isEqualTo(
            """
            ok       Java              17
            warning  Disk              little room on this disk
                                       → Make room
            error                      cannot "write"

                                       → Mend it
            Found 1 error and 1 warning.
            """);
  }

  @Test
  void aNarrowTerminalGetsShortLines() {
    assertThat(REPORT.text(40, false).lines())
        .allSatisfy(l -> assertThat(l.length()).isLessThan(70));
    assertThat(REPORT.text(80, true)).contains("\u001b[31merror\u001b[0m");
  }

  @Test
  void programsReadJson() {
    assertThat(REPORT.json())
        .isEqualTo(
            "{\"level\":\"error\",\"findings\":["
                + "{\"check\":\"Java\",\"level\":\"ok\",\"found\":\"17\",\"mend\":\"\"},"
                + "{\"check\":\"Disk\",\"level\":\"warning\",\"found\":\"little room on this disk\",\"mend\":\"Make room\"},"
                + "{\"check\":\"Disk\",\"level\":\"error\",\"found\":\"cannot \\\"write\\\"\\u000a\",\"mend\":\"Mend it\"}]}");
    assertThat(REPORT.level()).isEqualTo(Level.ERROR);
    assertThat(new Report(List.of()).level()).isEqualTo(Level.OK);
  }
}
