package org.peerworks.cli.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PickerTableTest {

  private static List<String> lines(int width, Row... rows) {
    Picker picker = new Picker(20);
    picker.show(List.of(rows));
    return PickerTable.lines(picker, width);
  }

  @Test
  void nameSizeDateMountAndPlaceStandInColumns() {
    assertThat(
            lines(
                100,
                new Row(
                    "/vast/a/fly.slp", "fly.slp", "125.0 MB", "2026-11-03 14:05", "lab", "/vast/a"),
                new Row(
                    "/b/fly_2.slp", "fly_2.slp", "3 bytes", "2026-01-03 04:05", "archive", "/b")))
        .containsExactly(
            "> fly.slp    125.0 MB  2026-11-03 14:05  lab      /vast/a",
            "  fly_2.slp   3 bytes  2026-01-03 04:05  archive  /b");
  }

  @Test
  void aNarrowTerminalLeavesOutThePlaceThenTheMountThenTheDate() {
    Row row = Rows.of("/vast/somebody/experiments/2026/flies_of_november.slp");
    assertThat(lines(79, row))
        .containsExactly(
            "> flies_of_november.slp  1.0 MB  2026-11-03 14:05  lab  …ebody/experiments/2026");
    assertThat(lines(50, row)).containsExactly("> flies_of_novemb…  1.0 MB  2026-11-03 14:05  lab");
    assertThat(lines(45, row).get(0)).contains("2026-11-03").doesNotContain("lab");
    assertThat(lines(30, row).get(0)).contains("1.0 MB").doesNotContain("2026-11-03");
    assertThat(lines(12, row)).containsExactly("> flies_of_n");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 20, 40, 60, 79, 119, 300})
  void noLineIsWiderThanTheTerminal(int width) {
    String wide = "実験データ".repeat(30);
    for (String line :
        lines(
            width,
            Rows.of("/vast/" + wide + "/" + wide + ".slp"),
            Rows.of("/vast/" + "x".repeat(250)),
            Rows.of("/vast/e\u0301".repeat(40)))) {
      assertThat(Cells.width(line)).isLessThanOrEqualTo(width);
    }
  }

  @Test
  void textsOfTheWorkerCannotActOnTheTerminal() {
    Row row =
        new Row("/v/\u001b[2Jx", "\u001b]0;title\u0007x\r\n.slp", "1", "2", "\u202elab", "/v");
    assertThat(lines(80, row).get(0)).isEqualTo("> x.slp  1  2  lab  /v");
    assertThat(row.shownPath()).isEqualTo("/v/x");
  }

  @Test
  void directoriesHaveNoSizeAndColumnsThatAreEmptyTakeNoRoom() {
    assertThat(lines(80, new Row("/v/a", "a/", "", "2026-11-03 14:05", "", "")))
        .containsExactly("> a/  2026-11-03 14:05");
  }
}
