package org.peerworks.cli.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.peerworks.cli.select.Screen.Line;

final class InlineDrawingTest {

  private final InlineDrawing drawing = new InlineDrawing();

  private static List<Line> lines(String... texts) {
    return Stream.of(texts).map(Line::of).toList();
  }

  @Test
  void theCursorEndsWhereItIsWanted() {
    assertThat(drawing.replace(lines("a", "b", "c"), 1, 4, 80))
        .isEqualTo("\r\u001b[Ja\r\nb\r\nc\r\u001b[1A\u001b[4C");
  }

  @Test
  void theNextPictureBeginsWhereTheLastOneDid() {
    drawing.replace(lines("a", "b", "c"), 1, 4, 80);
    assertThat(drawing.replace(lines("d"), 0, 0, 80)).isEqualTo("\u001b[1A\r\u001b[Jd\r");
    assertThat(drawing.erase(80)).isEqualTo("\r\u001b[J");
  }

  @Test
  void aNarrowerTerminalHasFoldedTheLinesAbove() {
    drawing.replace(lines("x".repeat(70), "b"), 1, 30, 80);
    assertThat(drawing.erase(20))
        .as("4 rows of x, and 1 of the cursor's own line")
        .startsWith("\u001b[5A");
  }

  @Test
  void aStrongLineEndsPlain() {
    assertThat(drawing.replace(List.of(new Line("a", true)), 0, 0, 80))
        .contains("\u001b[1ma\u001b[m");
  }
}
