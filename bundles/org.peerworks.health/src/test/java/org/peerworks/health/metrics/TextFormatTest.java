package org.peerworks.health.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextFormatTest {

  private final TextFormat format = new TextFormat();

  @Test
  void figuresOfOneNameStandTogetherBelowOneHelpAndOneType() {
    format.gauge("a_bytes", "First.", 1, "k", "x");
    format.counter("b_total", "Second.", 2);
    format.gauge("a_bytes", "Said later.", 3, "k", "y");

    assertThat(format.text())
        .isEqualTo(
            """
            # HELP a_bytes First.
            # TYPE a_bytes gauge
            a_bytes{k="x"} 1
            a_bytes{k="y"} 3
            # HELP b_total Second.
            # TYPE b_total counter
            b_total 2
            """);
  }

  @Test
  void backslashesQuotesAndLineBreaksAreEscaped() {
    format.gauge("a", "Back\\slash, \"quote\"\nand line.", 1, "k", "c:\\x \"y\"\nz");

    assertThat(format.text())
        .isEqualTo(
            "# HELP a Back\\\\slash, \"quote\"\\nand line.\n# TYPE a gauge\n"
                + "a{k=\"c:\\\\x \\\"y\\\"\\nz\"} 1\n");
  }

  @Test
  void numbersAreThoseThatGoReads() {
    format.gauge("a", "A.", Double.NaN, "k", "1");
    format.gauge("a", "A.", Double.POSITIVE_INFINITY, "k", "2");
    format.gauge("a", "A.", Double.NEGATIVE_INFINITY, "k", "3");
    format.gauge("a", "A.", 1L << 40, "k", "4");
    format.gauge("a", "A.", 0.25, "k", "5");

    assertThat(Exposition.read(format.text()).samples().values())
        .containsExactly(
            Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0x1p40, 0.25);
  }

  @Test
  void whateverAPeerCallsItselfIsReadBackAsItWas() {
    Random random = new Random(6);
    String hostile = "\\\"\n{}=, #ab\u00e4\u2028\ud83d\ude00";
    for (int i = 0; i < 500; i++) {
      StringBuilder name = new StringBuilder("" + i);
      random
          .ints(12, 0, hostile.codePointCount(0, hostile.length()))
          .map(n -> hostile.codePointAt(hostile.offsetByCodePoints(0, n)))
          .forEach(name::appendCodePoint);
      format.gauge("peers", "Peers.", i, "peer", name.toString(), "transport", "webrtc");
      Exposition read = Exposition.read(format.text());
      assertThat(read.samples())
          .hasSize(i + 1)
          .containsEntry(
              List.of("peers", "peer", name.toString(), "transport", "webrtc"), (double) i);
    }
  }

  @Test
  void whatTheFormatDoesNotAllowIsRefused() {
    format.gauge("a", "A.", 1, "k", "x");

    assertThatThrownBy(() -> format.gauge("a", "A.", 2, "k", "x")).hasMessageContaining("twice");
    assertThatThrownBy(() -> format.counter("a", "A.", 2)).hasMessageContaining("_total");
    assertThatThrownBy(() -> format.gauge("1a", "A.", 2)).hasMessageContaining("'1a'");
    assertThatThrownBy(() -> format.gauge("a", "A.", 2, "__k", "x")).hasMessageContaining("'__k'");
    assertThatThrownBy(() -> format.gauge("a", "A.", 2, "k-k", "x")).hasMessageContaining("'k-k'");
    assertThatThrownBy(() -> format.gauge("a", "A.", 2, "k")).hasMessageContaining("no value");
    assertThatThrownBy(() -> format.gauge("a", "A.", 2, "k", "1", "k", "2"))
        .hasMessageContaining("twice");
    format.gauge("c_total", "C.", 1);
    assertThatThrownBy(() -> format.counter("c_total", "C.", 1)).hasMessageContaining("gauge");
  }
}
